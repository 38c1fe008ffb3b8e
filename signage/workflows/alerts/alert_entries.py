"""Alerts as entries of sealed sets, and entries from outside as alerts of our own."""

from collections.abc import Iterable, Sequence

import msgspec

from players.contract import documents
from players.contract.alerts import ATTENTION, AlertSet, AllClear, AnyAlert, Bulletin, Page
from players.contract.alerts import Alert as SealedAlert
from players.contract.types import BlobRef
from signage.domain.alert import (
    ALL_CLEAR_BODY,
    GREEN_PAGE_TIME,
    Alert,
    AlertPage,
    AlertState,
    AlertWords,
    covers_of,
    targets_of,
)

OUTSIDE = "outside"

SealedEntry = AnyAlert


class _Carried(msgspec.Struct):
    """What any entry must have to be carried on, also one of a kind that is not known here."""

    id: str
    expires_at: int


def own_entries(alerts: Iterable[Alert], profile: str) -> list[SealedEntry]:
    """The entries of our own alerts on a profile, the foremost first.

    Alerts whose newest revision was made outside are left out: they are carried on as they came.
    """
    entries = []
    for alert in sorted(alerts, key=_rank, reverse=True):
        pages = (alert.green if alert.state is AlertState.CLEARED else alert.pages).get(profile)
        # A priority bulletin took nothing over, so there is nothing to call over.
        silent = alert.words.in_programme and alert.state is AlertState.CLEARED
        if pages and not alert.outside and not silent:
            entries.append(entry_of(alert, pages))
    return entries


def carried_entries(
    sealed_set: AlertSet | None, alerts: Sequence[Alert], *, at: int
) -> list[msgspec.Raw]:
    """The entries from outside in the newest set of a profile, as they came, that still run.

    An entry of a kind that is not known here is from outside, too (rule V).
    """
    if sealed_set is None:
        return []
    outside = {alert.id for alert in alerts if alert.outside}
    known, _ = documents.alert_entries(sealed_set.entries)
    ours = {entry.id for entry in known} - outside
    carried = []
    for raw in sealed_set.entries:
        try:
            entry = msgspec.json.decode(bytes(raw), type=_Carried)
        except msgspec.DecodeError:
            continue
        if entry.id not in ours and entry.expires_at > at:
            carried.append(raw)
    return carried


def entry_of(alert: Alert, pages: Sequence[AlertPage]) -> SealedEntry:
    """The alert, or its green page when it is cleared, as players read it."""
    over = alert.state is AlertState.CLEARED
    running = Bulletin if alert.words.in_programme else SealedAlert
    is_heard = running is SealedAlert and alert.words.sound and not over
    return (AllClear if over else running)(
        **({"sound": ATTENTION} if is_heard else {}),
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
        pages=[sealed_page(page) for page in pages],
    )


def taken_over(known: Alert | None, profile: str, entry: SealedEntry) -> Alert | None:
    """What we know of an alert once `entry` has come from outside; None when that is nothing new.

    Our own newer revision stands; of two with the same number the one on the air does.
    """
    over = isinstance(entry, AllClear)
    state = AlertState.CLEARED if over else AlertState.RAISED
    pages = {profile: [page_of(page) for page in entry.pages]}
    if known and known.revision > entry.revision:
        return None
    if known and known.revision == entry.revision:
        shown = (known.green if over else known.pages).get(profile, [])
        same = known.state is state and entry_of(known, shown) == entry
        if same or known.state is AlertState.ENDED:
            return None
    shown_before = (known.pages, known.green) if known else ({}, {})
    area, _, body = entry.text.partition("\n")
    words = AlertWords(
        headline=entry.headline,
        body=body,
        area=area,
        sender=entry.sender,
        level=entry.level,
        in_programme=isinstance(entry, Bulletin),
        sound=isinstance(entry, SealedAlert) and entry.sound is not None,
    )
    if known and over:
        words = known.words  # the text of a green page says only that it is over
    return Alert(
        id=entry.id,
        revision=entry.revision,
        state=state,
        words=words,
        targets=targets_of(entry.covers),
        begins_at=entry.begins_at,
        expires_at=entry.expires_at,
        pages=shown_before[0] | ({} if over else pages),
        green=shown_before[1] | (pages if over else {}),
        created_by=known.created_by if known else OUTSIDE,
        created_at=known.created_at if known else entry.raised_at,
        raised_at=entry.raised_at,
        revised_at=entry.begins_at,
        cleared_at=entry.begins_at if over else None,
        green_for=entry.expires_at - entry.begins_at if over else GREEN_PAGE_TIME,
        outside=True,
    )


def without_profile(alert: Alert, profile: str) -> Alert:
    """The alert once a newer set from outside no longer names it on `profile`."""
    pages = {name: drawn for name, drawn in alert.pages.items() if name != profile}
    green = {name: drawn for name, drawn in alert.green.items() if name != profile}
    left = msgspec.structs.replace(alert, pages=pages, green=green)
    shown = left.green if left.state is AlertState.CLEARED else left.pages
    return left if shown else left.ended()


def _rank(alert: Alert) -> tuple[bool, bool, int, int, str]:
    """By class, then level, then time: the foremost has the best place when room is short."""
    return (
        alert.state is AlertState.RAISED,
        not alert.words.in_programme,
        alert.words.level,
        alert.revised_at or 0,
        alert.id,
    )


def sealed_page(page: AlertPage) -> Page:
    """The page as it stands in a sealed entry."""
    blob = BlobRef(
        sha256=page.blob,
        bytes=page.bytes,
        media_type=page.media_type,
        width=page.width,
        height=page.height,
    )
    return Page(blob=blob, seconds=page.seconds)


def page_of(page: Page) -> AlertPage:
    """The page of a sealed entry as one of our own."""
    blob = page.blob
    return AlertPage(
        blob=blob.sha256,
        media_type=blob.media_type,
        width=blob.width,
        height=blob.height,
        bytes=blob.bytes,
        seconds=page.seconds,
    )
