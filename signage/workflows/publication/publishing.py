"""Seals what each display should show where it differs from last time; the worker sends it."""

from collections.abc import Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec
import structlog

from players.contract import documents, topics
from players.contract.limits import DAY, MAX_AHEAD, SECOND
from players.contract.manifest import Manifest, PlaylistEntry
from players.contract.signature import Kind
from signage.domain.programme import Missing
from signage.store import Store
from signage.store.documents import from_text, to_text
from signage.store.publications import Mark, Sealed
from signage.workflows.publication.safe_slides import safe_slides
from signage.workflows.publication.sealing import SealingDesk, TooMuch, hash_of
from signage.workflows.publication.wanted import MANIFEST_LIFE, Outcome, Plan, Shelf, wanted_of

log = structlog.get_logger()

RENEW_WHEN_LEFT = 30 * DAY
RESEND_AFTER = 15 * SECOND
AT_ONCE = 250
"""Manifests kept in one transaction: others, and first of all alerts, wait for the write lock."""

HELD = "publishing is held"
"""Name of the note that says why the worker publishes nothing (rule R)."""
FLOORS = "serials on the air"
"""Name of the note with the `Floor` of each topic that was ahead of the database (rule R)."""
MISSING = "missing"
FAILED = "failed"

T = TypeVar("T")


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    """The serial found on the air of a topic, and since when (UTC ms) the database goes before."""

    serial: int
    since: int


def publish_changes(store: Store, desk: SealingDesk, *, zone: ZoneInfo, at: int) -> list[Sealed]:
    """Seal a manifest for each display whose wanted state changed or grows old; caller sends.

    Nothing unchanged is sealed again. A display whose manifest can't be made keeps the one it has,
    and one with more entries than fit gets the foremost: `failures` says so. Raises ClockWrong.
    Approved pictures are in the store: nothing is rendered but safe slides that are missing.
    """
    if store.publications.note(HELD):
        return []
    desk.check_clock(store, at)
    plan = Plan(store, fleet=desk.fleet, zone=zone, at=at)
    changed, missing, failed = _changes(store, plan, epoch=desk.epoch)
    sealed: list[Sealed] = []
    for start in range(0, len(changed), AT_ONCE):
        sealed += _seal(store, desk, plan, changed[start : start + AT_ONCE], failed)
    _note(store, missing, failed)
    return sealed


def missing(store: Store) -> list[Missing]:
    """Schedule entries that some profile can't show, as of the last round (rule A)."""
    return _noted(store, MISSING, list[Missing], [])


def failures(store: Store) -> dict[str, str]:
    """Why a display is not shown all that it should, by display; English."""
    return _noted(store, FAILED, dict[str, str], {})


def to_resend(store: Store, fleet: str, *, at: int) -> list[Sealed]:
    """Documents that a player on the air does not hold although they were sent some time ago.

    Players repeat their status, so a retained message that a broker lost heals by itself.
    """
    marks = store.publications.marks(Kind.MANIFEST)
    stale = []
    for display, reported in store.reports.statuses().items():
        mark = marks.get(topics.manifest(fleet, display))
        if mark is None or at - mark.resent_at < RESEND_AFTER or not reported.status.connected:
            continue
        held = reported.status.holds.get(Kind.MANIFEST.value)
        told = reported.received_at > mark.resent_at + SECOND
        if told and (held is None or held.serial < mark.serial):
            stale.append(mark.topic)
    if not stale:
        return []
    with store.transaction():
        store.publications.note_resent(stale, at)
        newest = [store.publications.latest(topic) for topic in stale]
    return [document for document in newest if document]


def wiped(store: Store, fleet: str) -> list[str]:
    """Retired displays whose player says that it holds the retired manifest, and so is wiped."""
    marks = store.publications.marks(Kind.MANIFEST)
    statuses = store.reports.statuses()
    done = []
    for display in store.displays.all(retired=True):
        mark = marks.get(topics.manifest(fleet, display.id))
        reported = statuses.get(display.id)
        if display.retired_at is None or mark is None or reported is None:
            continue
        held = reported.status.holds.get(Kind.MANIFEST.value)
        if mark.issued_at >= display.retired_at and held and held.serial >= mark.serial:
            done.append(display.id)
    return done


def forget(store: Store, fleet: str, display: str) -> None:
    """Drop what was published for a display whose topics have been cleared (rule E)."""
    with store.transaction():
        store.publications.forget(topics.manifest(fleet, display))
        store.publications.forget(topics.plays_ack(fleet, display))
        store.publications.publish_blobs({_addressee(display): []})


def floors(store: Store) -> dict[str, Floor]:
    """The topics that were ahead of the database when somebody released it (rule R)."""
    return _noted(store, FLOORS, dict[str, Floor], {})


