"""Works out what each display should show, and seals what differs from last time."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from players.contract import documents, topics
from players.contract.limits import DAY, HOUR, SECOND
from players.contract.manifest import Manifest, PlaylistEntry, UtcOffset, Wanted
from players.contract.playlist import PlaylistDocument
from players.contract.signature import Kind
from players.contract.types import BlobRef
from signage.domain.display import Display, Profile
from signage.domain.programme import Missing, programme_of, ref
from signage.domain.rendition import Rendition
from signage.domain.review import Submission
from signage.domain.schedule import ScheduleEntry
from signage.domain.units import chain_of
from signage.render.fallback import render_safe
from signage.store import Store
from signage.store.documents import to_text
from signage.store.publications import Sealed
from signage.workflows.sealing import SealingDesk, TooMuch, hash_of

log = structlog.get_logger()

MANIFEST_LIFE = 45 * DAY
RENEW_WHEN_LEFT = 30 * DAY
RESEND_AFTER = 15 * SECOND
HELD = "publishing is held"
"""Name of the note that says why the worker publishes nothing (rule R)."""


class Plan:
    """One reading of the store: everything that programmes are worked out from."""

    def __init__(self, store: Store, *, zone: ZoneInfo, at: int) -> None:
        with store.snapshot():
            self.displays = store.displays.all(retired=True)
            self.profiles = store.profiles.by_id()
            self.units = store.units.by_id()
            day = datetime.fromtimestamp(at / 1000, zone).date().isoformat()
            self.entries: list[ScheduleEntry] = store.schedule.live_from(day)
            self.on_air: Mapping[str, Submission] = {
                submission.playlist: submission for submission in store.submissions.approved()
            }
        self.zone = zone
        self.at = at


def publish_changes(store: Store, desk: SealingDesk, *, zone: ZoneInfo, at: int) -> list[Sealed]:
    """Seal a manifest for each display whose wanted state changed or grows old; caller sends.

    Nothing unchanged is sealed again. Raises ClockWrong. Rendering nothing: approved pictures are
    in the store, only missing safe slides are drawn.
    """
    if store.publications.note(HELD):
        return []
    desk.check_clock(store, at)
    plan = Plan(store, zone=zone, at=at)
    changed: list[tuple[Display, Wanted, dict[str, PlaylistDocument]]] = []
    missing: list[Missing] = []
    for display in plan.displays:
        wanted, playlists, gaps = wanted_of(store, plan, display)
        missing += gaps
        latest = store.publications.latest(topics.manifest(desk.fleet, display.id))
        if latest is None and wanted.retired:
            continue
        if latest and latest.says == hash_of(wanted) and not _is_old(latest, at):
            continue
        changed.append((display, wanted, playlists))
    sealed = []
    with store.transaction():
        for display, wanted, playlists in changed:
            try:
                sealed.append(_commit(store, desk, display, wanted, playlists, plan))
            except TooMuch as error:
                log.warning(
                    "manifest not published, the old one stays", display=display.id, why=str(error)
                )
        store.publications.keep_note("missing", to_text(missing) if missing else None)
    return sealed


def wanted_of(
    store: Store, plan: Plan, display: Display
) -> tuple[Wanted, dict[str, PlaylistDocument], list[Missing]]:
    """Work out what `display` should show, its playlist documents by hash, and what is missing."""
    profile = plan.profiles[display.profile]
    chain = chain_of(display.unit, plan.units)
    safe = safe_slide(store, display, profile, plan.units[display.unit].name)
    live = display.retired_at is None
    programme = programme_of(
        display,
        profile=profile,
        unit_chain=chain,
        entries=plan.entries if live else [],
        on_air=plan.on_air,
        safe=safe,
    )
    playlists: dict[str, PlaylistDocument] = {}
    entries = []
    for shown in programme.shown:
        data = documents.encode(shown.document)
        sha256 = hashlib.sha256(data).hexdigest()
        if not store.blobs.has(sha256):
            store.blobs.put(data)
        playlists[sha256] = shown.document
        entries.append(
            PlaylistEntry(
                id=shown.entry.id,
                priority=shown.entry.priority,
                first_date=shown.entry.first_date,
                last_date=shown.entry.last_date,
                dayparts=[shown.entry.daypart],
                document=BlobRef(
                    sha256=sha256, bytes=len(data), media_type=documents.DOCUMENT_TYPE
                ),
            )
        )
    wanted = Wanted(
        display=display.id,
        groups=[*(f"unit:{unit}" for unit in chain), *(f"tag:{tag}" for tag in display.tags)],
        profile=profile.id,
        width=profile.width,
        height=profile.height,
        utc_minutes=[row.minutes for row in offsets(plan.zone, plan.at, MANIFEST_LIFE)],
        entries=entries,
        safe=safe,
        retired=not live,
    )
    return wanted, playlists, programme.missing


def safe_slide(store: Store, display: Display, profile: Profile, unit_name: str) -> BlobRef:
    """Return the display's own safe slide, drawn once and kept: PNG bytes can't be made again."""
    subject = hashlib.sha256(f"safe\n{display.name}\n{unit_name}".encode()).hexdigest()
    kept = store.renditions.find(subject, profile.id, profile.size)
    if kept is None:
        frame = render_safe(profile, display.name, unit_name)
        kept = Rendition(
            subject_hash=subject,
            kind="slide",
            profile=profile.id,
            area_w=profile.width,
            area_h=profile.height,
            blob=store.blobs.put(frame.bytes),
            media_type=frame.media_type,
            width=frame.width,
            height=frame.height,
            bytes=len(frame.bytes),
        )
        with store.transaction():
            store.renditions.save(kept)
    return ref(kept)


def to_resend(store: Store, fleet: str, *, at: int) -> list[Sealed]:
    """Documents that a player on the air does not hold although they were sent some time ago.

    Players repeat their status, so a retained message that a broker lost heals by itself.
    """
    stale: dict[str, Sealed] = {}
    for display, reported in store.reports.statuses().items():
        latest = store.publications.latest(topics.manifest(fleet, display))
        if latest is None or at - latest.resent_at < RESEND_AFTER:
            continue
        held = reported.status.holds.get(Kind.MANIFEST.value)
        told = reported.received_at > latest.resent_at + SECOND
        if told and (held is None or held.serial < latest.serial) and reported.status.connected:
            stale[latest.topic] = latest
    with store.transaction():
        for topic in stale:
            store.publications.note_resent(topic, at)
    return list(stale.values())


def offsets(zone: ZoneInfo, at: int, life: int) -> list[UtcOffset]:
    """The table of UTC offsets from `at` on; a row for each change, found to the hour."""
    rows: list[UtcOffset] = []
    for hour in range(life // HOUR + 1):
        moment = at + hour * HOUR
        shift = datetime.fromtimestamp(moment / 1000, UTC).astimezone(zone).utcoffset()
        minutes = (shift or timedelta()) // timedelta(minutes=1)
        if not rows or rows[-1].minutes != minutes:
            begins = 0 if not rows else moment // HOUR * HOUR
            rows.append(UtcOffset(begins_at=begins, minutes=minutes))
    return rows


def _is_old(latest: Sealed, at: int) -> bool:
    return latest.issued_at + MANIFEST_LIFE - at < RENEW_WHEN_LEFT


def _commit(
    store: Store,
    desk: SealingDesk,
    display: Display,
    wanted: Wanted,
    playlists: Mapping[str, PlaylistDocument],
    plan: Plan,
) -> Sealed:
    named = {wanted.safe.sha256, *playlists}
    for playlist in playlists.values():
        items, _ = documents.slide_items(playlist.items)
        named |= {item.blob.sha256 for item in items}
        named |= {playlist.ticker.blob.sha256} if playlist.ticker else set()
    sealed = desk.commit(
        store,
        kind=Kind.MANIFEST,
        topic=topics.manifest(desk.fleet, display.id),
        addressee=display.id,
        says=hash_of(wanted),
        document=lambda header: Manifest(
            **header,
            display=wanted.display,
            groups=wanted.groups,
            profile=wanted.profile,
            width=wanted.width,
            height=wanted.height,
            valid_until=plan.at + MANIFEST_LIFE,
            utc_offsets=offsets(plan.zone, plan.at, MANIFEST_LIFE),
            entries=[documents.raw(entry) for entry in wanted.entries],
            safe=wanted.safe,
            retired=wanted.retired,
        ),
        at=plan.at,
    )
    store.publications.publish_blobs(f"display:{display.id}", named)
    return sealed
