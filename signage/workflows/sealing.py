"""Seals wanted state: serial and sealed bytes are committed before they are sent (rule S)."""

import hashlib
import time
from collections.abc import Callable
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import SCHEMA, documents
from players.contract.limits import DAY, MAX_PAYLOAD_BYTES, SECOND
from players.contract.signature import Kind, seal
from players.contract.types import Document
from signage.store import Store
from signage.store.publications import Sealed

CLOCK_TOLERANCE = 2 * SECOND


class ClockWrong(Exception):
    """The controller's clock can't be right: nothing is sealed until somebody looked (rule T)."""


class TooMuch(Exception):
    """A document does not fit into what players accept; the text names it."""


class SealingDesk:
    """One key at work: fleet, epoch and the clock by which documents are dated."""

    def __init__(self, key: Ed25519PrivateKey, *, fleet: str, epoch: int) -> None:
        self.key = key
        self.fleet = fleet
        self.epoch = epoch
        self._began = time.time_ns() // 1_000_000, time.monotonic_ns() // 1_000_000

    def check_clock(self, store: Store, at: int) -> None:
        """Raise ClockWrong when the clock is behind the last seal, or jumped by more than a day."""
        newest = store.publications.newest_moment()
        if at < newest - CLOCK_TOLERANCE:
            raise ClockWrong(
                f"the clock is {(newest - at) // 1000} s behind the last sealed document"
            )
        wall, steady = self._began
        jumped = abs((at - wall) - (time.monotonic_ns() // 1_000_000 - steady))
        if jumped > DAY:
            raise ClockWrong(f"the clock jumped by {jumped // DAY} days while running")

    def commit(
        self,
        store: Store,
        *,
        kind: Kind,
        topic: str,
        addressee: str,
        says: str,
        document: Callable[[dict[str, Any]], Document],
        at: int,
    ) -> Sealed:
        """Seal and keep the next document of `topic`, inside the caller's transaction (rule S).

        `document` makes it from the fields that every document begins with. Raises TooMuch.
        """
        latest = store.publications.latest(topic)
        serial = max(latest.serial + 1 if latest else 0, at)
        header = {
            "schema": SCHEMA,
            "fleet": self.fleet,
            "epoch": self.epoch,
            "serial": serial,
            "issued_at": at,
        }
        payload = documents.encode(document(header))
        if len(payload) > MAX_PAYLOAD_BYTES:
            raise TooMuch(f"{topic}: {len(payload)} bytes, at most {MAX_PAYLOAD_BYTES}")
        sealed = Sealed(
            topic=topic,
            kind=kind.value,
            addressee=addressee,
            epoch=self.epoch,
            serial=serial,
            issued_at=at,
            says=says,
            sealed=seal(payload, kind, self.key),
            resent_at=at,
        )
        store.publications.commit(sealed)
        return sealed


def hash_of(content: msgspec.Struct | list[Any] | dict[str, Any]) -> str:
    """SHA-256 (hex) of the deterministic JSON of `content`: equal content, equal hash."""
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()
