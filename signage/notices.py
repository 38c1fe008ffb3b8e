"""Notices to people outside the pages: e-mail, webhooks, Telegram and others; only home of apprise.

They are sent in a thread of their own, so that a mail server that hangs holds nothing up.
"""

import queue
import threading
from collections.abc import Callable, Sequence

import structlog

from signage.workflows.alerts.alert_notices import Notice

MAX_WAITING = 100
"""More than these are not kept: people read the newest, and the pages have it all."""

log = structlog.get_logger()

Send = Callable[[Sequence[str], Notice], bool]


def by_apprise(addresses: Sequence[str], notice: Notice) -> bool:
    """Send to all addresses; whether all took it. Loaded late: most installations send nothing."""
    import apprise

    line = apprise.Apprise()
    for address in addresses:
        line.add(address)
    return bool(line.notify(title=notice.title, body=notice.body))


def unusable(addresses: Sequence[str]) -> list[str]:
    """Return the addresses that can't be understood, without what stands behind `://`."""
    import apprise

    return [one.partition("://")[0] for one in addresses if not apprise.Apprise().add(one)]


class Notices:
    """A queue and the thread that empties it; `close` waits for what is under way."""

    def __init__(self, addresses: Sequence[str], send: Send = by_apprise) -> None:
        self._addresses = list(addresses)
        self._send = send
        self._waiting: queue.Queue[Notice | None] = queue.Queue(MAX_WAITING)
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
        if self._addresses:
            self._thread.start()

    def tell(self, notice: Notice) -> None:
        """Send soon; nothing when there is no address."""
        if not self._addresses:
            return
        try:
            self._waiting.put_nowait(notice)
        except queue.Full:
            log.warning("notice dropped: too many wait", title=notice.title)

    def close(self, seconds: float = 5.0) -> None:
        """End the thread after what is waiting, or after `seconds`."""
        if self._thread.is_alive():
            self._waiting.put(None)
            self._thread.join(seconds)

    def _run(self) -> None:
        while (notice := self._waiting.get()) is not None:
            try:
                if not self._send(self._addresses, notice):
                    log.warning("notice not taken by all", title=notice.title)
            except Exception:
                log.exception("notice failed", title=notice.title)
