"""The sealed papers a player holds: key lists, manifest, sets, and what was presented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from players.contract.alerts import AlertSet
from players.contract.holds import HoldSet
from players.contract.keys import KeyList, root_set
from players.contract.manifest import Manifest
from players.contract.reports import Held, Presented
from players.contract.signature import Kind, Unsealed, payload_hash
from players.contract.types import Document
from players.sealed import trust
from players.sealed.verdict import SETS, Accepted, Standing

D = TypeVar("D", bound=Document)


@dataclass(frozen=True)
class Paper(Generic[D]):
    """An accepted document with all that is needed to judge it again as it was judged then.

    `keys` is the sealed key list that was in force at `accepted_at`.
    """

    document: D
    sealed: bytes
    sha256: str
    signers: frozenset[str]
    accepted_at: int
    keys: bytes

    def held(self) -> Held:
        return Held(serial=self.document.serial, sha256=self.sha256)


@dataclass
class Papers:
    """What the main thread goes by; `version` grows with each change.

    `chain` are sealed key lists, each opened by the root set that the one before it named; the
    newest is last.
    """

    pinned: Mapping[str, Ed25519PublicKey]
    pinned_threshold: int
    standing: Standing
    chain: list[bytes] = field(default_factory=list)
    manifest: Paper[Manifest] | None = None
    staged: Paper[Manifest] | None = None
    alerts: Paper[AlertSet] | None = None
    drills: Paper[AlertSet] | None = None
    holds: Paper[HoldSet] | None = None
    received: dict[tuple[str, int], int] = field(default_factory=dict)
    presented: dict[tuple[str, int], Presented] = field(default_factory=dict)
    version: int = 0

    @property
    def retired(self) -> bool:
        return bool(self.manifest and self.manifest.document.retired)

    def presented_ids(self) -> frozenset[str]:
        return frozenset(alert for alert, _ in self.presented)

    def held(self) -> frozenset[str]:
        """The SHA-256 of what every document at hand says."""
        sealed = [paper.sealed for paper in self.by_name().values() if paper]
        return frozenset(payload_hash(one) for one in [*sealed, *self.chain[-1:]])

    def by_name(self) -> dict[str, Paper[Any] | None]:
        """Every paper, by the name under which it is stored and told."""
        return {name: getattr(self, name) for name in ("manifest", "staged", *SETS)}

    def set_of(self, kind: Kind) -> Paper[Any] | None:
        """The set of this kind, of whatever profile."""
        return self.by_name()[kind.value]

    def drop_sets(self) -> None:
        """The display was retired: nothing of this fleet is laid over anything."""
        self.alerts = self.drills = self.holds = None

    def raise_floor(self, accepted: Accepted) -> None:
        if accepted.floor:
            floors = {
                **self.standing.floors,
                self.standing.floor_name(accepted.kind): accepted.floor,
            }
            self.standing = replace(self.standing, floors=floors)

    def adopt_keys(self, accepted: Accepted, key_list: KeyList) -> None:
        """Put a key list in force and forget what revoked keys sealed."""
        shorter = [*self.chain[:-1], accepted.sealed]
        self.chain = shorter if self._replays(shorter) else [*self.chain, accepted.sealed]
        self.standing = trust.under(self.standing, key_list)
        for name, paper in self.by_name().items():
            if paper and trust.is_revoked(self.standing, paper.signers):
                setattr(self, name, None)

    def _replays(self, chain: list[bytes]) -> bool:
        try:
            replay(chain, self.pinned, self.pinned_threshold, self.standing.fleet)
        except Unsealed:
            return False
        return True


def replay(
    chain: list[bytes], pinned: Mapping[str, Ed25519PublicKey], threshold: int, fleet: str
) -> list[tuple[Mapping[str, Ed25519PublicKey], int, KeyList]]:
    """Open the key lists of `chain` one by the other, from the pinned roots on; raises `Unsealed`.

    Gives for each the root set and threshold that opened it, and the list.
    """
    opened: list[tuple[Mapping[str, Ed25519PublicKey], int, KeyList]] = []
    roots = pinned
    for sealed in chain:
        key_list = trust.open_key_list(sealed, roots, threshold, fleet)
        opened.append((roots, threshold, key_list))
        roots, threshold = root_set(key_list.roots), key_list.threshold
    return opened
