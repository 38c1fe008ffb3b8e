"""Decides what to trust: sealed bytes and what is held go in, a document or a refusal comes out.

Nothing here reads a clock, a disk or a network. Sizes are checked before signatures, signatures
before the content is parsed; the checks stand in the order in which they are made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from players.contract import documents, limits
from players.contract.alerts import AlertSet, Beat, TimeAnswer, refusal_of_alerts
from players.contract.bundle import Bundle
from players.contract.commands import Command, is_of_now, refusal_of_command
from players.contract.holds import HoldSet, refusal_of_holds
from players.contract.keys import SIGNED_BY, KeyList, refusal_of_keys, root_set
from players.contract.manifest import Manifest, refusal_of_manifest
from players.contract.reports import PlaysAck
from players.contract.signature import Kind, Unsealed, open_sealed, public_key
from players.contract.types import Document
from players.sealed.verdict import KEPT, Accepted, Floor, Refusal, Standing

DOCUMENTS: Final[dict[Kind, type[Document]]] = {
    Kind.KEYS: KeyList,
    Kind.MANIFEST: Manifest,
    Kind.ALERTS: AlertSet,
    Kind.DRILLS: AlertSet,
    Kind.HOLDS: HoldSet,
    Kind.COMMAND: Command,
    Kind.BUNDLE: Bundle,
    Kind.BEAT: Beat,
    Kind.PLAYS_ACK: PlaysAck,
}


class _Head(msgspec.Struct):
    schema: int


def judge(standing: Standing, kind: Kind, sealed: bytes, now: int) -> Accepted | Refusal:
    """Say whether `sealed` is a new document of `kind` for this player at player time `now`."""
    opened = _opened(standing, kind, sealed, now)
    if isinstance(opened, Refusal):
        return opened
    payload, signers = opened
    try:
        if sentence := documents.refusal_of_schema(documents.decode(payload, _Head).schema):
            return Refusal(f"{kind.value} is {sentence}")
        document = documents.decode(payload, DOCUMENTS[kind])
    except Unsealed as error:
        return Refusal(str(error))
    # An envelope may be written in many ways: what was signed says whether it is the same.
    sha256, said = hashlib.sha256(sealed).hexdigest(), hashlib.sha256(payload).hexdigest()
    refusal = (
        _of_address(standing, kind, document)
        or _of_serial(standing, kind, document, said)
        or _of_content(kind, document)
        or _of_time(document, now)
    )
    if refusal:
        return refusal
    floor: Floor | None = Floor(document.epoch, document.serial, sha256, said)
    warning = ""
    if max(document.issued_at, document.serial) > now + limits.MAX_AHEAD:
        floor = None
        ahead = (max(document.issued_at, document.serial) - now) // limits.MINUTE
        warning = (
            f"{kind.value} {document.serial} is dated {ahead} minutes ahead of this player's clock"
        )
    return Accepted(kind, document, sealed, sha256, said, signers, floor, warning)


def judge_again(
    standing: Standing, kind: Kind, sealed: bytes, accepted_at: int, held_keys: KeyList
) -> Accepted | Refusal:
    """Judge stored bytes as at the moment they were accepted: only a revocation since then undoes
    them (rule K).
    """
    at_that_time = _with(standing, key_list=held_keys, floors={})
    verdict = judge(at_that_time, kind, sealed, accepted_at)
    if isinstance(verdict, Accepted) and is_revoked(standing, verdict.signers):
        return Refusal(f"{kind.value} was sealed by a key that has been revoked")
    return verdict


def judge_time(standing: Standing, sealed: bytes, nonce: str) -> int | Refusal:
    """The controller's time in an answer to `nonce`; its key must be valid at the time it tells.

    Judged by the answer's own time, because it is asked for when the player's clock may be wrong.
    """
    if standing.key_list is None:
        return Refusal("no key list yet, so nobody can tell the time")
    try:
        payload, signers = open_sealed(
            sealed, Kind.TIME, _keys_at_any_time(standing.key_list, Kind.TIME)
        )
        answer = documents.decode(payload, TimeAnswer)
    except Unsealed as error:
        return Refusal(str(error))
    if answer.fleet != standing.fleet or answer.nonce != nonce:
        return Refusal("the time answer is not for the question that was asked")
    if not signers & standing.key_list.trusted_for(Kind.TIME, answer.now).keys():
        return Refusal("the time answer is signed by a key that is not valid at that time")
    return answer.now


def judge_index(standing: Standing, sealed: bytes, now: int) -> Accepted | Refusal:
    """Say whether the index of a bundle is new and good.

    Where the clock is far behind it, it is judged by its own time: a PC that was never online may
    know no better, and the key was valid then. That binds nothing later (rule T).
    """
    if standing.key_list is None:
        return Refusal("no key list yet, so nobody can vouch for a bundle")
    try:
        payload, _ = open_sealed(
            sealed, Kind.BUNDLE, _keys_at_any_time(standing.key_list, Kind.BUNDLE)
        )
        issued_at = documents.decode(payload, Bundle).issued_at
    except Unsealed as error:
        return Refusal(str(error))
    return judge(standing, Kind.BUNDLE, sealed, max(now, issued_at))


def open_key_list(
    sealed: bytes, roots: Mapping[str, Ed25519PublicKey], threshold: int, fleet: str
) -> KeyList:
    """Open a stored key list by the root set that was in force; raises `Unsealed`."""
    payload, _ = open_sealed(sealed, Kind.KEYS, roots, threshold=threshold)
    key_list = documents.decode(payload, KeyList)
    if key_list.fleet != fleet:
        raise Unsealed(f"the key list is of fleet {key_list.fleet}")
    return key_list


def under(standing: Standing, key_list: KeyList) -> Standing:
    """The standing once `key_list` is in force: its root set signs the next."""
    return _with(
        standing, key_list=key_list, roots=root_set(key_list.roots), threshold=key_list.threshold
    )


def is_revoked(standing: Standing, signers: frozenset[str]) -> bool:
    """Say whether nobody is left who vouches for what `signers` sealed."""
    return standing.key_list is not None and signers <= standing.key_list.revoked_ids()


def _opened(
    standing: Standing, kind: Kind, sealed: bytes, now: int
) -> tuple[bytes, frozenset[str]] | Refusal:
    try:
        if kind is Kind.KEYS:
            return open_sealed(sealed, kind, standing.roots, threshold=standing.threshold)
        if standing.key_list is None:
            return Refusal(f"{kind.value} came before the first key list", later=True)
        return open_sealed(sealed, kind, standing.key_list.trusted_for(kind, now))
    except Unsealed as error:
        # A key that is unknown may be on the next key list, and a wrong clock makes a good
        # key look expired.
        clock = kind is not Kind.KEYS and _is_signed_at_another_time(standing, kind, sealed)
        return Refusal(str(error), later=kind is not Kind.KEYS, clock=clock)


def _is_signed_at_another_time(standing: Standing, kind: Kind, sealed: bytes) -> bool:
    if standing.key_list is None:
        return False
    try:
        open_sealed(sealed, kind, _keys_at_any_time(standing.key_list, kind))
    except Unsealed:
        return False
    return True


def _keys_at_any_time(key_list: KeyList, kind: Kind) -> dict[str, Ed25519PublicKey]:
    return {
        key.id: public_key(key.public)
        for key in key_list.keys
        if key.role == SIGNED_BY[kind] and not key.revoked
    }


def _of_address(standing: Standing, kind: Kind, document: Document) -> Refusal | None:
    if document.fleet != standing.fleet:
        return Refusal(
            f"{kind.value} is for fleet {document.fleet}, this player is of {standing.fleet}"
        )
    if isinstance(document, Manifest | PlaysAck | Command) and document.display != standing.display:
        return Refusal(
            f"{kind.value} is for display {document.display}, this is {standing.display}"
        )
    if isinstance(document, AlertSet | HoldSet) and document.profile != standing.profile:
        return Refusal(
            f"{kind.value} is for profile {document.profile}, this is {standing.profile}"
        )
    return None


def _of_serial(standing: Standing, kind: Kind, document: Document, said: str) -> Refusal | None:
    if document.epoch < standing.epoch:
        return Refusal(
            f"{kind.value} is of key epoch {document.epoch}, which ended; now is {standing.epoch}"
        )
    if kind is not Kind.KEYS and document.epoch > standing.epoch:
        sentence = (
            f"{kind.value} is of key epoch {document.epoch}; the key list says {standing.epoch}"
        )
        return Refusal(sentence, later=True, keys=True)
    floor = standing.floors.get(standing.floor_name(kind))
    if floor is None or floor.epoch < document.epoch:
        return None
    if document.serial < floor.serial:
        sentence = f"{kind.value} {document.serial} is older than {floor.serial}, which is held"
        return Refusal(sentence, older=True)
    if document.serial > floor.serial:
        return None
    if said == floor.payload:
        if kind in KEPT and said not in standing.held:
            return None
        return Refusal(f"{kind.value} {document.serial} is held already", same=True)
    return Refusal(f"{kind.value} {document.serial} came twice with different content")


def _of_content(kind: Kind, document: Document) -> Refusal | None:
    sentence = None
    if isinstance(document, KeyList):
        sentence = refusal_of_keys(document)
    elif isinstance(document, Manifest):
        sentence = refusal_of_manifest(document)
    elif isinstance(document, AlertSet):
        entries, _ = documents.alert_entries(document.entries)
        sentence = _of_exercise(kind, document) or refusal_of_alerts(entries)
    elif isinstance(document, Command):
        sentence = refusal_of_command(document)
    elif isinstance(document, HoldSet):
        sentence = refusal_of_holds(documents.hold_entries(document.entries)[0])
    return Refusal(sentence) if sentence else None


def _of_time(document: Document, now: int) -> Refusal | None:
    """A command is for now; where it is not, the clock may be wrong."""
    if isinstance(document, Command) and not is_of_now(document, now):
        return Refusal(f"command {document.serial} is not of this moment", clock=True)
    return None


def _of_exercise(kind: Kind, document: AlertSet) -> str | None:
    if document.exercise == (kind is Kind.DRILLS):
        return None
    return f"{kind.value} that {'say' if document.exercise else 'do not say'} to be an exercise"


def _with(standing: Standing, **changes: object) -> Standing:
    return Standing(**{**vars(standing), **changes})
