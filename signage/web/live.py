"""Server-sent events: a stream sends the parts of a page that changed, and nothing else."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping

from flask import Response, abort, stream_with_context

from signage.web.context import house, settings

STREAM_SECONDS = 600
"""After this long the browser connects again and passes the gate again."""
STILL_HERE_SECONDS = 15
THREADS_FOR_PAGES = 20

_seats = threading.Lock()
_taken = 0


def open_streams() -> int:
    """Return how many streams this process serves now."""
    return _taken


def stream(parts: Callable[[], Mapping[str, str]]) -> Response:
    """Return a stream of `parts`: HTML by element id, computed again at each change."""
    _take_seat(max(2, settings().web_threads - THREADS_FOR_PAGES))
    answer = Response(stream_with_context(_events(parts)), mimetype="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    answer.call_on_close(_leave_seat)
    return answer


def _events(parts: Callable[[], Mapping[str, str]]) -> Iterator[str]:
    pulse = house().pulse
    sent: dict[str, str] = {}
    beat = pulse.beat
    end = time.monotonic() + STREAM_SECONDS
    spoke = time.monotonic()
    yield "retry: 2000\n\n"
    while time.monotonic() < end:
        changed = {name: html for name, html in parts().items() if sent.get(name) != html}
        sent.update(changed)
        for html in changed.values():
            yield _event("part", html)
        if changed:
            spoke = time.monotonic()
        elif time.monotonic() - spoke > STILL_HERE_SECONDS:
            spoke = time.monotonic()
            # A dead connection is noticed only by writing to it.
            yield ": still here\n\n"
        beat = pulse.wait_beyond(beat, seconds=STILL_HERE_SECONDS)


def _event(name: str, html: str) -> str:
    lines = "".join(f"data: {line}\n" for line in html.splitlines() if line.strip())
    return f"event: {name}\n{lines}\n"


def _take_seat(limit: int) -> None:
    global _taken
    with _seats:
        if _taken >= limit:
            abort(503)
        _taken += 1


def _leave_seat() -> None:
    global _taken
    with _seats:
        _taken -= 1
