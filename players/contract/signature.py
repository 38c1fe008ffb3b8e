"""Seals documents with Ed25519 in a DSSE envelope, and opens them by the bytes received.

Envelope and pre-authentication encoding follow DSSE 1.0 (secure-systems-lab, protocol.md), as used
by in-toto and Sigstore. Sizes are checked before signatures, signatures before the payload is
parsed (rule E).
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from enum import StrEnum

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from players.contract import limits


class Kind(StrEnum):
    """The sealed documents; the value stands in the payload type: none can pass for another."""

    KEYS = "keys"
    BEAT = "beat"
    TIME = "time"
    MANIFEST = "manifest"
    ALERTS = "alerts"
    STATUS = "status"
    PLAYS = "plays"
    PLAYS_ACK = "plays-ack"
    SCREENSHOT = "screenshot"

    @property
    def payload_type(self) -> str:
        return f"application/vnd.signage.{self.value}+json"


class Unsealed(Exception):
    """Why sealed bytes were not accepted, in one English line for the log and the status."""


class _Signature(msgspec.Struct, frozen=True):
    keyid: str
    sig: str


class _Envelope(msgspec.Struct, frozen=True):
    payloadType: str  # noqa: N815 - the name is fixed by DSSE
    payload: str
    signatures: list[_Signature]


def key_id(key: Ed25519PublicKey) -> str:
    """Short name of a key: 16 hex digits of the SHA-256 of its raw 32 bytes."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def public_key(encoded: str) -> Ed25519PublicKey:
    """Read a public key of 32 raw bytes in base64; raises `Unsealed` when it is none."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded, validate=True))
    except (ValueError, binascii.Error) as error:
        raise Unsealed("a public key is not 32 bytes of base64") from error


def encoded(key: Ed25519PublicKey) -> str:
    """The 32 raw bytes of `key` in base64, as they stand in settings and key lists."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def seal(payload: bytes, kind: Kind, *keys: Ed25519PrivateKey) -> bytes:
    """Sign `payload` as a document of `kind` with every one of `keys`, and wrap it for the wire."""
    signed = _pre_authentication_encoding(kind.payload_type, payload)
    signatures = [
        _Signature(key_id(key.public_key()), base64.b64encode(key.sign(signed)).decode())
        for key in keys
    ]
    envelope = _Envelope(kind.payload_type, base64.b64encode(payload).decode(), signatures)
    return msgspec.json.encode(envelope)


def open_sealed(
    sealed: bytes,
    kind: Kind,
    keys: Mapping[str, Ed25519PublicKey],
    *,
    threshold: int = 1,
    max_bytes: int = limits.MAX_SEALED_BYTES,
) -> tuple[bytes, frozenset[str]]:
    """Give the payload of `sealed` and the ids of the keys that truly signed it.

    At least `threshold` different `keys` must have signed. Raises `Unsealed` otherwise; the payload
    of an envelope that does not verify is never looked at.
    """
    if len(sealed) > max_bytes:
        raise Unsealed(f"{len(sealed)} bytes, more than the {max_bytes} a {kind.value} may have")
    envelope, payload = _unwrap(sealed, kind)
    signed = _pre_authentication_encoding(envelope.payloadType, payload)
    signers = frozenset(
        signature.keyid
        for signature in envelope.signatures
        if (key := keys.get(signature.keyid)) and _is_signed_by(key, signature.sig, signed)
    )
    if len(signers) < threshold:
        known = (
            ", ".join(sorted(signature.keyid[:16] for signature in envelope.signatures)) or "nobody"
        )
        raise Unsealed(
            f"{kind.value} is signed by {known}, not by {threshold} key(s) trusted for it"
        )
    return payload, signers


def _unwrap(sealed: bytes, kind: Kind) -> tuple[_Envelope, bytes]:
    try:
        envelope = msgspec.json.decode(sealed, type=_Envelope)
        payload = base64.b64decode(envelope.payload, validate=True)
    except (msgspec.DecodeError, binascii.Error, ValueError, RecursionError) as error:
        raise Unsealed(f"not a sealed {kind.value}: the envelope can't be read") from error
    if envelope.payloadType != kind.payload_type:
        raise Unsealed(f"sealed as another kind of document, not as a {kind.value}")
    if len(envelope.signatures) > limits.MAX_SIGNATURES:
        raise Unsealed(f"more than {limits.MAX_SIGNATURES} signatures")
    return envelope, payload


def _is_signed_by(key: Ed25519PublicKey, signature: str, signed: bytes) -> bool:
    try:
        key.verify(base64.b64decode(signature, validate=True), signed)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _pre_authentication_encoding(payload_type: str, payload: bytes) -> bytes:
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
