"""What arrives becomes what is held: from topic to verdict to paper, and a durable copy of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from players.clock import PlayerTime
from players.contract import documents, topics
from players.contract.alerts import AlertSet, Beat
from players.contract.holds import HoldSet
from players.contract.keys import KeyList
from players.contract.limits import LOST_AFTER, SECOND
from players.contract.manifest import Manifest
from players.contract.reports import PlaysAck, Presented
from players.contract.signature import Kind
from players.contract.types import Document
from players.errands import Errands
from players.pace import Steps
from players.sealed import trust
from players.sealed.holdings import KEPT_PRESENTED, HoldingsStore
from players.sealed.papers import Paper, Papers
from players.sealed.verdict import KEPT, SETS, Accepted, Refusal

log = logging.getLogger(__name__)
D = TypeVar("D", bound=Document)

ASK_TIME_EVERY: Final = 10 * SECOND
"""However many messages look wrongly dated."""
LOOK_AGAIN_EVERY: Final = 30 * SECOND
ASK_AROUND_AFTER: Final = LOST_AFTER
"""Without a beat for so long, and as often again, the controller is asked over HTTP."""


class Intake:
    """Main thread only. `trouble` hears refusals; `acknowledged` hears which plays are stored.

    `ask_time` and `ask_sealed` are called when the clock or what is held is behind.
    """

    def __init__(
        self,
        papers: Papers,
        store: HoldingsStore,
        time: PlayerTime,
        errands: Errands,
        steps: Steps,
        *,
        trouble: Callable[[str], None],
        acknowledged: Callable[[PlaysAck], None],
        ask_time: Callable[[], None],
        ask_sealed: Callable[[list[str]], None],
    ) -> None:
        self._papers, self._store, self._time, self._errands = papers, store, time, errands
        self._steps = steps
        self._trouble, self._acknowledged = trouble, acknowledged
        self._ask_time, self._ask_sealed = ask_time, ask_sealed
        self._waiting: dict[Kind, bytes] = {}
        self._asked_time_at = float("-inf")
        self._judged_waiting_at = time.steady()
        self._asked_around_at = float("-inf")
        self.last_beat = time.steady()

    def kind_of(self, topic: str) -> Kind | None:
        """Which document a topic carries, or None for a topic that is not ours."""
        standing = self._papers.standing
        return {
            topics.keys(standing.fleet): Kind.KEYS,
            topics.beat(standing.fleet): Kind.BEAT,
            topics.manifest(standing.fleet, standing.display): Kind.MANIFEST,
            topics.alerts(standing.fleet, standing.profile): Kind.ALERTS,
            topics.drills(standing.fleet, standing.profile): Kind.DRILLS,
            topics.holds(standing.fleet, standing.profile): Kind.HOLDS,
            topics.plays_ack(standing.fleet, standing.display): Kind.PLAYS_ACK,
            topics.commands(standing.fleet, standing.display): Kind.COMMAND,
        }.get(topic)

    def receive(self, kind: Kind, sealed: bytes, *, stored: bool = False) -> Accepted | None:
        """Judge sealed bytes and act on the verdict; None when they changed nothing.

        `stored` says that the broker had kept the message for an unknown time.
        """
        standing = replace(self._papers.standing, held=self._papers.held())
        verdict = trust.judge(standing, kind, sealed, self._time.now())
        if isinstance(verdict, Refusal):
            self._refuse(kind, sealed, verdict)
            return None
        if verdict.payload in standing.held:
            return None
        if self._time.borrowed:
            verdict = replace(verdict, floor=None)
        if kind is Kind.MANIFEST and self._papers.retired:
            self._trouble(
                "a manifest came although this display was retired; its id is never used again"
            )
            return None
        if verdict.warning:
            self._trouble(verdict.warning)
            self.ask_time()
        self._waiting.pop(kind, None)
        self._accept(verdict, stored=stored)
        return verdict

    def note_bundle(self, index: Accepted) -> None:
        """A bundle was taken in: it, and any before it, is nothing new from now on."""
        if not self._time.borrowed:
            self._papers.raise_floor(index)
            self._save_floors()

    def judge_waiting(self) -> None:
        """Judge again what came too early: there is a new key list, or the time is known now."""
        self._judged_waiting_at = self._time.steady()
        waiting, self._waiting = self._waiting, {}
        for kind, sealed in waiting.items():
            self.receive(kind, sealed)

    def look_again(self) -> None:
        """Judge what waits once more after a while: a key may have become valid by now."""
        steady = self._time.steady()
        if self._waiting and steady - self._judged_waiting_at > LOOK_AGAIN_EVERY:
            self.judge_waiting()
        if steady - max(self.last_beat, self._asked_around_at) > ASK_AROUND_AFTER:
            self._asked_around_at = steady
            self._ask_around()

    def ask_time(self) -> None:
        """Ask the controller for the time, unless that was done a moment ago."""
        steady = self._time.steady()
        if steady - self._asked_time_at >= ASK_TIME_EVERY:
            self._asked_time_at = steady
            self._ask_time()

    def heard(self) -> None:
        """The controller has answered: it is there, whatever the broker does."""
        self.last_beat = self._time.steady()

    def _ask_around(self) -> None:
        """No beat comes: what the broker would bring is asked for over HTTP, and the time."""
        standing = self._papers.standing
        self.ask_time()
        if standing.key_list and not self._papers.retired:
            of_profile = (topics.alerts, topics.holds, topics.drills)
            self._ask_sealed(
                [
                    topics.keys(standing.fleet),
                    *(topic(standing.fleet, standing.profile) for topic in of_profile),
                    topics.manifest(standing.fleet, standing.display),
                ]
            )

    def promote(self) -> None:
        """The staged manifest is complete: it becomes current."""
        staged, self._papers.staged = self._papers.staged, None
        if staged is None:
            return
        log.info("%s: manifest %s is current", staged.document.display, staged.document.serial)
        self._papers.manifest = staged
        self._papers.standing = replace(self._papers.standing, profile=staged.document.profile)
        self._papers.version += 1
        self._save("manifest", staged)
        self._save("staged", None)
        if self._papers.retired:
            self._papers.drop_sets()
            for kind in SETS:
                self._save(kind.value, None)

    def note_presented(self, alert: str, revision: int, at: int) -> bool:
        """Remember durably that an alert or drill was on this glass; False when that was known."""
        if (alert, revision) in self._papers.presented:
            return False
        received = self._papers.received.get((alert, revision), at)
        presented = Presented(id=alert, revision=revision, received_at=received, presented_at=at)
        newest = list(self._papers.presented.items())[-KEPT_PRESENTED:]
        self._papers.presented = {**dict(newest), (alert, revision): presented}
        everything = list(self._papers.presented.values())
        self._errands.save("save the alerts shown", lambda: self._store.save_presented(everything))
        return True

    def _refuse(self, kind: Kind, sealed: bytes, refusal: Refusal) -> None:
        if refusal.same:
            return
        if refusal.later and kind in KEPT:
            self._waiting[kind] = sealed
        if refusal.clock:
            self.ask_time()
        if refusal.keys:
            self._ask_sealed([topics.keys(self._papers.standing.fleet)])
        self._trouble(refusal.sentence)

    def _accept(self, accepted: Accepted, *, stored: bool) -> None:
        papers, document = self._papers, accepted.document
        papers.raise_floor(accepted)
        self._time.raise_floor(document.issued_at)
        if isinstance(document, KeyList):
            self._accept_keys(accepted, document)
        elif isinstance(document, Manifest):
            self._accept_manifest(self._paper(accepted, document))
        elif isinstance(document, AlertSet):
            self._accept_alerts(accepted.kind, self._paper(accepted, document))
        elif isinstance(document, HoldSet):
            self._papers.holds = self._paper(accepted, document)
            self._papers.version += 1
            self._save("holds", self._papers.holds)
        elif isinstance(document, Beat):
            self._accept_beat(document, stored=stored)
        elif isinstance(document, PlaysAck):
            self._acknowledged(document)
        self._save_floors()

    def _accept_keys(self, accepted: Accepted, key_list: KeyList) -> None:
        papers = self._papers
        if key_list.epoch > papers.standing.epoch:
            self._time.floor = 0  # a root-signed higher epoch resets every floor (rule K)
            self._time.raise_floor(key_list.issued_at)
        papers.adopt_keys(accepted, key_list)
        papers.version += 1
        chain = list(papers.chain)
        self._errands.save("save the key list", lambda: self._store.save_chain(chain))
        for name, paper in papers.by_name().items():
            if paper is None:
                self._save(name, None)
        log.info(
            "%s: key list %s of epoch %s is in force",
            papers.standing.display,
            key_list.serial,
            key_list.epoch,
        )
        self.judge_waiting()

    def _accept_manifest(self, paper: Paper[Manifest]) -> None:
        self._papers.staged = paper
        self._papers.version += 1
        self._save("staged", paper)

    def _accept_alerts(self, kind: Kind, paper: Paper[AlertSet]) -> None:
        papers = self._papers
        if kind is Kind.DRILLS:
            papers.drills = paper
        else:
            papers.alerts = paper
        papers.version += 1
        sets = [one.document for one in (papers.alerts, papers.drills) if one]
        entries = [entry for one in sets for entry in documents.alert_entries(one.entries)[0]]
        papers.received = {
            (entry.id, entry.revision): papers.received.get(
                (entry.id, entry.revision), paper.accepted_at
            )
            for entry in entries
        }
        self._save(kind.value, paper)

    def _accept_beat(self, beat: Beat, *, stored: bool) -> None:
        standing = self._papers.standing
        # A stored beat may be old; but from the future it can't be.
        if not stored or beat.issued_at > self._time.now():
            self.last_beat = self._time.steady()
            self._steps.heard(beat.issued_at)
            if self._time.differs_from(beat.issued_at) or self._steps.must_be_put_right():
                self.ask_time()
        behind = []
        keys = standing.key_list
        if keys and beat.keys > keys.serial:
            behind.append(topics.keys(standing.fleet))
        fleet, profile = standing.fleet, standing.profile
        for kind, topic, told in (
            (Kind.ALERTS, topics.alerts(fleet, profile), beat.alerts),
            (Kind.DRILLS, topics.drills(fleet, profile), beat.drills),
            (Kind.HOLDS, topics.holds(fleet, profile), beat.holds),
        ):
            paper = self._papers.set_of(kind)
            held = paper and paper.document.profile == profile and paper.document.serial
            if told.get(profile, 0) > (held or 0):
                behind.append(topic)
        if behind:
            self._ask_sealed(behind)

    def _paper(self, accepted: Accepted, document: D) -> Paper[D]:
        return Paper(
            document,
            accepted.sealed,
            accepted.sha256,
            accepted.signers,
            self._time.now(),
            self._papers.chain[-1],
        )

    def _save(self, name: str, paper: Paper[D] | None) -> None:
        self._errands.save(f"save the {name}", lambda: self._store.save_paper(name, paper))

    def _save_floors(self) -> None:
        standing, floor = self._papers.standing, self._time.floor
        self._errands.save(
            "save the floors",
            lambda: self._store.save_floors(standing.floors, floor, standing.epoch),
        )
