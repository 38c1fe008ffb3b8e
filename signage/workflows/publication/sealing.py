"""Seals wanted state: serial and sealed bytes are committed before they are sent (rule S)."""

import base64
import hashlib
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import SCHEMA, documents
from players.contract.documents import Unreadable
from players.contract.limits import DAY, MAX_PAYLOAD_BYTES, SECOND
from players.contract.signature import Kind, seal
from players.contract.types import Document
from signage.store.ledger import Ledger
from signage.store.publications import Mark, Sealed

CLOCK_TOLERANCE = 2 * SECOND


class ClockWrong(Exception):
    """The controller's clock can't be right: nothing is sealed until somebody looked (rule T)."""


class TooMuch(Exception):
    """A document that no player would accept: too large, or beyond a limit; the text names it."""


class SealingDesk:
    """One key at work: fleet, epoch and the clock by which documents are dated.

    `boot_ms` gives milliseconds that pass at a steady pace, also while the machine sleeps.
    """

    def __init__(
        self,
        key: Ed25519PrivateKey,
        *,
        fleet: str,
        epoch: int,
        boot_ms: Callable[[], int] | None = None,
    ) -> None:
        self.key = key
        self.fleet = fleet
        self.epoch = epoch
        self._boot_ms = boot_ms or _boot_ms
        self._began: tuple[int, int] | None = None

    def check_clock(self, store: Ledger, at: int) -> None:
        """Raise ClockWrong when the clock is behind the last seal, or jumped by more than a day."""
        newest = store.publications.newest_moment(self.epoch)
        if at < newest - CLOCK_TOLERANCE:
            told = datetime.fromtimestamp(newest / 1000, UTC).isoformat(timespec="seconds")
            raise ClockWrong(
                f"the clock is behind the last sealed document, which is of {told}: set it right;"
                " if it is right now and was ahead before, begin a new key epoch"
            )
        if self._began is None:
            self._began = at, self._boot_ms()
        wall, steady = self._began
        jumped = abs((at - wall) - (self._boot_ms() - steady))
        if jumped > DAY:
            raise ClockWrong(
                f"the clock jumped by {jumped // DAY} days while running: set it right, or"
                " restart this process if it is right now"
            )

    def commit(
        self,
        store: Ledger,
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
        sealed = self.prepare(
            kind=kind,
            topic=topic,
            addressee=addressee,
            says=says,
            document=document,
            at=at,
            last=store.publications.latest(topic),
        )
        store.publications.commit(sealed)
        return sealed

    def prepare(
        self,
        *,
        kind: Kind,
        topic: str,
        addressee: str,
        says: str,
        document: Callable[[dict[str, Any]], Document],
        at: int,
        last: Mark | None,
        above: int = 0,
    ) -> Sealed:
        """Seal the document that follows `last` on `topic`; whoever calls keeps it, then sends it.

        Its serial is above that of `last` within this epoch, and above `above`. Raises TooMuch.
        """
        floor = last.serial if last and last.epoch == self.epoch else 0
        serial = max(floor + 1, above + 1, at)
        header = {
            "schema": SCHEMA,
            "fleet": self.fleet,
            "epoch": self.epoch,
            "serial": serial,
            "issued_at": at,
        }
        return Sealed(
            topic=topic,
            kind=kind.value,
            addressee=addressee,
            epoch=self.epoch,
            serial=serial,
            issued_at=at,
            says=says,
            sealed=self._sealed(kind, topic, document, header),
            resent_at=at,
        )

    def _sealed(
        self,
        kind: Kind,
        topic: str,
        document: Callable[[dict[str, Any]], Document],
        header: dict[str, Any],
    ) -> bytes:
        try:
            payload = documents.encode(document(header))
        except Unreadable as error:
            raise TooMuch(f"{topic}: {error}") from error
        if len(payload) > MAX_PAYLOAD_BYTES:
            raise TooMuch(f"{topic}: {len(payload)} bytes, at most {MAX_PAYLOAD_BYTES}")
        return seal(payload, kind, self.key)


def is_newer(document: Document, latest: Mark | None) -> bool:
    """Say whether a document from outside comes after the one known last (rule R)."""
    return latest is None or (document.epoch, document.serial) > (latest.epoch, latest.serial)


def from_outside(
    document: Document, sealed: bytes, *, kind: Kind, topic: str, addressee: str, says: str, at: int
) -> Sealed:
    """A document that another controller has sealed, as it is kept here (rule R)."""
    return Sealed(
        topic=topic,
        kind=kind.value,
        addressee=addressee,
        epoch=document.epoch,
        serial=document.serial,
        # A clock that is ahead elsewhere must not make ours look wrong (rule T).
        issued_at=min(document.issued_at, at),
        says=says,
        sealed=sealed,
        resent_at=at,
    )


def hash_of(content: msgspec.Struct | list[Any] | dict[str, Any]) -> str:
    """SHA-256 (hex) of the deterministic JSON of `content`: equal content, equal hash."""
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()


def payload_of(sealed: bytes) -> bytes:
    """The payload of bytes in our own database, where they were verified when they were kept."""
    envelope: Mapping[str, object] = msgspec.json.decode(sealed, type=dict[str, object])
    return base64.b64decode(str(envelope["payload"]))


def _boot_ms() -> int:
    # Unlike the monotonic clock it goes on while a machine sleeps, as the wall clock does.
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
