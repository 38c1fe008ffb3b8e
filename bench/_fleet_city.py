"""A city for the bench of alerts: broker, worker, sealer, 218 simulated players and real ones."""

import base64
import json
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.publishing import BOARD, SCREEN, _city
from signage.broker import Connection
from signage.clock import now_ms
from signage.demo.children import Child
from signage.demo.household import child_environment
from signage.demo.ports import any_free
from signage.domain.people import Role, User
from signage.keys import KeyFiles
from signage.settings import Settings
from signage.store import Store
from signage.store.book import Book
from signage.workflows.displays.player_folders import Output, PlayerSettings, make_player

FLEET = "bench"
PATIENCE_SECONDS = 60.0
CROWDS = {"one": 99, "two": 99, "outlying": 20}
"""Simulated players by the process that speaks for them; the last can go off line."""
REAL = ("man-hinh-0", "man-hinh-2", "man-hinh-3")
"""An LED board of 384x192 and two screens of 1920x1080, each a player process."""
ADMIN = User(id="qt", login="qt", name="Quản trị", role=Role.ADMINISTRATOR, unit="pleiku")
_MOSQUITTO = """
listener {port} 127.0.0.1
allow_anonymous true
persistence false
set_tcp_nodelay true
max_queued_messages 100000
"""


