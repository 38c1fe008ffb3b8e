"""What a judgement goes by, and what it ends in: a document accepted, or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from players.contract.keys import KeyList
from players.contract.signature import Kind
from players.contract.types import Document

SETS: Final = (Kind.ALERTS, Kind.DRILLS, Kind.HOLDS)
"""What lies over the schedule, addressed to a profile; the foremost first."""
KEPT: Final = frozenset({Kind.KEYS, Kind.MANIFEST, *SETS})
"""What a player goes by, as opposed to what it hears and forgets."""


class Floor(msgspec.Struct, frozen=True):
    """The last serial of one kind and addressee, in its key epoch, and the SHA-256 of what carried
    it: of the sealed bytes, and of the payload in them.
    """

    epoch: int
    serial: int
    sha256: str
    payload: str = ""


@dataclass(frozen=True)
class Standing:
    """What a player goes by when it judges. `roots` and `threshold` are the root set in force."""

    fleet: str
    display: str
    profile: str
    roots: Mapping[str, Ed25519PublicKey]
    threshold: int
    key_list: KeyList | None
    floors: Mapping[str, Floor]
    held: frozenset[str] = frozenset()
    """SHA-256 of the payloads at hand: one of the last serial that got lost may come again."""

    @property
    def epoch(self) -> int:
        return self.key_list.epoch if self.key_list else 0

    def addressee(self, kind: Kind) -> str:
        if kind in SETS:
            return self.profile
        return self.fleet if kind in {Kind.KEYS, Kind.BEAT, Kind.BUNDLE} else self.display

    def floor_name(self, kind: Kind) -> str:
        return f"{kind.value} {self.addressee(kind)}"


@dataclass(frozen=True)
class Accepted:
    """A document that may be used.

    `floor` is None when its date is too far ahead to bind later ones.
    """

    kind: Kind
    document: Document
    sealed: bytes
    sha256: str
    payload: str
    signers: frozenset[str]
    floor: Floor | None
    warning: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why sealed bytes change nothing, in one English line.

    `later` says that another key list or the right time may change the answer; `clock` that a good
    key signed, but not at this time, so that the clock may be wrong; `same` that nothing is:
    exactly this is held already; `older` that something newer is; `keys` that a key list is lacking
    which somebody may be withholding.
    """

    sentence: str
    later: bool = False
    clock: bool = False
    same: bool = False
    older: bool = False
    keys: bool = False
