"""From running alerts to the sealed set of each profile, and back when one was raised elsewhere."""

from collections import defaultdict

import msgspec

from players.contract import documents, topics
from players.contract.alerts import Alert as SealedAlert
from players.contract.alerts import AlertSet, AllClear, Page
from players.contract.keys import KeyList
from players.contract.limits import MAX_ALERTS
from players.contract.signature import Kind, Unsealed, open_sealed
from players.contract.types import BlobRef
from signage.domain.alert import (
    ALL_CLEAR_BODY,
    GREEN_PAGE_TIME,
    Alert,
    AlertPage,
    AlertState,
    AlertWords,
    Pages,
    covers_of,
    displays_covered,
    targets_of,
)
from signage.domain.units import chain_of
from signage.store import Store
from signage.store.publications import Sealed
from signage.workflows.sealing import SealingDesk, hash_of

BY_SEALER = "sealer"
OUTSIDE = "outside"


class PublishedSet(msgspec.Struct, frozen=True, kw_only=True):
    """A newly sealed set and the pages (by hash) that players may lack; pages go out first."""

    sealed: Sealed
    profile: str
    new_pages: list[str]
    old_pages: list[str]


def publish_sets(store: Store, desk: SealingDesk, *, at: int) -> list[PublishedSet]:
    """End what is over; seal the set of each profile whose content changed. Raises ClockWrong."""
    desk.check_clock(store, at)
    live = store.alerts.live()
    over = [alert for alert in live if alert.is_over(at)]
    running = [alert for alert in live if not alert.is_over(at)]
    published = []
    with store.transaction():
        for alert in over:
            _end(store, alert, at)
        for profile, entries in _entries(store, running).items():
            latest = store.publications.latest(topics.alerts(desk.fleet, profile))
            says = hash_of([documents.encode(entry).decode() for entry in entries])
            if (latest is None and not entries) or (latest and latest.says == says):
                continue
            published.append(_commit(store, desk, profile, entries, says, at))
    return published


def adopt(
    store: Store, key_list: KeyList, *, fleet: str, topic: str, sealed: bytes, at: int
) -> AlertSet | None:
    """Take over a validly sealed set that is newer than what the store knows (rule R).

    Another controller or the command line has raised or cleared something: that is a change from
    outside, never to be overwritten. Returns the set when it was adopted.
    """
    try:
        payload, _ = open_sealed(sealed, Kind.ALERTS, key_list.trusted_for(Kind.ALERTS, at))
        alert_set = documents.decode(payload, AlertSet)
    except Unsealed:
        return None
    if alert_set.fleet != fleet or topic != topics.alerts(fleet, alert_set.profile):
        return None
    with store.transaction():
        latest = store.publications.latest(topic)
        if latest and latest.serial >= alert_set.serial:
            return None
        entries, _ = documents.alert_entries(alert_set.entries)
        for entry in entries:
            _take_over(store, alert_set.profile, entry, at)
        _drop_missing(store, alert_set, {entry.id for entry in entries}, at)
        store.publications.commit(
            Sealed(
                topic=topic,
                kind=Kind.ALERTS.value,
                addressee=alert_set.profile,
                epoch=alert_set.epoch,
                serial=alert_set.serial,
                issued_at=alert_set.issued_at,
                says=OUTSIDE,
                sealed=sealed,
                resent_at=at,
            )
        )
    return alert_set


def _entries(store: Store, running: list[Alert]) -> dict[str, list[SealedAlert | AllClear]]:
    """The entries of every profile; profiles with nothing running have an empty list."""
    units = store.units.by_id()
    chains = {unit: chain_of(unit, units) for unit in units}
    displays = store.displays.all()
    by_profile: dict[str, list[SealedAlert | AllClear]] = defaultdict(list)
    for profile in store.profiles.by_id():
        by_profile[profile] = []
    for alert in sorted(running, key=lambda alert: alert.raised_at or 0, reverse=True):
        covered = {d.profile for d in displays_covered(alert.targets, displays, chains)}
        for profile in covered | (set(alert.pages) if alert.outside else set()):
            pages = (alert.green if alert.state is AlertState.CLEARED else alert.pages).get(profile)
            if pages and len(by_profile[profile]) < MAX_ALERTS:
                by_profile[profile].append(_entry(alert, pages))
    return by_profile