class City:
    """Knows when crowds and real players have what was raised; times are ns of the system clock."""

    def __init__(self, folder: Path, store: Store, settings: Settings) -> None:
        self.folder, self.store, self.settings = folder, store, settings
        self.files = KeyFiles(settings.keys_folder, FLEET)
        self.files.make(at=now_ms())
        self.book = Book.open(self.files.sealer_folder)
        with store.transaction():
            store.users.save(ADMIN)
        self._environment = child_environment(settings)
        self._told: queue.Queue[tuple[str, int]] = queue.Queue()
        self._on_air: set[str] = set()
        self._armed: dict[str, set[str]] = {}
        self._shown: dict[tuple[str, str], int] = {}
        self._crowds: dict[str, subprocess.Popen[str]] = {}
        self._children = [self._child(name, "signage", name) for name in ("worker", "sealer")]
        self._ear = Connection(
            settings.broker_host,
            settings.broker_port,
            name="bench-ear",
            subscriptions=[f"signage/1/{FLEET}/pages/#", f"signage/1/{FLEET}/displays/+/status"],
            received=self._hear,
        )

    def start(self) -> None:
        """Start the controller."""
        self._ear.start()
        self._ear.wait_until_up(10)
        for child in self._children:
            child.start()

    def populate(self) -> None:
        """Start the crowds, and real players until they have spoken."""
        for name in CROWDS:
            self.start_crowd(name)
        for display in REAL:
            self.start_player(display, self.settings.broker_port)

    def end(self) -> None:
        for name in self._crowds:
            self.end_crowd(name)
        for child in reversed(self._children):
            child.end()
        self._ear.close()
        self.book.close()

    def start_crowd(self, name: str) -> int:
        """Bring the players of a crowd on line; when the first of them began to connect."""
        count = CROWDS[name]
        profiles = [SCREEN.id] * (count - 1) + [BOARD.id]
        where = [self.settings.broker_host, str(self.settings.broker_port), FLEET]
        crowd = subprocess.Popen(
            [
                *(sys.executable, "-m", "bench._fleet_clients", *where),
                *(str(count), str(self.files.folder), *profiles),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert crowd.stdout is not None
        ready, _, began = crowd.stdout.readline().partition(" ")
        if ready != "ready":
            raise RuntimeError("the simulated players did not start")
        threading.Thread(target=self._listen_to, args=(crowd,), daemon=True).start()
        self._crowds[name] = crowd
        return int(began)

    def end_crowd(self, name: str) -> None:
        """Its players go off line, as by a power cut."""
        self._crowds[name].kill()
        self._crowds[name].wait(10)

    def start_player(self, display: str, port: int) -> None:
        """Start a real player that reaches its broker by `port`."""
        told = PlayerSettings(
            fleet=FLEET,
            broker_host=self.settings.broker_host,
            broker_port=port,
            controller=self.settings.controller_url,
            root_keys=self.files.pinned_roots(),
            output=Output(kind="png_folder"),
        )
        folder = self.folder / display
        path = make_player(self.store, display, folder, told, by=ADMIN, at=now_ms())
        child = self._child(display, "players", "run", "--config", str(path))
        self._children.append(child)
        child.start()
        self._wait(display, lambda: display in self._armed)

    def last_of(self, mark: str, crowds: int = len(CROWDS)) -> int:
        """Wait until so many crowds have a revision; when the last of their players had it."""
        moments: list[int] = []
        others: list[tuple[str, int]] = []
        while len(moments) < crowds:
            heard = self._told.get(timeout=PATIENCE_SECONDS)
            (moments.append(heard[1]) if heard[0] == mark else others.append(heard))
        for heard in others:
            self._told.put(heard)
        return max(moments)

    def shown_on(self, mark: str, displays: Sequence[str] = REAL) -> int:
        """Wait until a revision was presented by real players; when by the last of them."""
        self._wait(
            f"{mark} on the glass", lambda: all((one, mark) in self._shown for one in displays)
        )
        return max(self._shown[one, mark] for one in displays)

    def armed(self, pages: Mapping[str, Sequence[str]], displays: Sequence[str] = REAL) -> None:
        """Wait until pages, by profile, are on the air and in the hands of real players."""
        self._wait(
            "pages on the air",
            lambda: {sha256 for of in pages.values() for sha256 in of} <= self._on_air,
        )
        profiles = {one.id: one.profile for one in self.store.displays.named(displays)}
        self._wait(
            "armed players",
            lambda: all(set(pages[profiles[one]]) <= self._armed[one] for one in displays),
        )

    def _child(self, name: str, *arguments: str) -> Child:
        command = [sys.executable, "-m", *arguments]
        log = self.folder / f"{name}.log"
        return Child(name, command, environment=self._environment, log=log)

    def _listen_to(self, crowd: subprocess.Popen[str]) -> None:
        assert crowd.stdout is not None
        for line in crowd.stdout:
            mark, moment, _ = line.split()
            self._told.put((mark, int(moment)))

    def _hear(self, topic: str, payload: bytes, _retained: bool) -> None:
        if "/pages/" in topic:
            self._on_air.add(topic.rpartition("/")[2])
        elif payload:
            status = json.loads(base64.b64decode(json.loads(payload)["payload"]))
            display = status["display"]
            self._armed[display] = set(status.get("armed", []))
            for one in status["alerts"]:
                if one["presented_at"]:
                    mark = f"{one['id']}.{one['revision']}"
                    self._shown.setdefault((display, mark), one["presented_at"] * 1_000_000)

    def _wait(self, what: str, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError(f"the bench waited for {what} in vain")
            time.sleep(0.005)


@contextmanager
def living() -> Iterator[City]:
    """A city whose controller runs, in a folder of its own."""
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="fleet-", ignore_cleanup_errors=True)
            )
        )
        port, web_port = any_free(2)
        stack.enter_context(_broker(folder, port))
        store = stack.enter_context(_city(folder))
        settings = Settings(
            home=str(folder),
            database=f"sqlite:///{folder / 'bench.sqlite3'}",
            fleet=FLEET,
            broker_host="127.0.0.1",
            broker_port=port,
            web_port=web_port,
            raises_an_hour=5000,
        )
        city = City(folder, store, settings)
        stack.callback(city.end)
        city.start()
        yield city


@contextmanager
def _broker(folder: Path, port: int) -> Iterator[None]:
    program = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if program is None:
        raise RuntimeError("Mosquitto is not installed: apt install mosquitto")
    config = folder / "mosquitto.conf"
    config.write_text(_MOSQUITTO.format(port=port))
    config.parent.chmod(0o755)
    broker = subprocess.Popen(
        [program, "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(0.5)
    try:
        yield
    finally:
        broker.terminate()
        broker.wait(10)