def _changes(
    store: Store, plan: Plan, *, epoch: int
) -> tuple[list[tuple[Outcome, int]], list[Missing], dict[str, str]]:
    """Outcomes to seal, each with a serial to stay above; what is missing; why displays failed."""
    # A display that was never published, or has been forgotten, needs no retired manifest.
    displays = [d for d in plan.displays if d.retired_at is None or plan.topic(d) in plan.marks]
    slides = safe_slides(store, displays, plan.profiles, plan.units)
    shelf, above = Shelf(store), floors(store)
    changed, missing, failed = [], list[Missing](), dict[str, str]()
    for display in displays:
        try:
            outcome = wanted_of(plan, shelf, display, slides[display.id])
        except (LookupError, ValueError) as error:
            failed[display.id] = f"{type(error).__name__}: {error}"
            continue
        missing += outcome.missing
        mark, floor = plan.marks.get(plan.topic(display)), above.get(plan.topic(display))
        if _must_seal(mark, floor, outcome, epoch, plan.at):
            # A serial from the future binds no player: it would only be carried on (rule T).
            on_air = floor.serial if floor else 0
            changed.append((outcome, on_air if on_air <= plan.at + MAX_AHEAD else 0))
    return changed, missing, failed


def _must_seal(
    mark: Mark | None, floor: Floor | None, outcome: Outcome, epoch: int, at: int
) -> bool:
    if mark is None or mark.epoch != epoch or mark.issued_at < (floor.since if floor else 0):
        return True
    grows_old = mark.issued_at + MANIFEST_LIFE - at < RENEW_WHEN_LEFT
    return grows_old or mark.says != hash_of(outcome.wanted)


def _seal(
    store: Store,
    desk: SealingDesk,
    plan: Plan,
    changed: Sequence[tuple[Outcome, int]],
    failed: dict[str, str],
) -> list[Sealed]:
    """Seal outside the write lock, then keep all together."""
    sealed: list[Sealed] = []
    named = {}
    for outcome, floor in changed:
        display, wanted = outcome.display.id, outcome.wanted
        try:
            one, left = _sealed(desk, plan, outcome, floor)
        except TooMuch as error:
            failed[display] = str(error)
            continue
        if left:
            failed[display] = f"{left} of {len(wanted.entries)} schedule entries do not fit"
        sealed.append(one)
        named[_addressee(display)] = outcome.named
    with store.transaction():
        marks = store.publications.marks(Kind.MANIFEST)
        if any(marks.get(one.topic) != plan.marks.get(one.topic) for one in sealed):
            raise RuntimeError("another worker publishes from this database: only one may run")
        store.publications.commit(*sealed)
        store.publications.publish_blobs(named)
    return sealed


def _sealed(desk: SealingDesk, plan: Plan, outcome: Outcome, floor: int) -> tuple[Sealed, int]:
    """The manifest, and how many entries are left out: those of the least priority.

    A manifest that does not fit must not keep what was withdrawn on the air.
    """
    entries = outcome.wanted.entries
    while True:
        try:
            sealed = _with_entries(desk, plan, outcome, entries, floor)
        except TooMuch:
            if not entries:
                raise
            entries = entries[: len(entries) * 9 // 10]
        else:
            return sealed, len(outcome.wanted.entries) - len(entries)


def _with_entries(
    desk: SealingDesk, plan: Plan, outcome: Outcome, entries: list[PlaylistEntry], floor: int
) -> Sealed:
    wanted, topic = outcome.wanted, plan.topic(outcome.display)
    return desk.prepare(
        kind=Kind.MANIFEST,
        topic=topic,
        addressee=outcome.display.id,
        says=hash_of(wanted),
        document=lambda header: Manifest(
            **header,
            display=wanted.display,
            groups=wanted.groups,
            profile=wanted.profile,
            width=wanted.width,
            height=wanted.height,
            valid_until=plan.at + MANIFEST_LIFE,
            utc_offsets=plan.offsets,
            entries=[documents.raw(entry) for entry in entries],
            safe=wanted.safe,
            fallbacks=wanted.fallbacks,
            light=wanted.light,
            panel=wanted.panel,
            sound=wanted.sound,
            retired=wanted.retired,
        ),
        at=plan.at,
        last=plan.marks.get(topic),
        above=floor,
    )


def _addressee(display: str) -> str:
    return f"display:{display}"


def _note(store: Store, missing: list[Missing], failed: dict[str, str]) -> None:
    """Keep what is missing and what failed, for the pages; the log tells a failure once."""
    before = failures(store)
    for display, why in failed.items():
        if before.get(display) != why:
            log.warning("manifest not published, the old one stays", display=display, why=why)
    texts = {
        MISSING: to_text(missing) if missing else None,
        FAILED: to_text(failed) if failed else None,
    }
    new = {name: text for name, text in texts.items() if store.publications.note(name) != text}
    if new:
        with store.transaction():
            for name, text in new.items():
                store.publications.keep_note(name, text)


def _noted(store: Store, name: str, shape: type[T], nothing: T) -> T:
    text = store.publications.note(name)
    try:
        return nothing if text is None else from_text(text, shape)
    except msgspec.DecodeError:
        return nothing  # kept by another version of this program
