"""Waits for pictures on the glass of each display, and tells in words what was there instead."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from signage.demo.journey.glass import Frame, View, frames, last_number, moments, picture_of, shows

UNKNOWN = "a picture that nobody approved"
NOTHING = "nothing yet"

Names = frozenset[str]
"""Every name under which a picture is known: two views may have the same pixels."""

Marks = dict[str, int]
"""For each display the number of the newest change of its glass at some moment."""


class NotOnGlass(Exception):
    """A display did not show what it should; told with what was expected and what was there."""


class Watch:
    """The glass of every display, by the names of the views it may show."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self._folders = dict(folders)
        self._views: dict[str, dict[str, View]] = {display: {} for display in folders}
        self._names: dict[Path, Names] = {}

    def learn(self, display: str, view: View) -> None:
        """From now on `view` is known by its name when it is on the glass of `display`."""
        self._views[display][view.name] = view
        self._names.clear()  # a picture that was seen before may have this name as well

    def view(self, display: str, name: str) -> View | None:
        """Return the view known by `name`, or None."""
        return self._views[display].get(name)

    def marks(self) -> Marks:
        """Remember where each glass stands now."""
        return {display: last_number(folder) for display, folder in self._folders.items()}

    def shown(self, display: str, *, after: int = 0) -> list[tuple[Frame, Names]]:
        """Return what was on the glass after change number `after`, each change with its names."""
        found = []
        for frame in frames(self._folders[display], after=after):
            names = self._names_of(display, frame.path)
            if names is not None:
                found.append((frame, names))
        return found

    def now(self, display: str) -> Names:
        """Return the names of what is on the glass at this moment."""
        image = picture_of(self._folders[display] / "current.png")
        return frozenset({NOTHING}) if image is None else self._names_for(display, image)

    def wait_for(
        self, wanted: Mapping[str, Sequence[str]], *, since: Marks, seconds: float, step: str
    ) -> dict[str, int]:
        """Wait until each display of `wanted` has shown one of its views after its mark.

        Returns for each display when its file was written (ms); raises NotOnGlass.
        """
        came: dict[str, int] = {}
        for _ in moments(seconds):
            for display, names in wanted.items():
                if display not in came and (at := self._first(display, names, since)):
                    came[display] = at
            if len(came) == len(wanted):
                return came
        late = [display for display in wanted if display not in came]
        raise NotOnGlass(
            f"{step}: within {seconds:.0f} s "
            + "; ".join(self._complaint(display, wanted[display], since) for display in late)
        )

    def wait_for_change(self, display: str, *, since: Marks, seconds: float, step: str) -> int:
        """Wait until the glass of one display changes at all; returns when it did (ms)."""
        for _ in moments(seconds):
            if shown := self.shown(display, after=since[display]):
                return shown[0][0].at
        raise NotOnGlass(
            f"{step}: within {seconds:.0f} s nothing new came on the glass of {display};"
            f" on it is {_told(self.now(display))}"
        )

    def wait_until_gone(
        self, displays: Sequence[str], names: Sequence[str], *, seconds: float, step: str
    ) -> dict[str, int]:
        """Wait until none of `names` is on any of `displays`; returns when each was gone (ms)."""
        gone: dict[str, int] = {}
        for _ in moments(seconds):
            for display in displays:
                if display not in gone and self.now(display).isdisjoint(names):
                    gone[display] = frames(self._folders[display])[-1].at
            if len(gone) == len(displays):
                return gone
        still = [display for display in displays if display not in gone]
        raise NotOnGlass(
            f"{step}: after {seconds:.0f} s it should be gone, but "
            + "; ".join(f"{display} shows {_told(self.now(display))}" for display in still)
        )

    def nothing_but(self, allowed: Mapping[str, Sequence[str]], *, since: Marks, step: str) -> None:
        """Raise NotOnGlass when a display has shown anything else since its mark."""
        for display, names in allowed.items():
            shown = [seen for _, seen in self.shown(display, after=since[display])]
            others = [seen for seen in shown if seen.isdisjoint(names)]
            if others:
                raise NotOnGlass(
                    f"{step}: {display} should show only {', '.join(names)},"
                    f" but on the glass was {_told(others[0])}"
                )

    def stays(self, allowed: Mapping[str, Sequence[str]], *, seconds: float, step: str) -> None:
        """Look on for `seconds`: each display shows one of its views now, and nothing else."""
        since = self.marks()
        self.look_on(seconds)
        self.nothing_but(allowed, since=since, step=step)
        for display, names in allowed.items():
            if (shown := self.now(display)).isdisjoint(names):
                raise NotOnGlass(
                    f"{step}: {display} should show {names[0]}, but shows {_told(shown)}"
                )

    def look_on(self, seconds: float) -> None:
        """Let time pass; what comes on the glass is in its history."""
        time.sleep(seconds)

    def _first(self, display: str, names: Sequence[str], since: Marks) -> int | None:
        shown = self.shown(display, after=since[display])
        return next((frame.at for frame, seen in shown if not seen.isdisjoint(names)), None)

    def _complaint(self, display: str, names: Sequence[str], since: Marks) -> str:
        shown = [_told(seen) for _, seen in self.shown(display, after=since[display])]
        before = ", ".join(dict.fromkeys(shown)) or "no change"
        return (
            f"{display} should show {' or '.join(names)}; on the glass since then: {before};"
            f" on it now: {_told(self.now(display))} ({self._folders[display] / 'current.png'})"
        )

    def _names_of(self, display: str, path: Path) -> Names | None:
        """The names of a history file; None while it is not completely written."""
        if path not in self._names:
            image = picture_of(path)
            if image is None:
                return None
            self._names[path] = self._names_for(display, image)
        return self._names[path]

    def _names_for(self, display: str, image: Image.Image) -> Names:
        views = self._views[display].items()
        return frozenset(n for n, view in views if shows(image, view)) or frozenset({UNKNOWN})


def _told(names: Names) -> str:
    return " alias ".join(sorted(names))
