"""A whole installation under attack: Mosquitto, worker, sealer, pages, and a player process."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import msgspec
from werkzeug.serving import make_server

from players.contract import documents, topics
from players.contract.alerts import Alert as SealedAlert
from players.contract.alerts import AlertSet
from players.contract.commands import SCREENSHOT, Command
from players.contract.keys import Role
from players.contract.limits import HOUR, MINUTE, SECOND
from players.contract.reports import Status
from players.contract.signature import Kind, open_sealed, seal
from signage.app import create_app
from signage.broker import Connection
from signage.broker_users import Access, users_of
from signage.clock import now_ms
from signage.domain.act import Proposal
from signage.domain.alert import Alert
from signage.domain.people import User
from signage.keys import KeyFiles
from signage.sealer import Sealer
from signage.settings import Settings
from signage.store import Store
from signage.store.book import Book
from signage.wake import wake
from signage.web.wall_parts import WallParts
from signage.worker import Worker
from signage.workflows.alerts import alerting
from signage.workflows.displays.player_folders import Output, PlayerSettings, make_player
from signage.workflows.reports import reporting
from tests.broker import free_port
from tests.doubles import until
from tests.mosquitto import Mosquitto
from tests.signage.pleiku import ADMINISTRATOR, DUTY_OFFICER, SMALL_BOARD, VIEWER, settle
from tests.signage.sealing import freely
from tests.signage.workflows.alarm import FLOOD

ROOT = Path(__file__).parents[3]
FLEET, DISPLAY, PROFILE = "pleiku", "ubnd", SMALL_BOARD.id


class Field:
    """The board before the committee's house, its player, and the controller behind it."""

    def __init__(self, folder: Path, broker: Mosquitto, *, ca: Path | None = None) -> None:
        self.folder, self.broker = folder, broker
        self.settings = Settings(
            home=str(folder / "home"),
            fleet=FLEET,
            broker_host=broker.host,
            broker_port=broker.port,
            broker_ca=str(ca or ""),
            web_port=free_port(),
        )
        self.store = Store.open(self.settings.database_url, self.settings.media_root)
        self.store.upgrade()
        settle(self.store)
        self.files = KeyFiles(self.settings.keys_folder, FLEET)
        self.files.make(at=now_ms())
        self.open_book()
        self.config = self._provision(DISPLAY)
        self._provision("hoa-lu")  # never switched on
        self._player: subprocess.Popen[bytes] | None = None
        self.attackers_access: Access | None = None

    def start(self) -> None:
        """Start everything, until the board is calm and known to be online."""
        self._app = create_app(self.settings, self.store)
        self._web = make_server("127.0.0.1", self.settings.web_port, self._app, threaded=True)
        threading.Thread(target=self._web.serve_forever, args=(0.05,), daemon=True).start()
        self.start_worker()
        self.start_sealer()
        self.attacker = Attacker(self.broker, access=self.attackers_access)
        self.start_player()
        self.shows("safe")
        until(lambda: self.tile().link == "online")

    def start_worker(self) -> None:
        """A worker begins with a beat: that is the minute after which a player compares."""
        self._worker, self._worker_thread = _run(Worker(self.settings))

    def start_sealer(self, settings: Settings | None = None) -> None:
        """Start the sealer, with other settings than those of the house if there are any."""
        self._sealer, self._sealer_thread = _run(Sealer(settings or self.settings))
        assert self._sealer.connection.wait_until_up(10)

    def open_book(self) -> None:
        """Open the sealer's book, in which an officer's factor would be checked."""
        self.book = Book.open(self.files.sealer_folder)

    def start_player(self) -> None:
        with (self.folder / "player.log").open("a") as log:
            self._player = subprocess.Popen(
                [sys.executable, "-m", "players", "run", "--config", str(self.config)],
                cwd=ROOT,
                stderr=log,
            )

    def kill_player(self) -> None:
        """As a power cut does."""
        if self._player:
            self._player.kill()
            self._player.wait(10)

    def stop_worker(self) -> None:
        self._worker.stop()
        self._worker_thread.join(15)

    def stop_sealer(self) -> None:
        self._sealer.stop()
        self._sealer_thread.join(15)

    def a_minute_later(self) -> None:
        """The next beat comes."""
        self.stop_worker()
        self.start_worker()

    def close(self) -> None:
        self.kill_player()
        self.stop_worker()
        self.stop_sealer()
        self.attacker.connection.close()
        self._web.shutdown()
        self.book.close()
        self.store.close()

    def _provision(self, display: str) -> Path:
        told = PlayerSettings(
            fleet=FLEET,
            broker_host=self.broker.host,
            broker_port=self.broker.port,
            broker_users=users_of(self.settings),
            controller=self.settings.controller_url,
            root_keys=self.files.pinned_roots(),
            output=Output(kind="png_folder"),
        )
        folder = self.folder / display
        return make_player(self.store, display, folder, told, by=ADMINISTRATOR, at=now_ms())

    # What officers do

    def raises(self, headline: str, *, level: int = 3) -> Alert:
        """An officer raises an alert everywhere for an hour; the pages know of it."""
        alert = self.confirms(self.drafts(headline, level=level))
        wake(self.settings.home_path, "sealer")
        until(lambda: self.store.alerts.get(alert.id) is not None)
        return alert

    def drafts(self, headline: str, *, level: int = 3) -> Proposal:
        at = now_ms()
        words = msgspec.structs.replace(FLOOD, headline=headline, level=level)
        return alerting.draft(
            self.store, words, targets=["all"], until=at + HOUR, by=DUTY_OFFICER, at=at
        )

    def confirms(self, drafted: Proposal) -> Alert:
        """As with a factor: it stands in the sealer's book."""
        return freely(self.book)(drafted.act, DUTY_OFFICER, now_ms())

    def clears(self, alert: Alert) -> None:
        alerting.clear(
            self.store,
            alert.id,
            green_for=SECOND,
            authorise=freely(self.book),
            by=DUTY_OFFICER,
            at=now_ms(),
        )
        wake(self.settings.home_path, "sealer")

    # What is seen

    def changes(self) -> list[dict[str, Any]]:
        """Every picture that was on the glass, with its item, oldest first."""
        try:
            lines = (self.config.parent / "glass" / "glass.jsonl").read_text().splitlines()
        except OSError:
            return []
        return [json.loads(line) for line in lines]

    @property
    def item(self) -> str:
        changes = self.changes()
        return changes[-1]["item"] if changes else ""

    def shows(self, item: str) -> None:
        until(lambda: self.item == item, 20)

    def shows_alert(self, alert: Alert) -> None:
        """Whichever page of it has its turn."""
        until(lambda: self.item.startswith(f"{alert.id}.{alert.revision}."), 20)

    def still_shows(self, alert: Alert) -> None:
        """Nothing but this alert has been on the glass since it came."""
        wanted = f"{alert.id}.{alert.revision}."
        were = [change["item"].startswith(wanted) for change in self.changes()]
        assert True in were
        assert all(were[were.index(True) :])

    def obeys_a_command(self) -> None:
        """Whatever was said before on the same connection has been heard by then."""
        serial = now_ms()
        command = Command(
            schema=1,
            fleet=FLEET,
            epoch=self.files.key_list().epoch,
            serial=serial,
            issued_at=serial,
            display=DISPLAY,
            act=SCREENSHOT,
            expires_at=serial + MINUTE,
        )
        sealed = seal(documents.encode(command), Kind.COMMAND, self.key(Role.HOLD))
        self.attacker.connection.publish(topics.commands(FLEET, DISPLAY), sealed, retain=False)
        until(lambda: (done := self.status().command) and done.number == serial)

    def tile(self) -> reporting.Tile:
        """The board on the wall."""
        tiles = reporting.wall(self.store, FLEET, by=VIEWER, at=now_ms())
        return next(tile for tile in tiles if tile.display.id == DISPLAY)

    def tells(self, *words: str) -> None:
        """Wait until the wall tells a problem of the board with one of these words in it."""
        until(lambda: any(word in self.tile().problem for word in words), 20)

    def wall(self, person: User) -> str:
        """The wall as it is drawn now for somebody who watches it."""
        with self._app.test_request_context():
            return "".join(WallParts().newest(0, person).values())

    def progress(self, alert: Alert) -> dict[str, str]:
        """How far an alert is on each display, as the page of the alert says it."""
        rows = reporting.proof(self.store, alert.id, at=now_ms())
        return {display.id: progress.state for display, progress, _ in rows}

    def logged(self, act: str) -> bool:
        return any(row.act == act for row in self.store.audit.page(limit=50))

    # What somebody can make who has read everything and holds no key

    def set_of(self, *entries: SealedAlert, **changes: Any) -> AlertSet:
        fields: dict[str, Any] = {
            "schema": 1,
            "fleet": FLEET,
            "epoch": self.files.key_list().epoch,
            "serial": now_ms() + 1,
            "issued_at": now_ms(),
            "profile": PROFILE,
            "entries": [documents.raw(entry) for entry in entries],
        }
        return AlertSet(**(fields | changes))

    def sealed(self, alert_set: AlertSet, key: Any, kind: Kind = Kind.ALERTS) -> bytes:
        return seal(documents.encode(alert_set), kind, key)

    def key(self, role: Role) -> Any:
        return self.files.signer(role)

    def entries_on_air(self) -> list[Any]:
        """What stands in the set that is retained for the board; the alert key sealed it."""
        sealed = self.attacker.retained.get(topics.alerts(FLEET, PROFILE), b"")
        if not sealed:
            return []
        trusted = self.files.key_list().trusted_for(Kind.ALERTS, now_ms())
        payload, _ = open_sealed(sealed, Kind.ALERTS, trusted)
        return documents.alert_entries(documents.decode(payload, AlertSet).entries)[0]

    def status(self) -> Status:
        reported = self.tile().reported
        assert reported
        return reported.status


