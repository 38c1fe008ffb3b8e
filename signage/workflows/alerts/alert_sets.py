"""From running alerts to the sealed set of each profile."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import structlog

from players.contract import documents, topics
from players.contract.alerts import AlertSet
from players.contract.documents import Unreadable
from players.contract.limits import KIB, MAX_ALERTS, MAX_PAYLOAD_BYTES
from players.contract.signature import Kind
from signage.domain.alert import Alert
from signage.domain.sentences import N_, Refused
from signage.store.ledger import Ledger
from signage.store.publications import Mark, Sealed
from signage.workflows.alerts.alert_entries import SealedEntry, carried_entries, own_entries
from signage.workflows.publication.sealing import SealingDesk, TooMuch

log = structlog.get_logger()

BY_SEALER = "sealer"
ROOM = MAX_PAYLOAD_BYTES - KIB
"""Bytes for the entries of a set; the rest is for what stands before them."""


class PublishedSet(msgspec.Struct, frozen=True, kw_only=True):
    """A newly sealed set and the pages (by hash) that players may lack; pages go out first."""

    sealed: Sealed
    profile: str
    new_pages: list[str]
    old_pages: list[str]


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """What the set of a profile should say: entries ready to be sealed, and the pages they name."""

    entries: list[msgspec.Raw]
    pages: frozenset[str]
    left_out: int

    @property
    def says(self) -> str:
        """The hash of the entries: equal hashes, nothing to seal."""
        return hashlib.sha256(b"\n".join(bytes(entry) for entry in self.entries)).hexdigest()


def publish_sets(store: Ledger, desk: SealingDesk, *, at: int) -> list[PublishedSet]:
    """End what is over; seal the set of each profile whose content changed. Raises ClockWrong.

    A profile whose set can't be sealed keeps the one it has, and stops no other.
    """
    desk.check_clock(store, at)
    if not _is_anything_due(store, desk, at):
        return []  # without waiting for the write lock
    published = []
    with store.transaction():
        live = store.alerts.live()
        for alert in live:
            if alert.is_over(at):
                end(store, alert.ended(), at, by=BY_SEALER)
        for profile, latest, composed in _changed(store, desk, live, at):
            try:
                published.append(_commit(store, desk, profile, latest, composed, at))
            except TooMuch as error:
                log.error("alert set not published", profile=profile, why=str(error))  # noqa: TRY400
    return published


def require_room(store: Ledger, alert: Alert, *, at: int) -> None:
    """Raise Refused when the sets could not hold `alert` beside what runs already."""
    running = [one for one in store.alerts.live() if one.id != alert.id]
    latest = {one.addressee: one.sealed for one in store.publications.of_kind(Kind.ALERTS)}
    for profile in alert.pages:
        if compose([*running, alert], profile, set_in(latest.get(profile)), at).left_out:
            raise Refused(
                N_(
                    "Đang có quá nhiều cảnh báo cùng lúc."
                    " Hãy báo hết nguy hiểm cho cảnh báo cũ, hoặc cập nhật cảnh báo đang phát."
                )
            )


def pages_of(sealed: bytes | None) -> list[str]:
    """The pages (by hash) that a set of our own, or one adopted, names."""
    alert_set = set_in(sealed)
    return sorted(_pages(alert_set.entries)) if alert_set else []


def _is_anything_due(store: Ledger, desk: SealingDesk, at: int) -> bool:
    with store.snapshot():
        live = store.alerts.live()
        if any(alert.is_over(at) for alert in live):
            return True
        return any(True for _ in _changed(store, desk, live, at))


def _changed(
    store: Ledger, desk: SealingDesk, live: Sequence[Alert], at: int
) -> Iterable[tuple[str, Sealed | None, Composed]]:
    """Profiles whose set should say something else than it does, with that set."""
    running = [alert for alert in live if not alert.is_over(at)]
    latest = {one.addressee: one for one in store.publications.of_kind(Kind.ALERTS)}
    # A profile that only another controller knows has a set as well.
    named = {profile for alert in running for profile in (*alert.pages, *alert.green)}
    for profile in sorted(named | latest.keys()):
        mark = latest.get(profile)
        composed = compose(running, profile, set_in(mark.sealed if mark else None), at)
        if _must_seal(mark, composed, desk.epoch):
            yield profile, mark, composed


def _must_seal(latest: Mark | None, composed: Composed, epoch: int) -> bool:
    if latest is None:
        return bool(composed.entries)
    return latest.says != composed.says or latest.epoch != epoch


def compose(alerts: Sequence[Alert], profile: str, latest: AlertSet | None, at: int) -> Composed:
    """Our own entries, then those from outside; when there is no room the last are left out."""
    running = [alert for alert in alerts if not alert.is_over(at)]
    entries = [_raw(entry) for entry in own_entries(running, profile)]
    entries += carried_entries(latest, running, at=at)
    fitting: list[msgspec.Raw] = []
    room = ROOM
    for entry in filter(None, entries):
        room -= len(bytes(entry)) + 1
        if room < 0 or len(fitting) == MAX_ALERTS:
            break
        fitting.append(entry)
    return Composed(
        entries=fitting, pages=frozenset(_pages(fitting)), left_out=len(entries) - len(fitting)
    )


def _raw(entry: SealedEntry) -> msgspec.Raw | None:
    try:
        return documents.raw(entry)
    except Unreadable:
        return None  # one alert that no player could read must not hide all the others


def _commit(
    store: Ledger,
    desk: SealingDesk,
    profile: str,
    latest: Sealed | None,
    composed: Composed,
    at: int,
) -> PublishedSet:
    if composed.left_out:
        log.error("not all alerts fit into a set", profile=profile, left_out=composed.left_out)
    before = set(pages_of(latest.sealed if latest else None))
    sealed = desk.prepare(
        kind=Kind.ALERTS,
        topic=topics.alerts(desk.fleet, profile),
        addressee=profile,
        says=composed.says,
        document=lambda header: AlertSet(**header, profile=profile, entries=composed.entries),
        at=at,
        last=latest,
    )
    store.publications.commit(sealed)
    store.publications.publish_blobs({f"alerts:{profile}": composed.pages})
    return PublishedSet(
        sealed=sealed,
        profile=profile,
        new_pages=sorted(composed.pages - before),
        old_pages=sorted(before - composed.pages),
    )


def set_in(sealed: bytes | None) -> AlertSet | None:
    """The set in bytes of our own database, where they were verified when they were kept."""
    if sealed is None:
        return None
    envelope: Mapping[str, object] = msgspec.json.decode(sealed, type=dict[str, object])
    return documents.decode(base64.b64decode(str(envelope["payload"])), AlertSet)


def _pages(entries: Sequence[msgspec.Raw]) -> set[str]:
    known, _ = documents.alert_entries(entries)
    return {page.blob.sha256 for entry in known for page in entry.pages}


def end(store: Ledger, ended: Alert, at: int, *, by: str) -> None:
    store.alerts.save(ended, by=by, at=at)
    record(store, ended, "alert.ended", at, by=by)


def record(store: Ledger, alert: Alert, act: str, at: int, *, by: str) -> None:
    detail = {"revision": alert.revision, "headline": alert.words.headline}
    store.audit.record(who=by, act=act, subject=f"alert:{alert.id}", at=at, detail=detail)
