"""The sealer: the only process that holds the alert key; it seals and sends the alert sets."""

import queue
import signal
import threading
import time
from contextlib import suppress
from types import FrameType

import structlog

from players.contract import topics
from players.contract.keys import Role
from players.contract.signature import Kind
from signage.broker import Connection
from signage.clock import now_ms
from signage.keys import KeyFiles
from signage.settings import Settings
from signage.store import Store
from signage.wake import Bell, bell_path, wake
from signage.workflows import alert_sets
from signage.workflows.alert_sets import PublishedSet
from signage.workflows.sealing import ClockWrong, SealingDesk

LOOK_EVERY = 1.0
LISTEN_SECONDS = 0.5
LOOK_FOR_KEYS_EVERY = 0.5
MAX_WAITING = 1000

log = structlog.get_logger()


class Sealer:
    """Reads running alerts, seals the set of each profile, sends its pages, then the set (rule C).

    Its connection to the broker carries nothing but alerts: behind hundreds of manifests they
    would wait.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store.open(settings.database_url, settings.media_root)
        files = KeyFiles(settings.keys_folder, settings.fleet)
        self.key_list = files.key_list()
        self.desk = SealingDesk(
            files.signer(Role.ALERT), fleet=settings.fleet, epoch=self.key_list.epoch
        )
        self.bell = Bell(bell_path(settings.home_path, "sealer"))
        self._from_outside: queue.Queue[tuple[str, bytes]] = queue.Queue(MAX_WAITING)
        self._reconnected = threading.Event()
        self._stop = threading.Event()
        self._wrong_clock = ""
        self.connection = Connection(
            settings.broker_host,
            settings.broker_port,
            name=f"{settings.fleet}-sealer",
            subscriptions=[topics.alerts(settings.fleet, "+")],
            received=self._receive,
            connected=self._note_connected,
        )

    def run(self) -> None:
        """Work until told to stop."""
        self.connection.start()
        if self.connection.wait_until_up(LISTEN_SECONDS):
            # Another controller may have raised something: hear it before saying anything.
            self._stop.wait(LISTEN_SECONDS)
        while not self._stop.is_set():
            self.step(now_ms())
            self.bell.wait(LOOK_EVERY)
        self.connection.close()
        self.bell.close()
        self.store.close()

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End the loop soon."""
        self._stop.set()
        self.bell.ring()

    def step(self, at: int) -> None:
        """One round: adopt what came from outside, seal what changed, repeat when reconnected."""
        try:
            adopted = self._adopt(at)
            published = alert_sets.publish_sets(self.store, self.desk, at=at)
            for one in published:
                self._send(one)
            if self._reconnected.is_set() and self.connection.is_up():
                self._reconnected.clear()
                self._send_everything()
            if published or adopted:
                wake(self.settings.home_path, "worker")
            self._wrong_clock = ""
        except ClockWrong as error:
            if str(error) != self._wrong_clock:
                log.error("sealing nothing", why=str(error))  # noqa: TRY400 - no traceback helps
            self._wrong_clock = str(error)

    def _send(self, one: PublishedSet) -> None:
        for sha256 in one.new_pages:
            self._send_page(one.profile, sha256)
        self.connection.publish(one.sealed.topic, one.sealed.sealed)
        log.info("alert set published", profile=one.profile, serial=one.sealed.serial)
        for sha256 in one.old_pages:
            topic = topics.page(self.settings.fleet, one.profile, sha256)
            self.connection.publish(topic, b"")

    def _send_page(self, profile: str, sha256: str) -> None:
        try:
            page = self.store.blobs.read(sha256)
        except FileNotFoundError:
            # A page of another controller: players have it from there, or show the plain text.
            log.warning("page is not here", profile=profile, sha256=sha256)
            return
        self.connection.publish(topics.page(self.settings.fleet, profile, sha256), page)

    def _send_everything(self) -> None:
        for document in self.store.publications.of_kind(Kind.ALERTS):
            for sha256 in alert_sets.pages_of(document.sealed):
                self._send_page(document.addressee, sha256)
            self.connection.publish(document.topic, document.sealed)

    def _adopt(self, at: int) -> bool:
        adopted = False
        with suppress(queue.Empty):
            while True:
                topic, sealed = self._from_outside.get_nowait()
                alert_set = alert_sets.adopt(
                    self.store,
                    self.key_list,
                    fleet=self.settings.fleet,
                    topic=topic,
                    sealed=sealed,
                    at=at,
                )
                if alert_set:
                    log.warning("alert set adopted", profile=alert_set.profile)
                    adopted = True
        return adopted

    def _receive(self, topic: str, payload: bytes, _retained: bool) -> None:
        with suppress(queue.Full):
            self._from_outside.put_nowait((topic, payload))

    def _note_connected(self) -> None:
        log.info("connected to the broker")
        self._reconnected.set()
        self.bell.ring()


def run(settings: Settings) -> None:
    """Run the sealer until it is told to stop by SIGTERM or SIGINT."""
    _wait_for_keys(KeyFiles(settings.keys_folder, settings.fleet))
    sealer = Sealer(settings)
    signal.signal(signal.SIGTERM, sealer.stop)
    signal.signal(signal.SIGINT, sealer.stop)
    sealer.run()


def _wait_for_keys(files: KeyFiles) -> None:
    """The worker makes the keys at its first start, and both may be started at once."""
    if not files.has_list():
        log.info("waiting for the worker to make the keys", folder=str(files.folder))
    while not files.has_list():
        time.sleep(LOOK_FOR_KEYS_EVERY)
