"""Seals documents with Ed25519 in a DSSE envelope, and opens them by the bytes received.

Envelope and pre-authentication encoding follow DSSE 1.0 (secure-systems-lab, protocol.md), as used
by in-toto and Sigstore. Sizes are checked before signatures, signatures before the payload is
parsed (rule E).
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from players.contract import limits

_KEY_ID = re.compile(r"[0-9a-f]{16}")


class Kind(StrEnum):
    """The sealed documents; the value stands in the payload type: none can pass for another."""

    KEYS = "keys"
    BEAT = "beat"
    TIME = "time"
    MANIFEST = "manifest"
    ALERTS = "alerts"
    DRILLS = "drills"
    HOLDS = "holds"
    COMMAND = "command"
    BUNDLE = "bundle"
    STATUS = "status"
    PLAYS = "plays"
    PLAYS_ACK = "plays-ack"
    SCREENSHOT = "screenshot"

    @property
    def payload_type(self) -> str:
        return f"application/vnd.signage.{self.value}+json"


_P = 2**255 - 19
_Y8 = 0x5FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER = frozenset({0, 1, _P - 1, _Y8, _P - _Y8})
"""y of the eight points of order 1, 2, 4 and 8 (RFC 8032): a key of zeros, such as a placeholder in
settings, is one. OpenSSL verifies signatures under them that were made without any secret."""


class Unsealed(Exception):
    """Why sealed bytes were not accepted, in one English line for the log and the status."""


class Signature(msgspec.Struct, frozen=True):
    """One signature in base64, and the id of the key that is said to have made it."""

    keyid: str
    sig: str


class Envelope(msgspec.Struct, frozen=True):
    """Sealed bytes as DSSE lays them out: payload and signatures in base64."""

    payloadType: str  # noqa: N815 - the name is fixed by DSSE
    payload: str
    signatures: list[Signature]


def key_id(key: Ed25519PublicKey) -> str:
    """Short name of a key: 16 hex digits of the SHA-256 of its raw 32 bytes."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def public_key(encoded: str) -> Ed25519PublicKey:
    """Read a public key of 32 raw bytes in base64; raises `Unsealed` when it is none."""
    try:
        raw = base64.b64decode(encoded, validate=True)
        key = Ed25519PublicKey.from_public_bytes(raw)
    except (ValueError, binascii.Error) as error:
        raise Unsealed("a public key is not 32 bytes of base64") from error
    if _y_of(raw) in _SMALL_ORDER:
        raise Unsealed("a public key is of small order: anybody can sign for it")
    return key


def encoded(key: Ed25519PublicKey) -> str:
    """The 32 raw bytes of `key` in base64, as they stand in settings and key lists."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def seal(payload: bytes, kind: Kind, *keys: Ed25519PrivateKey) -> bytes:
    """Sign `payload` as a document of `kind` with every one of `keys`, and wrap it for the wire.

    Raises ValueError for what no receiver would open: too large, or 0 or more than 4 signatures.
    """
    if len(payload) > (limit := _max_payload(kind)):
        raise ValueError(f"{len(payload)} bytes, more than the {limit} a {kind.value} may have")
    if not 1 <= len(keys) <= limits.MAX_SIGNATURES:
        raise ValueError(
            f"{len(keys)} keys; a document has 1 to {limits.MAX_SIGNATURES} signatures"
        )
    signed = _pre_authentication_encoding(kind.payload_type, payload)
    signatures = [
        Signature(key_id(key.public_key()), base64.b64encode(key.sign(signed)).decode())
        for key in keys
    ]
    envelope = Envelope(kind.payload_type, base64.b64encode(payload).decode(), signatures)
    return msgspec.json.encode(envelope)


def open_sealed(
    sealed: bytes,
    kind: Kind,
    keys: Mapping[str, Ed25519PublicKey],
    *,
    threshold: int = 1,
    max_bytes: int | None = None,
) -> tuple[bytes, frozenset[str]]:
    """Give the payload of `sealed` and the ids of the keys that truly signed it.

    At least `threshold` different `keys` must have signed, and never fewer than one. Raises
    `Unsealed` otherwise; the payload of an envelope that does not verify is never looked at.
    `max_bytes` is for a receiver who takes less than the contract allows.
    """
    limit = _max_sealed(kind) if max_bytes is None else max_bytes
    if len(sealed) > limit:
        raise Unsealed(f"{len(sealed)} bytes, more than the {limit} a {kind.value} may have")
    envelope, payload = _unwrap(sealed, kind)
    signed = _pre_authentication_encoding(envelope.payloadType, payload)
    signers = frozenset(
        signature.keyid
        for signature in envelope.signatures
        if (key := keys.get(signature.keyid)) and _is_signed_by(key, signature.sig, signed)
    )
    if len(signers) < max(threshold, 1):
        raise Unsealed(
            f"{kind.value} claims to be signed by {_claimed(envelope)},"
            f" not by {threshold} key(s) trusted for it"
        )
    return payload, signers


@lru_cache(maxsize=16)
def payload_hash(sealed: bytes) -> str:
    """SHA-256 of the payload in an envelope that was opened before, whatever stands around it."""
    envelope = msgspec.json.decode(sealed, type=Envelope)
    return hashlib.sha256(base64.b64decode(envelope.payload)).hexdigest()


def _unwrap(sealed: bytes, kind: Kind) -> tuple[Envelope, bytes]:
    try:
        envelope = msgspec.json.decode(sealed, type=Envelope)
        payload = base64.b64decode(envelope.payload, validate=True)
    except (msgspec.DecodeError, binascii.Error, ValueError, RecursionError) as error:
        raise Unsealed(f"not a sealed {kind.value}: the envelope can't be read") from error
    if envelope.payloadType != kind.payload_type:
        raise Unsealed(f"sealed as another kind of document, not as a {kind.value}")
    if len(envelope.signatures) > limits.MAX_SIGNATURES:
        raise Unsealed(f"more than {limits.MAX_SIGNATURES} signatures")
    if len(payload) > _max_payload(kind):
        raise Unsealed(f"a payload of {len(payload)} bytes, more than a {kind.value} may have")
    return envelope, payload


def _claimed(envelope: Envelope) -> str:
    """The key ids that stand in the envelope; what is no key id is not repeated in a log."""
    ids = {signature.keyid for signature in envelope.signatures}
    return ", ".join(sorted(i if _KEY_ID.fullmatch(i) else "no key id" for i in ids)) or "nobody"


def _is_signed_by(key: Ed25519PublicKey, signature: str, signed: bytes) -> bool:
    try:
        key.verify(base64.b64decode(signature, validate=True), signed)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _max_payload(kind: Kind) -> int:
    return (
        limits.MAX_SCREENSHOT_PAYLOAD_BYTES if kind is Kind.SCREENSHOT else limits.MAX_PAYLOAD_BYTES
    )


def _max_sealed(kind: Kind) -> int:
    return limits.MAX_SCREENSHOT_BYTES if kind is Kind.SCREENSHOT else limits.MAX_SEALED_BYTES


def _y_of(raw: bytes) -> int:
    return int.from_bytes(raw, "little") % 2**255 % _P


def _pre_authentication_encoding(payload_type: str, payload: bytes) -> bytes:
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
