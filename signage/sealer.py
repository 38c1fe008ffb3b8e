"""The sealer: the only process that holds alert, drill and hold key; it seals and sends sets."""

import signal
import sys
import threading
import time
from types import FrameType

import structlog

from players.contract import topics
from players.contract.keys import Role
from players.contract.limits import MAX_SEALED_BYTES, SECOND
from players.contract.signature import Kind
from signage.asking import Answering, asking_path
from signage.broker import Connection, TooLarge
from signage.broker_users import access_of
from signage.clock import now_ms
from signage.domain.two_people import Policy
from signage.inbox import Inbox
from signage.keys import KeyFiles, KeysUnusable
from signage.page_arming import Arming
from signage.rounds import Rounds
from signage.set_sealing import SetSealing
from signage.settings import Settings
from signage.store import Store
from signage.store.book import Book
from signage.wake import AlreadyRunning, Bell, bell_path, wake
from signage.workflows.alerts.alert_adoption import adopt
from signage.workflows.alerts.alert_mirror import mirror
from signage.workflows.alerts.alert_sets import PublishedSet, pages_of, publish_sets
from signage.workflows.publication.sealing import SealingDesk
from signage.workflows.reports.hearing import Message
from signage.workflows.sealer.officer_factors import Site
from signage.workflows.sealer.sealer_answers import Answers

LOOK_EVERY = 1.0
LISTEN_SECONDS = 0.5
"""How long to listen, after each connection, for what another controller has raised (rule R)."""
TELL_SECONDS = 5.0
"""Who confirmed an act is answered after this at the latest: it is authorised in any case."""
SETTLE_SECONDS = 0.3
"""Another controller's sets of several profiles come one by one: wait for the last."""
LOOK_FOR_KEYS_EVERY = 0.5
REPAIR_EVERY = 5 * SECOND

log = structlog.get_logger()


