"""Waits for pictures on the glass of each display, and tells in words what was there instead."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from signage.demo.journey.glass import Frame, View, frames, last_number, moments, picture_of, shows

UNKNOWN = "a picture that nobody approved"
NOTHING = "nothing yet"

Marks = dict[str, int]
"""For each display the number of the newest change of its glass at some moment."""


class NotOnGlass(Exception):
    """A display did not show what it should; told with what was expected and what was there."""


class Watch:
    """The glass of every display, by the names of the views it may show."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self._folders = dict(folders)
        self._views: dict[str, dict[str, View]] = {display: {} for display in folders}
        self._names: dict[Path, str] = {}

    def learn(self, display: str, view: View) -> None:
        """From now on `view` is known by its name when it is on the glass of `display`."""
        self._views[display][view.name] = view
        self._names = {path: name for path, name in self._names.items() if name != UNKNOWN}

    def marks(self) -> Marks:
        """Remember where each glass stands now."""
        return {display: last_number(folder) for display, folder in self._folders.items()}

    def shown(self, display: str, *, after: int = 0) -> list[tuple[Frame, str]]:
        """Return what was on the glass after change number `after`, each change with its name."""
        found = []
        for frame in frames(self._folders[display], after=after):
            name = self._name_of(display, frame.path)
            if name is not None:
                found.append((frame, name))
        return found

    def now(self, display: str) -> str:
        """Return the name of what is on the glass at this moment."""
        image = picture_of(self._folders[display] / "current.png")
        if image is None:
            return NOTHING
        for name, view in self._views[display].items():
            if shows(image, view):
                return name
        return UNKNOWN

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
            f" on it is {self.now(display)}"
        )

    def wait_until_gone(
        self, displays: Sequence[str], names: Sequence[str], *, seconds: float, step: str
    ) -> dict[str, int]:
        """Wait until none of `names` is on any of `displays`; returns when each was gone (ms)."""
        gone: dict[str, int] = {}
        for _ in moments(seconds):
            for display in displays:
                if display not in gone and self.now(display) not in names:
                    gone[display] = frames(self._folders[display])[-1].at
            if len(gone) == len(displays):
                return gone
        still = [display for display in displays if display not in gone]
        raise NotOnGlass(
            f"{step}: after {seconds:.0f} s it should be gone, but "
            + "; ".join(f"{display} shows {self.now(display)}" for display in still)
        )

    def nothing_but(self, allowed: Mapping[str, Sequence[str]], *, since: Marks, step: str) -> None:
        """Raise NotOnGlass when a display has shown anything else since its mark."""
        for display, names in allowed.items():
            others = [
                name for _, name in self.shown(display, after=since[display]) if name not in names
            ]
            if others:
                raise NotOnGlass(
                    f"{step}: {display} should show only {', '.join(names)},"
                    f" but on the glass was {others[0]}"
                )

    def _first(self, display: str, names: Sequence[str], since: Marks) -> int | None:
        shown = self.shown(display, after=since[display])
        return next((frame.at for frame, seen in shown if seen in names), None)

    def _complaint(self, display: str, names: Sequence[str], since: Marks) -> str:
        shown = [seen for _, seen in self.shown(display, after=since[display])]
        before = ", ".join(dict.fromkeys(shown)) or "no change"
        return (
            f"{display} should show {' or '.join(names)}; on the glass since then: {before};"
            f" on it now: {self.now(display)} ({self._folders[display] / 'current.png'})"
        )

    def _name_of(self, display: str, path: Path) -> str | None:
        """The view in a history file; None while the file is not completely written."""
        if path not in self._names:
            image = picture_of(path)
            if image is None:
                return None
            views = self._views[display].items()
            self._names[path] = next((n for n, view in views if shows(image, view)), UNKNOWN)
        return self._names[path]
