"""An alert among 218 simulated players on Mosquitto: from the act to the last that verified it.

Needs Mosquitto (`apt install mosquitto`). ALERTS=n in the environment makes it longer.
"""

import os
import queue
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.publishing import BOARD, DISPLAYS, DUTY, SCREEN, _city
from players.contract import topics
from players.contract.keys import Role
from players.contract.limits import HOUR
from signage.broker import Connection
from signage.clock import now_ms
from signage.demo.ports import any_free
from signage.domain.act import Act
from signage.domain.alert import AlertWords
from signage.keys import KeyFiles
from signage.store import Store
from signage.store.book import Book
from signage.workflows import alerting, authorising
from signage.workflows.alert_mirror import mirror
from signage.workflows.alert_sets import publish_sets
from signage.workflows.sealing import SealingDesk

ALERTS = int(os.environ.get("ALERTS", "60"))
BURST = 40
PROCESSES = 2
FLEET = "bench"
ROUND_SECONDS = 20.0
_MOSQUITTO = """
listener {port} 127.0.0.1
allow_anonymous true
persistence false
set_tcp_nodelay true
max_queued_messages 100000
"""


def run() -> list[dict[str, Any]]:
    """Milliseconds; armed: the pages had come before, typed: they are pushed with the set."""
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        folder = Path(home)
        port = stack.enter_context(_broker(folder))
        bench = stack.enter_context(_Bench.opened(folder, port))
        armed = [bench.raise_one(armed=True) for _ in range(ALERTS)]
        typed = [bench.raise_one(armed=False) for _ in range(ALERTS)]
        burst = bench.burst()
    sealed = [one.sealed for one in armed]
    return [
        _row("act to sealed and committed, p50", _p(sealed, 50)),
        _row("armed, act to the last verified, p50", _p([one.last for one in armed], 50)),
        _row("armed, act to the last verified, p99", _p([one.last for one in armed], 99)),
        _row("typed just now, p50", _p([one.last for one in typed], 50)),
        _row("typed just now, p99", _p([one.last for one in typed], 99)),
        _row("all clear, act to the last verified, p50", _p([one.cleared for one in armed], 50)),
        _row("all clear, act to the last verified, p99", _p([one.cleared for one in armed], 99)),
        _row(f"a burst of {BURST} alerts until the last has all", burst),
    ]


class _Times:
    def __init__(self, sealed: float, last: float, cleared: float) -> None:
        self.sealed, self.last, self.cleared = sealed, last, cleared


