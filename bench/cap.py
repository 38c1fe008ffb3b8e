"""CAP messages: how many a second are judged and kept, and what an unchanged feed costs."""

import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from players.contract.limits import HOUR
from signage.cap.fetching import Got
from signage.cap.polling import Poller
from signage.cap.reading import message_of
from signage.cap.table_file import Table, table_of
from signage.cap.xml import opened
from signage.clock import now_ms
from signage.domain.cap.table import Feed
from signage.store import Store
from signage.workflows.cap import cap_intake
from tests.signage.cap.messages import SENDER, Signatory, info, message, reference
from tests.signage.pleiku import settle

MESSAGES = 1000
ENTRIES = 500
POLLS = 200
SIGNED_EVERY = 5


def run() -> list[dict[str, Any]]:
    """Kinds are mixed: alerts, updates, cancels, tests, elsewhere, rubbish; a fifth is signed."""
    at = now_ms()
    authority = Signatory(at)
    table = Table(
        rules=table_of(f"senders: [{{sender: {SENDER}, name: KTTV, automatic: true}}]"),
        certificates={SENDER: [authority.pem]},
    )
    contents = [_mixed(number, at, authority) for number in range(MESSAGES)]
    before = _peak_mb()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/x.sqlite3", Path(folder) / "media")
        store.upgrade()
        settle(store)
        took = _timed(lambda: [_take(store, one, table, at) for one in contents])
        again = _timed(lambda: [_take(store, one, table, at) for one in contents])
        store.close()
    parsing = statistics.median(
        _timed(lambda one=one: message_of(opened(one))) for one in contents[0:MESSAGES:10]
    )
    return [
        _row("messages judged and kept", MESSAGES / took, "1/s"),
        _row("the same bytes again", MESSAGES / again, "1/s"),
        _row("memory grown by 1,000 messages", _peak_mb() - before, "MB"),
        _row("one message read", parsing * 1000, "ms"),
        *_unchanged_feed(),
    ]


def _mixed(number: int, at: int, authority: Signatory) -> bytes:
    name, sent = f"m{number}", at - 60_000 + number
    kinds = (
        lambda: message(name, sent, info(expires=at + HOUR)),
        lambda: message(
            name, sent, info(expires=at + HOUR), type="Update", references=reference("m0", at)
        ),
        lambda: message(name, sent, type="Cancel", references=reference(f"m{number - 2}", sent)),
        lambda: message(name, sent, info(), status="Test"),
        lambda: message(name, sent, info(area="<areaDesc>X</areaDesc><circle>21,105 9</circle>")),
        lambda: b"<html>" + name.encode() + b"</html>",
    )
    content = kinds[number % len(kinds)]()
    return authority.sign(content) if number % SIGNED_EVERY == 0 and number % 6 != 5 else content


def _take(store: Store, content: bytes, table: Table, at: int) -> object:
    return cap_intake.take(store, content, source="bench", table=table, at=at)


def _unchanged_feed() -> list[dict[str, Any]]:
    entries = "".join(
        f"<entry><id>{number}</id><link href='https://example.vn/{number}'/></entry>"
        for number in range(ENTRIES)
    )
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode()

    def fetch(url: str, **_: Any) -> Got:
        return Got(content=feed if url.endswith("feed") else b"<x/>")

    poller = Poller(Feed(url="https://example.vn/feed"), fetch)
    first = _timed(lambda: list(poller.poll(0)))
    times = [_timed(lambda: list(poller.poll(0))) for _ in range(POLLS)]
    return [
        _row(f"a feed of {ENTRIES} entries, the first time", first * 1000, "ms"),
        _row("the same feed unchanged", statistics.median(times) * 1000, "ms"),
        _row(f"times it was parsed in {POLLS + 1} polls", poller.parsed, "times"),
    ]


def _timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _row(metric: str, value: float, unit: str) -> dict[str, Any]:
    return {"bench": "cap", "metric": metric, "value": round(value, 2), "unit": unit, "peer": None}