def _entry(alert: Alert, pages: list[AlertPage]) -> SealedAlert | AllClear:
    over = alert.state is AlertState.CLEARED
    return (AllClear if over else SealedAlert)(
        id=alert.id,
        revision=alert.revision,
        covers=covers_of(alert.targets),
        level=alert.words.level,
        raised_at=alert.raised_at or alert.created_at,
        begins_at=alert.begins_at,
        expires_at=alert.green_until if over else alert.expires_at,
        headline=alert.words.headline,
        # Shown plainly until a page arrives: "evacuate now" must not stand under an all clear.
        text=f"{alert.words.area}\n{ALL_CLEAR_BODY if over else alert.words.body}".strip(),
        sender=alert.words.sender,
        pages=[Page(blob=_ref(page), seconds=page.seconds) for page in pages],
    )


def _commit(
    store: Store,
    desk: SealingDesk,
    profile: str,
    entries: list[SealedAlert | AllClear],
    says: str,
    at: int,
) -> PublishedSet:
    topic = topics.alerts(desk.fleet, profile)
    named = {page.blob.sha256 for entry in entries for page in entry.pages}
    before = _named_in(store.publications.sealed(topic))
    sealed = desk.commit(
        store,
        kind=Kind.ALERTS,
        topic=topic,
        addressee=profile,
        says=says,
        document=lambda header: AlertSet(
            **header, profile=profile, entries=[documents.raw(entry) for entry in entries]
        ),
        at=at,
    )
    store.publications.publish_blobs({f"alerts:{profile}": named})
    return PublishedSet(
        sealed=sealed,
        profile=profile,
        new_pages=sorted(named - before),
        old_pages=sorted(before - named),
    )


def pages_of(sealed: bytes) -> list[str]:
    """The pages (by hash) that a set of our own names."""
    return sorted(_named_in(sealed))


def _named_in(sealed: bytes | None) -> set[str]:
    if sealed is None:
        return set()
    payload = msgspec.json.decode(sealed, type=dict[str, object])["payload"]
    alert_set = documents.decode(msgspec.json.decode(f'"{payload}"', type=bytes), AlertSet)
    entries, _ = documents.alert_entries(alert_set.entries)
    return {page.blob.sha256 for entry in entries for page in entry.pages}


def _end(store: Store, alert: Alert, at: int) -> None:
    store.alerts.save(alert.ended(), by=BY_SEALER, at=at)
    store.audit.record(who=BY_SEALER, act="alert.ended", subject=f"alert:{alert.id}", at=at)


def _take_over(store: Store, profile: str, entry: SealedAlert | AllClear, at: int) -> None:
    known = store.alerts.get(entry.id)
    if known and known.revision > entry.revision:
        return
    over = isinstance(entry, AllClear)
    pages: Pages = {profile: [_page(page) for page in entry.pages]}
    before = known.green if known and over else known.pages if known else {}
    pages = {**before, **pages}
    area, _, body = entry.text.partition("\n")
    alert = Alert(
        id=entry.id,
        revision=entry.revision,
        state=AlertState.CLEARED if over else AlertState.RAISED,
        words=AlertWords(
            headline=entry.headline, body=body, area=area, sender=entry.sender, level=entry.level
        ),
        targets=targets_of(entry.covers),
        begins_at=entry.begins_at,
        expires_at=entry.expires_at,
        pages=(known.pages if known else {}) if over else pages,
        green=pages if over else (known.green if known else {}),
        created_by=known.created_by if known else OUTSIDE,
        created_at=known.created_at if known else entry.raised_at,
        raised_at=entry.raised_at,
        revised_at=entry.begins_at,
        cleared_at=entry.begins_at if over else None,
        green_for=entry.expires_at - entry.begins_at if over else GREEN_PAGE_TIME,
        outside=True,
    )
    store.alerts.save(alert, by=OUTSIDE, at=at)
    store.audit.record(who=OUTSIDE, act="alert.adopted", subject=f"alert:{alert.id}", at=at)


def _drop_missing(store: Store, alert_set: AlertSet, named: set[str], at: int) -> None:
    """End alerts of this profile that the newer set does not name: they were cleared outside."""
    for alert in store.alerts.live():
        if alert_set.profile in alert.pages and alert.id not in named:
            _end(store, alert, at)


def _ref(page: AlertPage) -> BlobRef:
    return BlobRef(
        sha256=page.blob,
        bytes=page.bytes,
        media_type=page.media_type,
        width=page.width,
        height=page.height,
    )


def _page(page: Page) -> AlertPage:
    blob = page.blob
    return AlertPage(
        blob=blob.sha256,
        media_type=blob.media_type,
        width=blob.width,
        height=blob.height,
        bytes=blob.bytes,
        seconds=page.seconds,
    )
