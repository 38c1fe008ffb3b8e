"""The worker: seals and publishes what displays should show, and takes in what they report."""

import signal
import sys
import time
from collections.abc import Sequence
from types import FrameType

import structlog

from players.contract import topics
from players.contract.keys import Role
from players.contract.limits import BEAT_EVERY, SECOND
from players.contract.signature import Kind
from signage.broker import Connection, retained
from signage.broker_users import access_of
from signage.bulletin_drop import FileDrop
from signage.clock import now_ms
from signage.domain.alert import AlertState
from signage.inbox import Inbox
from signage.keys import KeyFiles, KeysUnusable
from signage.notices import Notices
from signage.rounds import Rounds
from signage.settings import Settings
from signage.store import Store
from signage.store.publications import Sealed
from signage.wake import AlreadyRunning, Bell, bell_path
from signage.workflows.alerts import alert_notices, bulletins
from signage.workflows.cap.cap_sending import Sending
from signage.workflows.media.job_runner import Runner
from signage.workflows.publication import overtaken, publishing
from signage.workflows.publication.sealing import SealingDesk
from signage.workflows.reports import answering, broker_state, reporting
from signage.workflows.reports.hearing import MAX_REPORT_BYTES, Message

LOOK_EVERY = 1.0
TELL_EVERY = 0.2
"""Pages that are open work anew at each change: two hundred players must not hurry them."""
RESEND_EVERY = 10 * SECOND
SEALER_FIRST = 3 * SECOND
"""So long the sealer, which looks each second, has to seal anew under a new key list."""
LISTEN_SECONDS = 1.0
"""How long to listen for retained manifests before anything is sealed or sent (rule R)."""
MAX_BATCH = 500
NOTICES_EVERY = 5 * SECOND
REFUSALS_TOLD, REFUSALS_EVERY = 3, 10 * SECOND
"""Whoever floods the broker with garbage does not fill the log as well."""

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
        self.jobs = Runner(self.store, changed=self.bell.tell_listeners)
        self.notices = Notices(settings.notice_urls.split())
        self.sending = Sending(
            self.store,
            settings.keys_folder / "worker",
            sender=settings.cap_sender or settings.fleet,
            zone=settings.zone,
        )
        self._rounds = Rounds()
        self._inbox = Inbox()
        self._stored: dict[tuple[str, str], int] = {}
        self._stopping = False
        # Connections are counted; after each comes first a look, then everything is sent.
        self._connections = self._looked_for = self._sent_for = 0
        self._seen_head = ""
        self._lost_at: int | None = None
        self._changed, self._told_at = False, 0.0
        self._alerts: list[tuple[str, int, AlertState]] = []
        self.connection = Connection(
            settings.broker_host,
            settings.broker_port,
            name=f"{settings.fleet}-worker",
            subscriptions=topics.reports(settings.fleet),
            received=self._receive,
            connected=self._note_connected,
            access=access_of(settings, "worker"),
        )

    def run(self) -> None:
        """Work until told to stop."""
        self.connection.start()
        self.jobs.start()
        while not self._stopping:
            self.step(now_ms())
            self.bell.wait(TELL_EVERY if self._changed else LOOK_EVERY)
            self.jobs.wake()
        self.close()

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End the loop soon; may be called by a signal."""
        self._stopping = True
        self.bell.ring()

    def close(self) -> None:
        """Let go of the jobs, the broker, the bell and the database."""
        self.jobs.stop()
        self.notices.close()
        self.connection.close()
        self.bell.close()
        self.store.close()

    def step(self, at: int) -> None:
        """One round: everything that is due now. Running it twice changes nothing."""
        attempt, is_due = self._rounds.attempt, self._rounds.is_due
        attempt("take in what players report", self._take_in, at)
        attempt("notice alerts", self._notice_alerts, at)
        attempt("note whether the broker is there", self._note_broker, at)
        looked = attempt("look at what is on the air", self._look, at)
        if looked and self._has_looked() and overtaken.held(self.store) is None:
            if is_due("keys", BEAT_EVERY, at):
                attempt("renew the keys", self._renew_keys, at)
            attempt("take up new keys", self._take_up_keys, at)
            attempt("send everything again", self._send_all, at)
            attempt("publish what displays should show", self._publish, at)
            attempt("acknowledge plays", self._acknowledge, at)
            if self.connection.is_up() and is_due("beat", BEAT_EVERY, at):
                attempt("send the beat", self._beat, at)
            attempt("tell others of our alerts", self.sending.write, at)
            if self.settings.bulletin_folder:
                attempt("hand bulletins over", self._hand_over, at)
            if self.settings.notice_urls and is_due("notices", NOTICES_EVERY, at):
                attempt("tell people what was not reached", self._tell_people, at)
            if is_due("resend", RESEND_EVERY, at):
                attempt("repeat what players lack", self._resend, at)
        self._tell()

    def _hand_over(self, at: int) -> None:
        drop = FileDrop(self.settings.home_path / self.settings.bulletin_folder)
        bulletins.hand_over(self.store, drop.hand_over, zone=self.settings.zone, at=at)

    def _notice_alerts(self, _at: int) -> None:
        """The sealer tells the database of an act when it is done: open pages must hear of it."""
        marks = [(one.id, one.revision, one.state) for one in self.store.alerts.live()]
        self._changed |= marks != self._alerts
        self._alerts = marks

    def _note_broker(self, at: int) -> None:
        """Pages tell when nothing goes out any more."""
        if self.connection.is_up():
            self._lost_at = None
        elif self._lost_at is None:
            self._lost_at = at
        if self._lost_at is None or at - self._lost_at >= broker_state.TOLD_AFTER:
            self._changed |= broker_state.keep(self.store, self._lost_at)

    def _tell_people(self, at: int) -> None:
        alert_notices.tell(
            self.store,
            self.notices.tell,
            after_ms=self.settings.notice_after_seconds * SECOND,
            address=self.settings.controller_url,
            at=at,
        )

    def _take_keys(self) -> None:
        self.key_list, self.sealed_keys = self.files.key_list(), self.files.sealed_list()
        fleet, epoch = self.settings.fleet, self.key_list.epoch
        self.content = SealingDesk(self.files.signer(Role.CONTENT), fleet=fleet, epoch=epoch)
        self.beat = SealingDesk(self.files.signer(Role.BEAT), fleet=fleet, epoch=epoch)

    def _take_in(self, at: int) -> None:
        messages = self._inbox.take(MAX_BATCH)
        if not messages:
            return
        taken = reporting.take_in(self.store, self.settings.fleet, messages)
        if taken.refused and self._rounds.is_due("refusals", REFUSALS_EVERY, at):
            for refusal in taken.refused[:REFUSALS_TOLD]:
                log.warning("report refused", why=refusal, refused=len(taken.refused))
        for display, journal, up_to in taken.acknowledge:
            self._stored[display, journal] = up_to
        self._changed |= taken.changed
        if not self._inbox.is_empty():
            self.bell.ring()

    def _has_looked(self) -> bool:
        return self._looked_for == self._connections > 0

    def _look(self, at: int) -> None:
        """Look after each connection whether anything on the air is newer than the database (R).

        Until then nothing is sealed, for the newest serial would hide it, and nothing is sent, for
        it would take the place of what is retained.
        """
        number = self._connections
        if number == self._looked_for or not self.connection.is_up():
            return
        fleet = self.settings.fleet
        on_air = retained(
            self.settings.broker_host,
            self.settings.broker_port,
            name=f"{fleet}-worker-look",
            topic=topics.manifest(fleet, "+"),
            seconds=LISTEN_SECONDS,
            access=access_of(self.settings, "worker-look"),
        )
        while not self._inbox.is_empty():
            self._take_in(at)  # statuses are retained as well: players say what they hold
        ahead = overtaken.overtaking(self.store, self.key_list, fleet=fleet, retained=on_air, at=at)
        if ahead:
            log.error("the database is older than what is on the air: held", displays=list(ahead))
            overtaken.hold(self.store, ahead, fleet=fleet, at=at)
        self._looked_for = number

    def _renew_keys(self, at: int) -> None:
        """Content keys live 90 days, workers longer (rule K)."""
        self.files.make(at=at)
        if waits := self.files.waits(at=at):
            raise KeysUnusable(waits)

    def _take_up_keys(self, at: int) -> None:
        """Publish a new list once the sealer has had time to seal anew under it.

        Players put by what is of a coming epoch: so no board lets go of an alert in between.
        """
        if self.files.sealed_list() == self.sealed_keys:
            return
        if 0 <= at - self.files.listed_at() < SEALER_FIRST:
            return
        self._take_keys()
        self._seen_head = ""  # in a new epoch everything is sealed anew
        self.connection.publish(topics.keys(self.settings.fleet), self.sealed_keys)
        log.info("new keys are in force", serial=self.key_list.serial)

    def _send_all(self, _at: int) -> None:
        """After each connection: the broker may have lost what it retained. Keys come first."""
        number = self._connections
        if number == self._sent_for or not self.connection.is_up():
            return
        self.connection.publish(topics.keys(self.settings.fleet), self.sealed_keys)
        for kind in (Kind.MANIFEST, Kind.PLAYS_ACK, Kind.BEAT):
            self._send(self.store.publications.of_kind(kind))
        self._sent_for = number

    def _publish(self, at: int) -> None:
        """Look for differences when anybody did something, and each minute for the date's sake."""
        newest = self.store.audit.page(limit=1)
        head = f"{newest[0].number if newest else 0} {at // BEAT_EVERY}"
        if head == self._seen_head:
            return
        changed = publishing.publish_changes(
            self.store, self.content, zone=self.settings.zone, at=at
        )
        for document in changed:
            log.info("manifest published", display=document.addressee, serial=document.serial)
        self._send(changed)
        self._seen_head = head
        self._changed = True

    def _acknowledge(self, at: int) -> None:
        sealed = answering.seal_acknowledgements(self.store, self.beat, self._stored, at=at)
        self._stored = {}
        self._send(sealed)

    def _beat(self, at: int) -> None:
        serial = self.key_list.serial
        beat = answering.seal_beat(self.store, self.beat, key_list_serial=serial, at=at)
        self._send([beat])

    def _resend(self, at: int) -> None:
        fleet = self.settings.fleet
        self._send(publishing.to_resend(self.store, fleet, at=at))
        for display in publishing.wiped(self.store, fleet):
            gone = [self.connection.publish(topic, b"") for topic in _retained_of(fleet, display)]
            if all(gone):
                publishing.forget(self.store, fleet, display)
                log.info("retired display is wiped, its topics are cleared", display=display)

    def _send(self, sealed: Sequence[Sealed]) -> None:
        # On a connection made meanwhile nothing goes out before the look; then everything does.
        if self._has_looked():
            for document in sealed:
                self.connection.publish(document.topic, document.sealed)

    def _tell(self) -> None:
        """Tell the pages that something changed, but not more often than they can work."""
        if self._changed and time.monotonic() - self._told_at >= TELL_EVERY:
            self._changed, self._told_at = False, time.monotonic()
            self.bell.tell_listeners()

    def _sealed_time(self, nonce: str) -> bytes:
        """Answer on the bell's own thread."""
        return answering.sealed_time(self.store, self.beat, nonce, at=now_ms())

    def _receive(self, topic: str, payload: bytes, is_retained: bool) -> None:
        if len(payload) <= MAX_REPORT_BYTES.get(topic.rpartition("/")[2], 0):
            self._inbox.put(Message(topic, payload, now_ms(), is_retained))
            self.bell.ring()

    def _note_connected(self) -> None:
        log.info("connected to the broker")
        self._connections += 1
        self.bell.ring()


def _retained_of(fleet: str, display: str) -> list[str]:
    """All topics of a display that a broker may keep."""
    named = (topics.manifest, topics.plays_ack, topics.status, topics.screenshot, topics.presence)
    return [topic(fleet, display) for topic in named]


def run(settings: Settings) -> None:
    """Run the worker until it is told to stop by SIGTERM or SIGINT."""
    try:
        worker = Worker(settings)
    except (KeysUnusable, AlreadyRunning, OSError) as error:
        sys.exit(f"worker: {error}")
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()
