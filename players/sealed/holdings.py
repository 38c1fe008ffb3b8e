"""Keeps the player's papers on disk and judges them again at start: no disk is trusted."""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from players.clock import Memory
from players.contract.alerts import AlertSet
from players.contract.holds import HoldSet
from players.contract.keys import KeyList
from players.contract.manifest import Manifest
from players.contract.reports import Presented
from players.contract.signature import Kind, Unsealed
from players.contract.types import Document
from players.files import DISK, UNFINISHED, Disk
from players.sealed import trust
from players.sealed.papers import Paper, Papers, replay
from players.sealed.verdict import SETS, Floor, Refusal, Standing

KEPT_PRESENTED: Final = 200
"""Revisions of alerts that a player remembers to have presented."""

D = TypeVar("D", bound=Document)
_T = TypeVar("_T")


class _Record(msgspec.Struct):
    sealed: str
    keys: str
    accepted_at: int


class _Floors(msgspec.Struct):
    floors: dict[str, Floor]
    time_epoch: int
    time: int


class _Presented(msgspec.Struct):
    alerts: list[Presented]


class HoldingsStore:
    """A folder with one small file each.

    Writers may raise `OSError`; what was there before stays.
    """

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        self._folder, self._disk = folder, disk
        disk.make_folder(folder)
        with contextlib.suppress(OSError):  # a read-only disk can still be read
            for unfinished in folder.glob(f"{UNFINISHED}*"):
                disk.remove(unfinished)

    def save_chain(self, chain: list[bytes]) -> None:
        self._write("keys", msgspec.json.encode([sealed.decode() for sealed in chain]))

    def save_paper(self, name: str, paper: Paper[D] | None) -> None:
        """Write or remove `manifest`, `staged`, `alerts`, `drills` or `holds`."""
        if paper is None:
            self._disk.remove_durably(self._folder / f"{name}.json")
            return
        record = _Record(paper.sealed.decode(), paper.keys.decode(), paper.accepted_at)
        self._write(name, msgspec.json.encode(record))

    def save_floors(self, floors: Mapping[str, Floor], time_floor: int, epoch: int) -> None:
        self._write("floors", msgspec.json.encode(_Floors(dict(floors), epoch, time_floor)))

    def save_presented(self, presented: list[Presented]) -> None:
        self._write("presented", msgspec.json.encode(_Presented(presented)))

    def save_borrowed_time(self, moment: int) -> None:
        """Keep the time that was borrowed of a bundle, for a start without a clock."""
        self._write("borrowed", msgspec.json.encode(moment))

    def borrowed_time(self) -> int:
        """The time that was borrowed before this start, or 0."""
        return self._read("borrowed", int) or 0

    def save_clock(self, memory: Memory | None) -> None:
        """Keep what was learnt of this PC's clock, or forget it."""
        if memory is None:
            self._disk.remove_durably(self._folder / "clock.json")
        else:
            self._write("clock", msgspec.json.encode(memory))

    def clock(self) -> Memory | None:
        """What was learnt of this PC's clock before this start."""
        return self._read("clock", Memory)

    def restore(
        self,
        standing: Standing,
        pinned: Mapping[str, Ed25519PublicKey],
        threshold: int,
    ) -> tuple[Papers, int, list[str]]:
        """What still verifies, the time floor, and sentences on what does not verify."""
        papers = Papers(pinned, threshold, standing)
        problems: list[str] = []
        self._restore_chain(papers, problems)
        time_floor = self._restore_floors(papers)
        papers.manifest = self._restore_paper("manifest", Kind.MANIFEST, Manifest, papers, problems)
        papers.staged = self._restore_paper("staged", Kind.MANIFEST, Manifest, papers, problems)
        if papers.manifest:
            papers.standing = replace(papers.standing, profile=papers.manifest.document.profile)
        papers.alerts = self._restore_paper("alerts", Kind.ALERTS, AlertSet, papers, problems)
        papers.drills = self._restore_paper("drills", Kind.DRILLS, AlertSet, papers, problems)
        papers.holds = self._restore_paper("holds", Kind.HOLDS, HoldSet, papers, problems)
        if stored := self._read("presented", _Presented):
            papers.presented = {(alert.id, alert.revision): alert for alert in stored.alerts}
            papers.received = {key: alert.received_at for key, alert in papers.presented.items()}
        return papers, time_floor, problems

    def _restore_chain(self, papers: Papers, problems: list[str]) -> None:
        stored = self._read("keys", list[str])
        if not stored:
            return
        chain = [sealed.encode() for sealed in stored]
        try:
            opened = replay(chain, papers.pinned, papers.pinned_threshold, papers.standing.fleet)
        except Unsealed as error:
            problems.append(f"the stored key list was dropped: {error}")
            return
        papers.chain = chain
        papers.standing = trust.under(papers.standing, opened[-1][2])

    def _restore_floors(self, papers: Papers) -> int:
        stored = self._read("floors", _Floors)
        if stored is None:
            return 0
        papers.standing = replace(papers.standing, floors=stored.floors)
        return stored.time if stored.time_epoch >= papers.standing.epoch else 0

    def _restore_paper(
        self, name: str, kind: Kind, struct: type[D], papers: Papers, problems: list[str]
    ) -> Paper[D] | None:
        record = self._read(name, _Record)
        if record is None:
            return None
        keys = self._key_list_of(record, papers)
        if keys is None:
            problems.append(f"the stored {name} was dropped: its key list does not verify")
            return None
        standing = papers.standing
        if kind in SETS:
            standing = replace(standing, profile=_profile_of(record, standing.profile))
        sealed = record.sealed.encode()
        verdict = trust.judge_again(standing, kind, sealed, record.accepted_at, keys)
        if isinstance(verdict, Refusal):
            problems.append(f"the stored {name} was dropped: {verdict.sentence}")
            return None
        if not isinstance(verdict.document, struct):
            return None
        return Paper(
            verdict.document,
            sealed,
            hashlib.sha256(sealed).hexdigest(),
            verdict.signers,
            record.accepted_at,
            record.keys.encode(),
        )

    def _key_list_of(self, record: _Record, papers: Papers) -> KeyList | None:
        sealed = record.keys.encode()
        sets = replay(papers.chain, papers.pinned, papers.pinned_threshold, papers.standing.fleet)
        for roots, threshold, _ in sets:
            try:
                return trust.open_key_list(sealed, roots, threshold, papers.standing.fleet)
            except Unsealed:
                continue
        return None

    def _write(self, name: str, content: bytes) -> None:
        self._disk.write_durably(self._folder / f"{name}.json", content)

    def _read(self, name: str, kind: type[_T]) -> _T | None:
        try:
            return msgspec.json.decode((self._folder / f"{name}.json").read_bytes(), type=kind)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None


class _Profile(msgspec.Struct):
    profile: str


def _profile_of(record: _Record, otherwise: str) -> str:
    """The profile a stored set was for: an old one stays until the set of a new profile is held
    (rule S).
    """
    try:
        envelope = msgspec.json.decode(record.sealed.encode(), type=dict[str, msgspec.Raw])
        payload = base64.b64decode(msgspec.json.decode(envelope["payload"], type=str))
        return msgspec.json.decode(payload, type=_Profile).profile
    except (KeyError, ValueError):
        return otherwise