class Sealer:
    """Seals the set of each profile from its own book, sends its pages, then the set (rule C).

    What stands in the book was confirmed by officers with factors of their own (rule P); the
    controller's database is told, and never believed. Its connection to the broker carries
    nothing but alerts: behind hundreds of manifests they would wait.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store.open(settings.database_url, settings.media_root)
        self.files = KeyFiles(settings.keys_folder, settings.fleet)
        self.book = Book.open(self.files.sealer_folder)
        self._round = threading.Condition()
        self._begun = self._ended = 0
        self.bell = Bell(bell_path(settings.home_path, "sealer"))
        self._rounds = Rounds()
        self._inbox = Inbox()
        self._disputed: dict[str, Message] = {}
        self._stopping = False
        # Connections are counted; after each comes first listening, then everything is sent.
        self._connections = self._sent_for = 0
        self._quiet_until = 0.0
        self._has_listened = False
        self.connection = Connection(
            settings.broker_host,
            settings.broker_port,
            name=f"{settings.fleet}-sealer",
            subscriptions=[
                topics.alerts(settings.fleet, "+"),
                *SetSealing.subscriptions(settings.fleet),
            ],
            received=self._receive,
            connected=self._note_connected,
            access=access_of(settings, "sealer"),
        )
        self.sets = SetSealing(
            self.store, self.book, self.connection, self._rounds, self._send_pages
        )
        self.arming = Arming(
            self.store, self.book, self.connection, settings.fleet, self._send_pages
        )
        self._take_keys()
        answers = Answers(
            self.book,
            Site(origin=settings.controller_url),
            clock=now_ms,
            authorised=self._note_authorised,
            policy=Policy(
                two_people_from=settings.two_people_from_level,
                raises_an_hour=settings.raises_an_hour,
            ),
            profiles=self.store.profiles.by_id,
        )
        self._answering = Answering(asking_path(settings.home_path, "sealer"), answers.answer)

    def run(self) -> None:
        """Work until told to stop."""
        self.connection.start()
        while not self._stopping:
            self.step(now_ms())
            self.bell.wait(self._patience())
        self.close()

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End the loop soon; may be called by a signal."""
        self._stopping = True
        self.bell.ring()

    def close(self) -> None:
        """Let go of the broker, the sockets and the databases."""
        self._answering.close()
        self.connection.close()
        self.bell.close()
        self.book.close()
        self.store.close()

    def step(self, at: int) -> None:
        """One round: adopt what came from outside, seal what changed, repeat when reconnected."""
        attempt = self._rounds.attempt
        self._begun += 1
        attempt("read the keys", self._renew_keys, at)
        attempt("adopt alerts from outside", self._adopt, at)
        if self._may_seal():
            self._has_listened = True
            attempt("send everything again", self._send_all, at)
            attempt("seal alerts", self._publish, at)
            attempt("seal holds and drills", self._publish_sets, at)
            attempt("send pages ahead", self.arming.look, at)
        attempt("tell the database", self._mirror, at)
        with self._round:
            self._ended = self._begun
            self._round.notify_all()

    def _may_seal(self) -> bool:
        """Nothing is sealed that could hide what another controller has on the air (rule R).

        What is raised while there is no broker waits in the store: nobody could hear it anyway.
        """
        return self.connection.is_up() and time.monotonic() >= self._quiet_until

    def _patience(self) -> float:
        """Seconds until the next look, if nobody rings."""
        quiet = self._quiet_until - time.monotonic()
        return quiet if 0 < quiet < LOOK_EVERY else LOOK_EVERY

    def _take_keys(self) -> None:
        self.key_list, self._sealed_keys = self.files.key_list(), self.files.sealed_list()
        self.desk = SealingDesk(
            self.files.signer(Role.ALERT), fleet=self.settings.fleet, epoch=self.key_list.epoch
        )
        self.sets.take_keys(self.files, self.key_list)

    def _renew_keys(self, _at: int) -> None:
        if self.files.sealed_list() != self._sealed_keys:
            self._take_keys()

    def _adopt(self, at: int) -> None:
        disputed, self._disputed = self._disputed, {}
        for message in (*disputed.values(), *self._inbox.take()):
            self._consider(message, at)
            ours = self.book.publications.latest(message.topic)
            if ours and ours.sealed != message.payload:
                self._disputed[message.topic] = message  # whoever says it twice is answered twice
            else:
                self._disputed.pop(message.topic, None)

    def _consider(self, message: Message, at: int) -> None:
        """Adopt what another controller has sealed; put right what nobody may have sealed."""
        fleet = self.settings.fleet
        if self.sets.adopt(message, fleet, at):
            self._quiet_until = max(self._quiet_until, time.monotonic() + SETTLE_SECONDS)
            wake(self.settings.home_path, "worker")
            return
        if self._may_seal():
            self.sets.repair(message, fleet, at)
        adopted = adopt(
            self.book,
            self.key_list,
            fleet=fleet,
            topic=message.topic,
            sealed=message.payload,
            at=at,
        )
        if adopted:
            log.warning("alert set adopted", profile=adopted.profile, serial=adopted.serial)
            self._quiet_until = max(self._quiet_until, time.monotonic() + SETTLE_SECONDS)
            wake(self.settings.home_path, "worker")
        else:
            self._repair(message.topic, message.payload, at)

    def _repair(self, topic: str, heard: bytes, at: int) -> None:
        """Somebody put something else, or nothing, where our set was retained: send it again."""
        ours = self.book.publications.latest(topic)
        differs = ours is not None and ours.sealed != heard
        if ours and differs and self._may_seal() and self._rounds.is_due(topic, REPAIR_EVERY, at):
            log.warning("an alert set was overwritten on the broker: sent again", topic=topic)
            self._send_pages(ours.addressee, pages_of(ours.sealed))
            self.connection.publish(topic, ours.sealed)

    def _publish(self, at: int) -> None:
        for one in publish_sets(self.book, self.desk, at=at):
            self._send(one)

    def _mirror(self, at: int) -> None:
        if mirror(self.book, self.store, at=at, has_listened=self._has_listened):
            wake(self.settings.home_path, "worker")

    def _publish_sets(self, at: int) -> None:
        changed = self.sets.publish(at)
        if self.sets.send_commands(at) or changed:
            wake(self.settings.home_path, "worker")

    def _note_authorised(self) -> None:
        """Seal at once; whoever confirmed reads the database next, so wait until it is told.

        The round does both, sealing first: nothing else works while players wait.
        """
        with self._round:
            next_round = self._begun + 1
            self.bell.ring()
            self._round.wait_for(lambda: self._ended >= next_round, TELL_SECONDS)

    def _send(self, one: PublishedSet) -> None:
        # Pages that were sent ahead are there: raising is then one message of about a kilobyte.
        lacking = [page for page in one.new_pages if not self.arming.has(one.profile, page)]
        self._send_pages(one.profile, lacking)
        self.connection.publish(one.sealed.topic, one.sealed.sealed)
        log.info("alert set published", profile=one.profile, serial=one.sealed.serial)
        for sha256 in one.old_pages:
            topic = topics.page(self.settings.fleet, one.profile, sha256)
            self.connection.publish(topic, b"")

    def _send_pages(self, profile: str, pages: list[str]) -> None:
        """Send pages; one that can't be had is no reason to keep the set back."""
        for sha256 in pages:
            try:
                page = self.store.blobs.read(sha256)
                self.connection.publish(topics.page(self.settings.fleet, profile, sha256), page)
            except (OSError, TooLarge) as error:
                # Players have it from another controller, or set the words of the entry plainly.
                log.warning("page not sent", profile=profile, sha256=sha256, why=str(error))

    def _send_all(self, _at: int) -> None:
        number = self._connections
        if number == self._sent_for:
            return
        for document in self.book.publications.of_kind(Kind.ALERTS):
            self._send_pages(document.addressee, pages_of(document.sealed))
            self.connection.publish(document.topic, document.sealed)
        self.sets.send_all()
        self._sent_for = number
        self.arming.forget_sent()

    def _receive(self, topic: str, payload: bytes, is_retained: bool) -> None:
        if len(payload) <= MAX_SEALED_BYTES:
            self._inbox.put(Message(topic, payload, now_ms(), is_retained))
            self.bell.ring()

    def _note_connected(self) -> None:
        log.info("connected to the broker")
        self._quiet_until = time.monotonic() + LISTEN_SECONDS
        self._connections += 1
        self.bell.ring()


def run(settings: Settings) -> None:
    """Run the sealer until it is told to stop by SIGTERM or SIGINT."""
    _wait_for_keys(KeyFiles(settings.keys_folder, settings.fleet))
    try:
        sealer = Sealer(settings)
    except (KeysUnusable, AlreadyRunning, OSError) as error:
        sys.exit(f"sealer: {error}")
    signal.signal(signal.SIGTERM, sealer.stop)
    signal.signal(signal.SIGINT, sealer.stop)
    sealer.run()


def _wait_for_keys(files: KeyFiles) -> None:
    """The worker makes the keys at its first start, and both may be started at once."""
    if not files.has_list():
        log.info("waiting for the worker to make the keys", folder=str(files.folder))
    while not files.has_list():
        time.sleep(LOOK_FOR_KEYS_EVERY)
