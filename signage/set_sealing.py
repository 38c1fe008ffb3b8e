"""Seals and sends hold and drill sets beside the sealer's alerts, each with a key of its own."""

from collections.abc import Callable

import structlog

from players.contract import topics
from players.contract.keys import KeyList, Role
from players.contract.limits import SECOND
from signage.broker import Connection
from signage.keys import KeyFiles, KeysUnusable
from signage.rounds import Rounds
from signage.store import Store
from signage.store.book import Book
from signage.workflows.alerts.alert_sets import PublishedSet
from signage.workflows.displays.commanding import Restraint, seal_commands
from signage.workflows.publication.sealing import SealingDesk
from signage.workflows.reports.hearing import Message
from signage.workflows.sets import laid_sets
from signage.workflows.sets.drill_sets import DRILLS
from signage.workflows.sets.hold_sets import HOLDS
from signage.workflows.sets.laid_sets import SetKind

log = structlog.get_logger()

REPAIR_EVERY = 5 * SECOND
KINDS: dict[Role, SetKind] = {Role.HOLD: HOLDS, Role.DRILL: DRILLS}
"""The foremost first: whoever stops a board does not wait for drills."""


class SetSealing:
    """Belongs to the sealer's thread. A kind whose key has not been made yet waits, and says so.

    What is sealed stands in the book; of the store only the names of the profiles are asked, and
    commands. `send_pages` sends the pages of a profile through the sealer's connection.
    """

    def __init__(
        self,
        store: Store,
        book: Book,
        connection: Connection,
        rounds: Rounds,
        send_pages: Callable[[str, list[str]], None],
    ) -> None:
        self._store, self._book = store, book
        self._connection, self._rounds = connection, rounds
        self._send_pages = send_pages
        self._restraint = Restraint()
        self._profiles: frozenset[str] = frozenset()
        self._desks: dict[Role, SealingDesk] = {}
        self._key_list: KeyList | None = None

    def take_keys(self, files: KeyFiles, key_list: KeyList) -> None:
        """Use the keys on this list; one that can't be used is told, and its sets wait."""
        self._key_list, self._desks = key_list, {}
        for role in KINDS:
            try:
                key = files.signer(role)
            except KeysUnusable as error:
                log.warning("sets wait for their key", role=role.value, why=str(error))
            else:
                self._desks[role] = SealingDesk(key, fleet=files.fleet, epoch=key_list.epoch)

    @staticmethod
    def subscriptions(fleet: str) -> list[str]:
        """What to listen to for sets that another controller has published (rule R)."""
        return [of.topic(fleet, "+") for of in KINDS.values()]

    def adopt(self, message: Message, fleet: str, at: int) -> bool:
        """Take in what was heard on the topic of one of these sets; True when it was adopted."""
        of = self._kind_of(message.topic, fleet)
        if of is None or self._key_list is None:
            return False
        adopted = laid_sets.adopt(
            self._book,
            self._key_list,
            of,
            fleet=fleet,
            topic=message.topic,
            sealed=message.payload,
            at=at,
        )
        if adopted:
            log.warning("set adopted", topic=message.topic, serial=adopted.serial)
        return adopted is not None

    def repair(self, message: Message, fleet: str, at: int) -> None:
        """Somebody put something else, or nothing, where our set was retained: send it again."""
        of = self._kind_of(message.topic, fleet)
        ours = self._book.publications.latest(message.topic) if of else None
        differs = ours is not None and ours.sealed != message.payload
        if of and ours and differs and self._rounds.is_due(message.topic, REPAIR_EVERY, at):
            log.warning("a set was overwritten on the broker: sent again", topic=message.topic)
            self._send_pages(ours.addressee, laid_sets.pages_in(of, ours.sealed))
            self._connection.publish(message.topic, ours.sealed)

    def publish(self, at: int) -> bool:
        """Seal and send what changed; True when anything did."""
        changed = False
        profiles = self._known_profiles()
        for role, desk in self._desks.items():
            for one in laid_sets.publish(self._book, desk, KINDS[role], profiles=profiles, at=at):
                self._send(one, desk.fleet)
                changed = True
        return changed

    def _known_profiles(self) -> frozenset[str]:
        """The profiles there are; those of before when the database can't be read."""
        try:
            self._profiles = frozenset(self._store.profiles.by_id())
        except Exception:
            log.exception("profiles can't be read: sets go to those known")
        return self._profiles

    def send_commands(self, at: int) -> bool:
        """Seal and send commands, once and unretained; True when there was one."""
        if (desk := self._desks.get(Role.HOLD)) is None:
            return False
        sealed = seal_commands(self._store, desk, restraint=self._restraint, at=at)
        for one in sealed:
            self._connection.publish(one.topic, one.sealed, retain=False)
            log.info("command sent", display=one.addressee, serial=one.serial)
        return bool(sealed)

    def send_all(self) -> None:
        """After a connection: the broker may have lost what it retained."""
        for of in KINDS.values():
            for document in self._book.publications.of_kind(of.kind):
                self._send_pages(document.addressee, laid_sets.pages_in(of, document.sealed))
                self._connection.publish(document.topic, document.sealed)

    def _send(self, one: PublishedSet, fleet: str) -> None:
        self._send_pages(one.profile, one.new_pages)
        self._connection.publish(one.sealed.topic, one.sealed.sealed)
        log.info("set published", topic=one.sealed.topic, serial=one.sealed.serial)
        for sha256 in one.old_pages:
            self._connection.publish(topics.page(fleet, one.profile, sha256), b"")

    def _kind_of(self, topic: str, fleet: str) -> SetKind | None:
        profile = topic.rpartition("/")[2]
        return next((of for of in KINDS.values() if of.topic(fleet, profile) == topic), None)
