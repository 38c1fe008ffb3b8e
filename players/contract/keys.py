"""The key list: which key may sign what, from when to when, as the root set says (rule K)."""

from enum import StrEnum
from typing import Annotated

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec import Meta, Struct

from players.contract import limits
from players.contract.signature import Kind, Unsealed, key_id, public_key
from players.contract.types import Document, KeyId, Moment


class Role(StrEnum):
    """What a key of the controller is for."""

    CONTENT = "content"
    ALERT = "alert"
    DRILL = "drill"
    HOLD = "hold"
    BEAT = "beat"


SIGNED_BY: dict[Kind, Role] = {
    Kind.MANIFEST: Role.CONTENT,
    Kind.ALERTS: Role.ALERT,
    Kind.DRILLS: Role.DRILL,
    Kind.HOLDS: Role.HOLD,
    Kind.COMMAND: Role.HOLD,
    Kind.BUNDLE: Role.CONTENT,
    Kind.BEAT: Role.BEAT,
    Kind.TIME: Role.BEAT,
    Kind.PLAYS_ACK: Role.BEAT,
}
"""The fixed table of who signs what. The root set signs key lists; a player signs its reports."""


class Key(Struct, frozen=True, kw_only=True):
    """One public key (32 raw bytes, base64) and what it may do."""

    id: KeyId
    public: str
    role: str  # not `Role`: a player skips the keys of roles it does not know (rule V)
    not_before: Moment
    not_after: Moment
    revoked: bool = False

    def may_sign_at(self, moment: int) -> bool:
        return not self.revoked and self.not_before <= moment <= self.not_after


class KeyList(Document, frozen=True, kw_only=True):
    """All keys of a fleet, sealed by the root set in force; it may name the next root set."""

    roots: Annotated[list[str], Meta(min_length=1, max_length=3)]
    threshold: Annotated[int, Meta(ge=1, le=3)]
    keys: Annotated[list[Key], Meta(max_length=limits.MAX_KEYS)]

    def trusted_for(self, kind: Kind, moment: int) -> dict[str, Ed25519PublicKey]:
        """The keys that may sign a document of `kind` at `moment`, by id."""
        role = SIGNED_BY[kind]
        return {
            key.id: public_key(key.public)
            for key in self.keys
            if key.role == role and key.may_sign_at(moment)
        }

    def revoked_ids(self) -> frozenset[str]:
        return frozenset(key.id for key in self.keys if key.revoked)


def root_set(encoded_keys: list[str]) -> dict[str, Ed25519PublicKey]:
    """The pinned root keys by id; raises `Unsealed` when one can't be read."""
    keys = [public_key(encoded_key) for encoded_key in encoded_keys]
    return {key_id(key): key for key in keys}


def refusal_of_keys(key_list: KeyList) -> str | None:
    """Say what is wrong inside a key list that is properly signed, or None.

    Keys of roles that are not known here are not looked into: they may be of another algorithm.
    """
    known = [key for key in key_list.keys if key.role in set(Role)]
    ids = [key.id for key in known]
    if repeated := next((key for key in ids if ids.count(key) > 1), None):
        return f"key {repeated} is named more than once: a key has one role"
    return _refusal_of_roots(key_list) or next(filter(None, map(_refusal_of_key, known)), None)


def _refusal_of_roots(key_list: KeyList) -> str | None:
    try:
        roots = len(root_set(key_list.roots))
    except Unsealed as error:
        return f"root set: {error}"
    if key_list.threshold > roots:
        return f"asks for {key_list.threshold} root signatures of {roots} root keys"
    return None


def _refusal_of_key(key: Key) -> str | None:
    try:
        if key_id(public_key(key.public)) != key.id:
            return f"key {key.id} does not belong to its id"
    except Unsealed as error:
        return f"key {key.id}: {error}"
    if key.role == Role.CONTENT and key.not_after - key.not_before > limits.MAX_CONTENT_KEY_LIFE:
        return f"content key {key.id} would live longer than 90 days"
    return None
