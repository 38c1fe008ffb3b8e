"""The programme: which approved content one display should show, and when, before it is sealed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain

import msgspec

from players.contract import SCHEMA, documents
from players.contract.playlist import (
    CUT,
    FILM_TYPE,
    Item,
    PlaylistDocument,
    SlideItem,
    Ticker,
    VideoItem,
    Zone,
)
from players.contract.types import Area, BlobRef
from players.contract.widgets import LUNAR_FIELDS, LunarMonth
from signage.domain.arrangement import MAIN, areas_of
from signage.domain.display import Display, Profile
from signage.domain.expiry import expiry_of
from signage.domain.lunar import months_from
from signage.domain.rendition import FilmCopy, PageFile, Rendition
from signage.domain.review import Submission
from signage.domain.schedule import ScheduleEntry, covers
from signage.domain.slide import Slide, slide_hash, ticker_hash
from signage.domain.video import shown_ms

ALONE_SECONDS = 60
"""A playlist of ticker lines alone has one picture under them; this is how long it lasts."""

LUNAR_YEARS = 5
"""How many years ahead a playlist knows the lunar days."""

MakeDocument = Callable[[Submission, Profile, BlobRef], PlaylistDocument | None]


class NotDrawn(Exception):
    """Nobody has approved pictures of a submission for a profile (rule A)."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One schedule entry as a display will show it: the approved submission and its document."""

    entry: ScheduleEntry
    submission: Submission
    document: PlaylistDocument


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that can't be shown on a profile: nobody has approved pictures for it (rule A)."""

    entry: str
    submission: str
    profile: str


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """All that is scheduled on one display from now on, and what is missing for it."""

    shown: list[Shown]
    missing: list[Missing]


def document_of(submission: Submission, profile: Profile, safe: BlobRef) -> PlaylistDocument | None:
    """Return the submission as a player reads it, less what was withdrawn; None when empty.

    `safe` lies under a playlist that consists of ticker lines alone. Raises NotDrawn unless every
    picture was approved for exactly this profile.
    """
    if not submission.is_drawn_for(profile):
        raise NotDrawn(profile.id)
    zones = _zones(submission, profile)
    items, ticker = zones.pop(MAIN, []), _ticker(submission, profile)
    if is_ticker_alone(submission) and ticker is not None:
        items = [SlideItem(id="ticker", blob=safe, seconds=ALONE_SECONDS)]
    if not items:
        return None
    areas = areas_on(submission, profile)
    return PlaylistDocument(
        schema=SCHEMA,
        id=submission.id,
        title=submission.document.title[:200],
        items=[documents.raw(item) for item in items],
        ticker=ticker,
        area=areas.get(MAIN) if len(areas) > 1 else None,
        zones=[
            Zone(id=zone, area=areas[zone], items=[documents.raw(item) for item in beside])
            for zone, beside in zones.items()
        ],
        lunar=_lunar(submission, [*items, *chain(*zones.values())]),
    )


def _zones(submission: Submission, profile: Profile) -> dict[str, list[Item]]:
    """What takes turns in each zone, less what was withdrawn."""
    transition = CUT if profile.traffic else submission.document.staging.transition
    zones: dict[str, list[Item]] = {}
    for slide in submission.document.spoken():
        rendition = submission.rendition(slide_hash(slide), profile.id)
        if rendition is not None and submission.shows(slide):
            zones.setdefault(slide.zone, []).extend(_items(slide, rendition, transition))
    return zones


def areas_on(submission: Submission, profile: Profile) -> dict[str, Area]:
    """Return where each zone stands: of the sizes at which its slides were drawn and approved."""
    sizes = {}
    for slide in submission.document.spoken():
        if rendition := submission.rendition(slide_hash(slide), profile.id):
            sizes[slide.zone] = (rendition.area_w, rendition.area_h)
    return areas_of(sizes)


def _lunar(submission: Submission, items: Iterable[Item]) -> list[LunarMonth]:
    """The lunar calendar of the years to come, where a widget tells the lunar day."""
    said = {token for item in items for widget in item.widgets for token in widget.says}
    if said.isdisjoint(LUNAR_FIELDS):
        return []
    first = datetime.fromtimestamp(submission.submitted_at / 1000, UTC).date()
    return months_from(first, LUNAR_YEARS)


def programme_of(
    display: Display,
    *,
    profile: Profile,
    unit_chain: Sequence[str],
    entries: Iterable[ScheduleEntry],
    on_air: Mapping[str, Submission],
    safe: BlobRef,
    document: MakeDocument = document_of,
) -> Programme:
    """Work out the programme of `display`; `on_air` is the approved submission of each playlist.

    `document` makes the document of a submission; it may keep what it made for other displays.
    """
    shown: list[Shown] = []
    missing: list[Missing] = []
    for entry in sorted(entries, key=lambda entry: (-entry.priority, entry.id)):
        submission = on_air.get(entry.playlist)
        if submission is None or not covers(entry.targets, display, unit_chain):
            continue
        try:
            made = document(submission, profile, safe)
        except NotDrawn:
            missing.append(Missing(entry=entry.id, submission=submission.id, profile=profile.id))
            continue
        if made is not None:
            shown.append(Shown(entry=entry, submission=submission, document=made))
    return Programme(shown=shown, missing=missing)


def is_ticker_alone(submission: Submission) -> bool:
    """Say whether the playlist has no slide, so that the safe slide lies under its ticker."""
    return not submission.document.slides


def _items(slide: Slide, rendition: Rendition, transition: str) -> Sequence[Item]:
    """Return the pages of one spoken slide; each stays for all of its seconds. Or its film."""
    if rendition.film is not None:
        return [_film(slide, rendition, rendition.film, transition)]
    names = [slide.page_id, *(f"{slide.page_id}.{at + 2}" for at in range(len(rendition.further)))]
    return [
        SlideItem(
            id=name,
            blob=ref(page),
            seconds=slide.seconds,
            transition=transition,
            expires=expiry_of(slide),
            widgets=list(rendition.widgets) if page is rendition else [],
        )
        for name, page in zip(names, rendition.pages, strict=True)
    ]


def ref(rendition: Rendition | PageFile) -> BlobRef:
    """Return how documents name this picture."""
    return BlobRef(
        sha256=rendition.blob,
        bytes=rendition.bytes,
        media_type=rendition.media_type,
        width=rendition.width,
        height=rendition.height,
    )


def _film(slide: Slide, rendition: Rendition, film: FilmCopy, transition: str) -> VideoItem:
    return VideoItem(
        id=slide.page_id,
        poster=ref(rendition),
        film=BlobRef(
            sha256=film.blob,
            bytes=film.bytes,
            media_type=FILM_TYPE,
            width=rendition.width,
            height=rendition.height,
        ),
        length_ms=film.length_ms,
        shown_ms=shown_ms(slide.seconds, film.length_ms),
        sound=film.sound,
        transition=transition,
    )


def _ticker(submission: Submission, profile: Profile) -> Ticker | None:
    lines = submission.document.tickers
    if not lines or submission.is_withdrawn(ticker_hash(lines)):
        return None
    strip = submission.rendition(ticker_hash(lines), profile.id)
    return Ticker(blob=ref(strip), step=strip.step, every=max(strip.every, 1)) if strip else None
