"""Waits for the processes by looking at what they do, and points at the log of one that died."""

import socket
import time
from collections.abc import Callable

import httpx

from players.contract import topics
from players.contract.signature import Kind
from signage.demo.children import Child
from signage.demo.ports import LOOPBACK
from signage.settings import Settings
from signage.store import Store

LOOK_EVERY = 0.05


class NotReady(Exception):
    """Something did not come up; the text says what, and where to read why."""


def wait_for_broker(child: Child, port: int, *, seconds: float) -> None:
    """Wait until somebody listens on `port`."""

    def is_up() -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex((LOOPBACK, port)) == 0

    _wait(is_up, [child], what=f"the broker on port {port}", seconds=seconds)


def wait_for_web(child: Child, settings: Settings, *, seconds: float) -> None:
    """Wait until the web process says that it can serve."""

    def is_well() -> bool:
        try:
            answer = httpx.get(f"{settings.controller_url}/healthz", timeout=2, trust_env=False)
        except httpx.HTTPError:
            return False
        return answer.status_code == 200

    _wait(is_well, [child], what=f"the pages at {settings.controller_url}", seconds=seconds)


def wait_for_wall(children: list[Child], settings: Settings, *, since: int, seconds: float) -> None:
    """Wait until every display said, after `since` (ms), that it shows what is wanted now."""
    store = Store.open(settings.database_url, settings.media_root)

    def missing() -> list[str]:
        displays = [display.id for display in store.displays.all()]
        return [one for one in displays if not _is_live(store, settings.fleet, one, since)]

    try:
        _wait(lambda: not missing(), children, what="all displays on the wall", seconds=seconds)
    except NotReady as error:
        raise NotReady(f"Not live yet: {', '.join(missing())}. {error}") from error
    finally:
        store.close()


def _is_live(store: Store, fleet: str, display: str, since: int) -> bool:
    wanted = store.publications.latest(topics.manifest(fleet, display))
    reported = store.reports.status(display)
    if wanted is None or reported is None or reported.received_at < since:
        return False
    held = reported.status.holds.get(Kind.MANIFEST.value)
    return held is not None and held.serial == wanted.serial and reported.status.showing is not None


def _wait(
    is_there: Callable[[], bool], children: list[Child], *, what: str, seconds: float
) -> None:
    deadline = time.monotonic() + seconds
    while not is_there():
        for child in children:
            if not child.is_running():
                raise NotReady(
                    f"{child.name} ended with code {child.code} while waiting for {what}."
                    f" Its last words, from {child.log}:\n{child.last_words()}"
                )
        if time.monotonic() > deadline:
            logs = ", ".join(str(child.log) for child in children)
            raise NotReady(f"Waited {seconds:.0f} s in vain for {what}. Read why in {logs}.")
        time.sleep(LOOK_EVERY)
