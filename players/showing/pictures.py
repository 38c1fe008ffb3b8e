"""Makes pictures ready ahead of time in a thread, so that showing one takes no time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from players.outputs import Picture


@dataclass(frozen=True)
class Wanted:
    """A picture by name; `read` gives its encoded bytes, or None when they are not there."""

    name: str
    read: Callable[[], bytes | None]


class Pictures:
    """`prepare` comes from the output and raises when bytes are no picture; `ready` is told of
    every result.
    """

    def __init__(self, prepare: Callable[[bytes], Picture], ready: Callable[[], None]) -> None:
        self._prepare, self._ready = prepare, ready
        self._changed = threading.Condition()
        self._wanted: list[Wanted] = []
        self._made: dict[str, Picture] = {}
        self._missing: dict[str, str] = {}
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="pictures", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=1)

    def want(self, wanted: list[Wanted]) -> None:
        """Say what is needed next, the most urgent first; everything else is let go."""
        names = [one.name for one in wanted]
        with self._changed:
            if names == [one.name for one in self._wanted]:
                return
            self._wanted = wanted
            self._made = {name: picture for name, picture in self._made.items() if name in names}
            self._changed.notify()

    def get(self, name: str) -> Picture | None:
        return self._made.get(name)

    def trouble_with(self, name: str) -> str | None:
        """Why a picture can't be had, or None."""
        return self._missing.get(name)

    def troubles(self) -> dict[str, str]:
        """All pictures that can't be had, by name, and why."""
        with self._changed:
            return dict(self._missing)

    def forget_trouble(self, name: str) -> None:
        """Try again: the bytes have come, or come anew."""
        with self._changed:
            self._missing.pop(name, None)
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                wanted = self._next()
                while wanted is None and not self._stopping:
                    self._changed.wait()
                    wanted = self._next()
                if self._stopping or wanted is None:
                    return
            self._make(wanted)
            self._ready()

    def _next(self) -> Wanted | None:
        done = self._made.keys() | self._missing.keys()
        return next((one for one in self._wanted if one.name not in done), None)

    def _make(self, wanted: Wanted) -> None:
        picture, reason = None, "is not there"
        try:
            if encoded := wanted.read():
                picture = self._prepare(encoded)
        except Exception as error:  # noqa: BLE001 - decoders raise anything
            reason = f"can't be decoded: {error}"
        with self._changed:
            if picture:
                self._made[wanted.name] = picture
            else:
                self._missing[wanted.name] = reason
