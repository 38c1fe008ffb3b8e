"""An open wall page: hears what the controller sends to it, with the moment at which it came."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

import httpx
import msgspec

from signage.clock import now_ms
from signage.demo.journey.browser import Browser
from signage.demo.journey.claims import NotSo
from signage.demo.journey.glass import moments

SHOWN = "wall-progress is-shown"


class News(msgspec.Struct, frozen=True):
    """A part of the page that was sent anew, and when it came (ms)."""

    at: int
    html: str


class WallPage:
    """Listens like the page's own script, from `with` to its end."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._news: list[News] = []
        self._opened = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True, name="wall page")

    def __enter__(self) -> Self:
        self._thread.start()
        self._opened.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()

    def wait_for(
        self, displays: Sequence[str], *, since: int, words: str, seconds: float
    ) -> dict[str, int]:
        """When the tile of each display first said that the alert with `words` is shown (ms)."""
        came: dict[str, int] = {}
        for _ in moments(seconds):
            for display in displays:
                tile = f'id="tile-{display}"'
                for news in list(self._news):
                    says_so = tile in news.html and SHOWN in news.html and words in news.html
                    if news.at >= since and says_so:
                        came.setdefault(display, news.at)
            if len(came) == len(displays):
                return came
        late = sorted(set(displays) - set(came))
        raise NotSo(f"the wall page should tell that {', '.join(late)} show “{words}”; it does not")

    def _listen(self) -> None:
        with suppress(httpx.HTTPError), self._browser.stream("/wall/events") as answer:
            self._opened.set()
            part: list[str] = []
            for line in answer.iter_lines():
                if self._closing.is_set():
                    return
                if line.startswith("data: "):
                    part.append(line.removeprefix("data: "))
                elif not line and part:
                    self._news.append(News(now_ms(), "\n".join(part)))
                    part = []