class Attacker:
    """Whoever owns the broker: hears everything, keeps everything, says anything."""

    def __init__(self, broker: Mosquitto, *, access: Access | None = None) -> None:
        self.heard: list[tuple[str, bytes]] = []
        self.connections = 0
        self.connection = Connection(
            broker.host,
            broker.port,
            name="attacker",
            subscriptions=["#"],
            received=lambda topic, payload, _retained: self.heard.append((topic, payload)),
            connected=self._count,
            access=access,
        )
        self.connection.start()
        assert self.connection.wait_until_up(10)

    def _count(self) -> None:
        self.connections += 1

    @property
    def retained(self) -> dict[str, bytes]:
        """The newest on each topic."""
        return dict(list(self.heard))

    def all_of(self, topic: str) -> list[bytes]:
        return [payload for at, payload in list(self.heard) if at == topic]

    def says(self, topic: str, payload: bytes) -> None:
        """Put bytes on a topic, and wait until the broker has passed them on."""
        before = len(self.all_of(topic))
        assert self.connection.publish(topic, payload)
        until(lambda: payload in self.all_of(topic)[before:])


def _run(process: Any) -> tuple[Any, threading.Thread]:
    thread = threading.Thread(target=process.run, daemon=True)
    thread.start()
    return process, thread