class _Bench:
    """The sealer's own parts at work in this process, and the players in others."""

    def __init__(self, store: Store, book: Book, files: KeyFiles, port: int) -> None:
        self.store, self.book = store, book
        self.desk = SealingDesk(files.signer(Role.ALERT), fleet=FLEET, epoch=1)
        self.connection = Connection("127.0.0.1", port, name="bench-sealer")
        self.connection.start()
        self.connection.wait_until_up(10)
        self.heard: queue.Queue[tuple[str, int]] = queue.Queue()
        self._number = 0

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, port: int) -> Iterator["_Bench"]:
        files = KeyFiles(folder / "keys", FLEET)
        files.make(at=now_ms())
        with _city(folder) as store:
            bench = cls(store, Book.open(folder / "keys" / "sealer"), files, port)
            clients = [bench._start_clients(files.folder, port, part) for part in range(PROCESSES)]
            yield bench
            for client in clients:
                client.kill()
            bench.connection.close()
            bench.book.close()

    def _start_clients(self, keys: Path, port: int, part: int) -> subprocess.Popen[str]:
        count = DISPLAYS // PROCESSES + (part < DISPLAYS % PROCESSES)
        profiles = [SCREEN.id] * (count - 1) + [BOARD.id]
        arguments = ["127.0.0.1", str(port), FLEET, str(count), str(keys), *profiles]
        client = subprocess.Popen(
            [sys.executable, "-m", "bench._fleet_clients", *arguments],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert client.stdout is not None
        if client.stdout.readline().strip() != "ready":
            raise RuntimeError("the simulated players did not start")
        threading.Thread(target=self._hear, args=(client,), daemon=True).start()
        return client

    def _hear(self, client: subprocess.Popen[str]) -> None:
        assert client.stdout is not None
        for line in client.stdout:
            mark, moment, _ = line.split()
            self.heard.put((mark, int(moment)))

    def raise_one(self, *, armed: bool) -> _Times:
        act = self._draft()
        if armed:
            self._send_pages(act)
            time.sleep(0.05)
        began = time.time_ns()
        published = self._do(act)
        sealed = time.time_ns()
        if not armed:
            self._send_pages(act)
        self._send(published)
        last = self._last_of(f"{act.alert.id}.1")
        mirror(self.book, self.store, at=now_ms())
        over = alerting.propose_all_clear(
            self.store, act.alert.id, green_for=1000, by=DUTY, at=now_ms()
        ).act
        cleared_at = time.time_ns()
        self._send(self._do(over))
        gone = self._last_of(f"{act.alert.id}.2")
        mirror(self.book, self.store, at=now_ms())
        return _Times((sealed - began) / 1e6, (last - began) / 1e6, (gone - cleared_at) / 1e6)

    def burst(self) -> float:
        time.sleep(2)
        self._send(publish_sets(self.book, self.desk, at=now_ms()))
        acts = [self._draft() for _ in range(BURST)]
        for act in acts:
            self._send_pages(act)
        time.sleep(0.5)
        began = time.time_ns()
        for act in acts:
            self._send(self._do(act))
        return (max(self._last_of(f"{act.alert.id}.1") for act in acts) - began) / 1e6

    def _draft(self) -> Act:
        self._number += 1
        words = AlertWords(
            headline=f"Lũ khẩn cấp số {self._number}", body="Lên chỗ cao.", area="Hội Phú",
            sender="BCH PTDS", level=3,
        )  # fmt: skip
        at = now_ms()
        return alerting.draft(
            self.store, words, targets=["all"], until=at + HOUR, by=DUTY, at=at
        ).act

    def _do(self, act: Act) -> list[tuple[str, bytes]]:
        at = now_ms()
        with self.book.transaction():
            alert = authorising.result_of(self.book, act, at=at)
            authorising.record(self.book, alert, act, who=DUTY.login, unit=DUTY.unit, at=at)
        published = publish_sets(self.book, self.desk, at=at)
        return [(one.sealed.topic, one.sealed.sealed) for one in published]

    def _send(self, published: Sequence[Any]) -> None:
        for one in published:
            topic, sealed = one if isinstance(one, tuple) else (one.sealed.topic, one.sealed.sealed)
            self.connection.publish(topic, sealed)

    def _send_pages(self, act: Act) -> None:
        for profile, pages in act.alert.pages.items():
            for page in pages:
                content = self.store.blobs.read(page.blob)
                self.connection.publish(topics.page(FLEET, profile, page.blob), content)

    def _last_of(self, mark: str) -> int:
        moments: list[int] = []
        waiting: list[tuple[str, int]] = []
        while len(moments) < PROCESSES:
            heard = self.heard.get(timeout=ROUND_SECONDS)
            (moments.append(heard[1]) if heard[0] == mark else waiting.append(heard))
        for heard in waiting:
            self.heard.put(heard)
        return max(moments)


@contextmanager
def _broker(folder: Path) -> Iterator[int]:
    program = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if program is None:
        raise RuntimeError("Mosquitto is not installed: apt install mosquitto")
    (port,) = any_free(1)
    config = folder / "mosquitto.conf"
    config.write_text(_MOSQUITTO.format(port=port))
    broker = subprocess.Popen(
        [program, "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(0.5)
    yield port
    broker.terminate()
    broker.wait(10)


def _p(values: Sequence[float], percent: int) -> float:
    if percent == 50:
        return statistics.median(values)
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def _row(metric: str, value: float) -> dict[str, Any]:
    named = f"{metric}, {DISPLAYS} players"
    return {
        "bench": "fleet", "metric": named, "value": round(value, 1), "unit": "ms", "peer": None
    }  # fmt: skip
