"""The worker: seals and publishes what displays should show, and takes in what they report."""

import queue
import signal
import threading
from contextlib import suppress
from types import FrameType

import structlog

from players.contract import documents, topics
from players.contract.alerts import Beat, TimeAnswer
from players.contract.keys import Role
from players.contract.limits import BEAT_EVERY, SECOND
from players.contract.reports import PlaysAck
from players.contract.signature import Kind, seal
from signage.broker import Connection, retained
from signage.clock import now_ms
from signage.keys import KeyFiles
from signage.settings import Settings
from signage.store import Store
from signage.store.publications import Sealed
from signage.wake import Bell, bell_path
from signage.workflows import overtaken, publishing, reporting
from signage.workflows.reporting import Message
from signage.workflows.sealing import ClockWrong, SealingDesk, hash_of

LOOK_EVERY = 1.0
RESEND_EVERY = 10 * SECOND
LISTEN_SECONDS = 1.0
"""How long to listen for retained manifests before anything is published (rule R)."""
MAX_WAITING = 20_000
MAX_BATCH = 500

log = structlog.get_logger()


class Worker:
    """Gathers, decides and publishes in one thread; the broker's thread hands messages over."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store.open(settings.database_url, settings.media_root)
        self.files = KeyFiles(settings.keys_folder, settings.fleet)
        self.files.make(at=now_ms())
        self._take_keys()
        self.bell = Bell(bell_path(settings.home_path, "worker"), time_answer=self._sealed_time)
        self._inbox: queue.Queue[Message] = queue.Queue(MAX_WAITING)
        self._reconnected = threading.Event()
        self._stop = threading.Event()
        self._has_looked = False
        self._seen_head = ""
        self._next_beat = self._next_resend = 0
        self._wrong_clock = ""
        self.connection = Connection(
            settings.broker_host,
            settings.broker_port,
            name=f"{settings.fleet}-worker",
            subscriptions=topics.reports(settings.fleet),
            received=self._receive,
            connected=self._note_connected,
        )

    def run(self) -> None:
        """Work until told to stop."""
        self.connection.start()
        while not self._stop.is_set():
            self.bell.wait(LOOK_EVERY)
            self.step(now_ms())
        self.connection.close()
        self.bell.close()
        self.store.close()

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End the loop soon."""
        self._stop.set()
        self.bell.ring()

    def step(self, at: int) -> None:
        """One round: everything that is due now. Running it twice changes nothing."""
        try:
            self._take_in()
            if not self._may_seal():
                return
            anew = self._reconnected.is_set() and self.connection.is_up()
            self._publish(at, send=not anew)
            if anew:
                self._reconnected.clear()
                self._send_everything()
            self._beat(at)
            self._resend(at)
            self._wrong_clock = ""
        except ClockWrong as error:
            if str(error) != self._wrong_clock:
                log.error("sealing nothing", why=str(error))  # noqa: TRY400 - no traceback helps
            self._wrong_clock = str(error)

    def _take_keys(self) -> None:
        self.key_list, self.sealed_keys = self.files.key_list(), self.files.sealed_list()
        fleet, epoch = self.settings.fleet, self.key_list.epoch
        self.content = SealingDesk(self.files.signer(Role.CONTENT), fleet=fleet, epoch=epoch)
        self.beat = SealingDesk(self.files.signer(Role.BEAT), fleet=fleet, epoch=epoch)

    def _may_seal(self) -> bool:
        """Look first, once, whether anything on the air is newer than the database (rule R).

        A document sealed before that look would hide the answer, its serial being the newest.
        """
        if not self._has_looked and self.connection.is_up():
            self._hold_if_overtaken()
            self._has_looked = True
        return self._has_looked

    def _take_in(self) -> None:
        messages: list[Message] = []
        with suppress(queue.Empty):
            while len(messages) < MAX_BATCH:
                messages.append(self._inbox.get_nowait())
        if not messages:
            return
        taken = reporting.take_in(self.store, self.settings.fleet, messages)
        for refusal in taken.refused:
            log.warning("report refused", why=refusal)
        self._send(self._acknowledgements(taken.acknowledge, now_ms()))
        if taken.changed:
            self.bell.tell_listeners()
        if not self._inbox.empty():
            self.bell.ring()

    def _publish(self, at: int, *, send: bool) -> None:
        """Look for differences when anybody did something, and each minute for the date's sake."""
        newest = self.store.audit.page(limit=1)
        head = f"{newest[0].number if newest else 0} {at // BEAT_EVERY}"
        if head == self._seen_head:
            return
        changed = publishing.publish_changes(
            self.store, self.content, zone=self.settings.zone, at=at
        )
        self._seen_head = head
        for document in changed:
            log.info("manifest published", display=document.addressee, serial=document.serial)
        if send:
            self._send(changed)
        self.bell.tell_listeners()

    def _beat(self, at: int) -> None:
        if at < self._next_beat or not self.connection.is_up():
            return
        self._next_beat = at + BEAT_EVERY
        self._renew_keys(at)
        self.beat.check_clock(self.store, at)
        serials = {s.addressee: s.serial for s in self.store.publications.of_kind(Kind.ALERTS)}
        with self.store.transaction():
            beat = self.beat.commit(
                self.store,
                kind=Kind.BEAT,
                topic=topics.beat(self.settings.fleet),
                addressee="all",
                says=hash_of([at]),
                document=lambda header: Beat(**header, keys=self.key_list.serial, alerts=serials),
                at=at,
            )
        self._send([beat])

    def _renew_keys(self, at: int) -> None:
        """Content keys live 90 days, workers longer (rule K)."""
        if self.files.make(at=at):
            self._take_keys()
            self.connection.publish(topics.keys(self.settings.fleet), self.sealed_keys)
            log.info("new keys are in force", serial=self.key_list.serial)

    def _resend(self, at: int) -> None:
        if at >= self._next_resend:
            self._next_resend = at + RESEND_EVERY
            self._send(publishing.to_resend(self.store, self.settings.fleet, at=at))

    def _acknowledgements(self, pairs: list[tuple[str, str, int]], at: int) -> list[Sealed]:
        if not pairs:
            return []
        with self.store.transaction():
            return [
                self.beat.commit(
                    self.store,
                    kind=Kind.PLAYS_ACK,
                    topic=topics.plays_ack(self.settings.fleet, display),
                    addressee=display,
                    says=hash_of([journal, up_to]),
                    document=lambda header, display=display, journal=journal, up_to=up_to: PlaysAck(  # type: ignore[misc]
                        **header, display=display, journal=journal, up_to=up_to
                    ),
                    at=at,
                )
                for display, journal, up_to in pairs
            ]

    def _send_everything(self) -> None:
        """After each connection: the broker may have lost what it retained. Keys come first."""
        self.connection.publish(topics.keys(self.settings.fleet), self.sealed_keys)
        for kind in (Kind.MANIFEST, Kind.PLAYS_ACK, Kind.BEAT):
            self._send(self.store.publications.of_kind(kind))

    def _send(self, documents_to_send: list[Sealed]) -> None:
        for document in documents_to_send:
            self.connection.publish(document.topic, document.sealed)

    def _hold_if_overtaken(self) -> None:
        fleet = self.settings.fleet
        on_air = retained(
            self.settings.broker_host,
            self.settings.broker_port,
            name=f"{fleet}-worker-look",
            topic=topics.manifest(fleet, "+"),
            seconds=LISTEN_SECONDS,
        )
        self._take_in()  # statuses are retained as well: players say what they hold
        at = now_ms()
        ahead = overtaken.overtaking(self.store, self.key_list, fleet=fleet, retained=on_air, at=at)
        if ahead:
            log.error("the database is older than what is on the air: held", displays=ahead)
            overtaken.hold(self.store, ahead, at=at)

    def _sealed_time(self, nonce: str) -> bytes:
        if len(nonce) != 32 or not set(nonce) <= set("0123456789abcdef"):
            return b""
        answer = TimeAnswer(fleet=self.settings.fleet, nonce=nonce, now=now_ms())
        return seal(documents.encode(answer), Kind.TIME, self.beat.key)

    def _receive(self, topic: str, payload: bytes, _retained: bool) -> None:
        with suppress(queue.Full):  # players repeat what is not acknowledged
            self._inbox.put_nowait(Message(topic, payload, now_ms()))
        self.bell.ring()

    def _note_connected(self) -> None:
        log.info("connected to the broker")
        self._reconnected.set()
        self.bell.ring()


def run(settings: Settings) -> None:
    """Run the worker until it is told to stop by SIGTERM or SIGINT."""
    worker = Worker(settings)
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()
