"""Seals the hold sets and the drill sets of every profile, and takes over newer ones from outside.

Both kinds are kept without loss in rows of their own, so an entry from outside is sealed again like
our own; what is of a kind not known here is carried on as it came (rules R and V).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog

from players.contract import documents
from players.contract.alerts import Laid
from players.contract.documents import Unreadable
from players.contract.keys import KeyList
from players.contract.limits import KIB, MAX_PAYLOAD_BYTES
from players.contract.signature import Kind, Unsealed, open_sealed
from signage.store.ledger import Ledger
from signage.store.publications import Sealed
from signage.workflows.alerts.alert_entries import OUTSIDE
from signage.workflows.alerts.alert_sets import Composed, PublishedSet
from signage.workflows.publication.sealing import (
    SealingDesk,
    TooMuch,
    from_outside,
    is_newer,
    payload_of,
)

log = structlog.get_logger()

ROOM = MAX_PAYLOAD_BYTES - KIB


@dataclass(frozen=True)
class SetKind:
    """What differs between the kinds of set.

    `entries` gives our own for a profile, the foremost first; `read` gives the entries that are
    known and the kinds that are not; `take_over` keeps an entry from outside and says whether it
    told anything new; `left_out` hears the id of one that outside no longer has.
    """

    kind: Kind
    struct: type[Any]
    fields: dict[str, Any]
    most: int
    topic: Callable[[str, str], str]
    entries: Callable[[Ledger, str, int], list[Laid]]
    read: Callable[[Sequence[msgspec.Raw]], tuple[list[Any], list[str]]]
    refusal: Callable[[Iterable[Any]], str | None]
    pages: Callable[[Any], list[str]]
    take_over: Callable[[Ledger, str, Any, int], bool]
    left_out: Callable[[Ledger, str, int], None]


class _Head(msgspec.Struct):
    kind: str
    id: str
    expires_at: int


def publish(
    ledger: Ledger, desk: SealingDesk, of: SetKind, *, profiles: Iterable[str], at: int
) -> list[PublishedSet]:
    """Seal the set of each profile that should say something else; whoever calls sends them.

    Raises ClockWrong. A profile whose set can't be sealed keeps the one it has.
    """
    desk.check_clock(ledger, at)
    wanted = set(profiles)
    with ledger.snapshot():
        if not any(True for _ in _changed(ledger, desk, of, wanted, at)):
            return []  # without waiting for the write lock
    published = []
    with ledger.transaction():
        for profile, latest, composed in list(_changed(ledger, desk, of, wanted, at)):
            try:
                published.append(_commit(ledger, desk, of, profile, latest, composed, at))
            except TooMuch as error:
                log.error("set not published", profile=profile, why=str(error))  # noqa: TRY400
    return published


def adopt(
    ledger: Ledger,
    key_list: KeyList,
    of: SetKind,
    *,
    fleet: str,
    topic: str,
    sealed: bytes,
    at: int,
) -> Any:
    """Take over a validly sealed set that is newer than what the ledger knows (rule R).

    Returns the set when it was adopted, else None.
    """
    if ledger.publications.sealed(topic) == sealed:
        return None  # our own, heard again
    found = _genuine(key_list, of, fleet=fleet, topic=topic, sealed=sealed, at=at)
    if found is None or not is_newer(found, ledger.publications.latest(topic)):
        return None
    with ledger.transaction():
        latest = ledger.publications.latest(topic)
        if not is_newer(found, latest):
            return None
        _take_over(ledger, of, found, latest, at)
        composed = _compose(ledger, of, found.profile, found, at)
        agreed = sorted(map(bytes, composed.entries)) == sorted(map(bytes, found.entries))
        newest = from_outside(
            found,
            sealed,
            kind=of.kind,
            topic=topic,
            addressee=found.profile,
            says=composed.says if agreed else OUTSIDE,
            at=at,
        )
        ledger.publications.commit(newest)
        _serve_pages(ledger, of, found.profile, composed)
    return found


def set_in(of: SetKind, sealed: bytes | None) -> Any:
    """The set in bytes of our own database, where they were verified when they were kept."""
    return None if sealed is None else documents.decode(payload_of(sealed), of.struct)


def pages_in(of: SetKind, sealed: bytes | None) -> list[str]:
    """The pages (by hash) that a set names."""
    found = set_in(of, sealed)
    known = of.read(found.entries)[0] if found else []
    return sorted({page for entry in known for page in of.pages(entry)})


def _changed(
    ledger: Ledger, desk: SealingDesk, of: SetKind, profiles: set[str], at: int
) -> Iterable[tuple[str, Sealed | None, Composed]]:
    latest = {one.addressee: one for one in ledger.publications.of_kind(of.kind)}
    # A profile that only another controller knows has a set as well.
    for profile in sorted(profiles | latest.keys()):
        mark = latest.get(profile)
        composed = _compose(ledger, of, profile, set_in(of, mark.sealed if mark else None), at)
        if mark is None:
            must = bool(composed.entries)
        else:
            must = mark.says != composed.says or mark.epoch != desk.epoch
        if must:
            yield profile, mark, composed


def _compose(ledger: Ledger, of: SetKind, profile: str, latest: Any, at: int) -> Composed:
    """Our entries, then what we do not know; when there is no room the last are left out."""
    entries = [*map(_raw, of.entries(ledger, profile, at)), *_unknown(of, latest, at)]
    fitting: list[msgspec.Raw] = []
    room = ROOM
    for entry in filter(None, entries):
        room -= len(bytes(entry)) + 1
        if room < 0 or len(fitting) == of.most:
            break
        fitting.append(entry)
    pages = {page for entry in of.read(fitting)[0] for page in of.pages(entry)}
    left_out = len(entries) - len(fitting)
    return Composed(entries=fitting, pages=frozenset(pages), left_out=left_out)


def _raw(entry: Laid) -> msgspec.Raw | None:
    try:
        return documents.raw(entry)
    except Unreadable:
        return None  # one entry that no player could read must not hide all the others


def _unknown(of: SetKind, latest: Any, at: int) -> list[msgspec.Raw]:
    if latest is None:
        return []
    carried = []
    for raw in latest.entries:
        try:
            head = msgspec.json.decode(bytes(raw), type=_Head)
        except msgspec.DecodeError:
            continue
        if head.kind in of.read([raw])[1] and head.expires_at > at:
            carried.append(raw)
    return carried


def _commit(
    ledger: Ledger,
    desk: SealingDesk,
    of: SetKind,
    profile: str,
    latest: Sealed | None,
    composed: Composed,
    at: int,
) -> PublishedSet:
    if composed.left_out:
        log.error("not everything fits into a set", kind=of.kind.value, profile=profile)
    before = set(pages_in(of, latest.sealed if latest else None))
    sealed = desk.prepare(
        kind=of.kind,
        topic=of.topic(desk.fleet, profile),
        addressee=profile,
        says=composed.says,
        document=lambda header: of.struct(
            **header, **of.fields, profile=profile, entries=composed.entries
        ),
        at=at,
        last=latest,
    )
    ledger.publications.commit(sealed)
    _serve_pages(ledger, of, profile, composed)
    return PublishedSet(
        sealed=sealed,
        profile=profile,
        new_pages=sorted(composed.pages - before),
        old_pages=sorted(before - composed.pages),
    )


def _serve_pages(ledger: Ledger, of: SetKind, profile: str, composed: Composed) -> None:
    ledger.publications.publish_blobs({f"{of.kind.value}:{profile}": composed.pages})


def _genuine(
    key_list: KeyList, of: SetKind, *, fleet: str, topic: str, sealed: bytes, at: int
) -> Any:
    """The set when it is of this fleet and epoch, on its own topic, and players would take it."""
    try:
        payload, _ = open_sealed(sealed, of.kind, key_list.trusted_for(of.kind, at))
        found = documents.decode(payload, of.struct)
    except Unsealed:
        return None
    ours = found.fleet == fleet and topic == of.topic(fleet, found.profile)
    same = all(getattr(found, name) == value for name, value in of.fields.items())
    strange = documents.refusal_of_schema(found.schema) or of.refusal(of.read(found.entries)[0])
    return found if ours and same and not strange and found.epoch == key_list.epoch else None


def _take_over(ledger: Ledger, of: SetKind, found: Any, latest: Sealed | None, at: int) -> None:
    entries = of.read(found.entries)[0]
    for entry in entries:
        if of.take_over(ledger, found.profile, entry, at):
            detail = {"revision": entry.revision, "profile": found.profile}
            subject = f"{of.kind.value.removesuffix('s')}:{entry.id}"
            act = f"{of.kind.value.removesuffix('s')}.adopted"
            ledger.audit.record(who=OUTSIDE, act=act, subject=subject, at=at, detail=detail)
    # Only what the set before it named can have been ended outside: what nobody there could know
    # of yet goes on.
    before = set_in(of, latest.sealed if latest else None)
    known = of.read(before.entries)[0] if before else []
    for gone in {entry.id for entry in known} - {entry.id for entry in entries}:
        of.left_out(ledger, gone, at)
