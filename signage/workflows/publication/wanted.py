"""Works out what each display should show, from one reading of the store."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from players.contract import documents, topics
from players.contract.limits import DAY
from players.contract.manifest import Light, PlaylistEntry, Wanted
from players.contract.playlist import PlaylistDocument
from players.contract.signature import Kind
from players.contract.types import BlobRef
from signage.domain.display import Display, Profile, Site
from signage.domain.offsets import offsets
from signage.domain.programme import (
    Missing,
    NotDrawn,
    document_of,
    is_ticker_alone,
    programme_of,
)
from signage.domain.review import Submission
from signage.domain.units import chain_of
from signage.store import Store
from signage.workflows.publication.safe_slides import Slides

MANIFEST_LIFE = 45 * DAY


class Filed(msgspec.Struct, frozen=True):
    """A playlist document among the blobs, and all blobs that a player needs to show it."""

    document: PlaylistDocument
    ref: BlobRef
    named: frozenset[str]


class Plan:
    """One reading of the store: everything that programmes are worked out from."""

    def __init__(self, store: Store, *, fleet: str, zone: ZoneInfo, at: int) -> None:
        day = datetime.fromtimestamp(at / 1000, zone).date().isoformat()
        with store.snapshot():
            self.displays = store.displays.all(retired=True)
            self.profiles = store.profiles.by_id()
            self.units = store.units.by_id()
            self.sites = {site.id: site for site in store.sites.all()}
            self.entries = store.schedule.live_from(day)
            approved = store.submissions.approved()
            self.marks = store.publications.marks(Kind.MANIFEST)
            self.panels = store.panels.all()
        self.on_air = {submission.playlist: submission for submission in approved}
        self.offsets = offsets(zone, at, MANIFEST_LIFE)
        self.fleet = fleet
        self.at = at

    def topic(self, display: Display) -> str:
        """The topic of the display's manifest."""
        return topics.manifest(self.fleet, display.id)


class Shelf:
    """The playlist documents of one reading: each is made and laid among the blobs once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._filed: dict[tuple[str, str, str], Filed | NotDrawn | None] = {}

    def document(
        self, submission: Submission, profile: Profile, safe: BlobRef
    ) -> PlaylistDocument | None:
        """Give the document as `document_of` does, or the one that was made before."""
        filed = self.filed(submission, profile, safe)
        return filed.document if filed else None

    def filed(self, submission: Submission, profile: Profile, safe: BlobRef) -> Filed | None:
        """Give the document with what it names; raises NotDrawn."""
        under = safe.sha256 if is_ticker_alone(submission) else ""
        key = (submission.id, profile.id, under)
        if key not in self._filed:
            try:
                made = document_of(submission, profile, safe)
                self._filed[key] = self._file(made) if made else None
            except NotDrawn as error:
                self._filed[key] = error
        found = self._filed[key]
        if isinstance(found, NotDrawn):
            raise found
        return found

    def _file(self, document: PlaylistDocument) -> Filed:
        data = documents.encode(document)
        sha256 = self._store.blobs.put(data)
        blobs = [*documents.blobs_of(document), *documents.films_of(document)]
        named = {sha256, *(blob.sha256 for blob in blobs)}
        size, kind = len(data), documents.DOCUMENT_TYPE
        return Filed(
            document, BlobRef(sha256=sha256, bytes=size, media_type=kind), frozenset(named)
        )


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a display should show, the blobs it needs for that, and what is missing for it."""

    display: Display
    wanted: Wanted
    named: frozenset[str]
    missing: list[Missing]


def wanted_of(plan: Plan, shelf: Shelf, display: Display, slides: Slides) -> Outcome:
    """Work out what `display` should show. Raises LookupError or ValueError when it can't be."""
    safe = slides.safe
    profile = plan.profiles[display.profile]
    chain = chain_of(display.unit, plan.units)
    live = display.retired_at is None
    programme = programme_of(
        display,
        profile=profile,
        unit_chain=chain,
        entries=plan.entries if live else [],
        on_air=plan.on_air,
        safe=safe,
        document=shelf.document,
    )
    named = set(slides.names())
    entries = []
    for shown in programme.shown:
        filed = shelf.filed(shown.submission, profile, safe)
        if filed is None:
            continue
        named |= filed.named
        entries.append(
            PlaylistEntry(
                id=shown.entry.id,
                priority=shown.entry.priority,
                first_date=shown.entry.first_date,
                last_date=shown.entry.last_date,
                dayparts=[shown.entry.daypart],
                document=filed.ref,
            )
        )
    wanted = Wanted(
        display=display.id,
        groups=[*(f"unit:{unit}" for unit in chain), *(f"tag:{tag}" for tag in display.tags)],
        profile=profile.id,
        width=profile.width,
        height=profile.height,
        utc_minutes=[row.minutes for row in plan.offsets],
        entries=entries,
        safe=safe,
        fallbacks=slides.fallbacks,
        light=_light(display, plan.sites[display.site]) if live else None,
        panel=plan.panels.get(display.id),
        sound=profile.sound,
        retired=not live,
    )
    return Outcome(
        display=display, wanted=wanted, named=frozenset(named), missing=programme.missing
    )


def _light(display: Display, site: Site) -> Light:
    return Light(
        latitude_e6=site.latitude_e6,
        longitude_e6=site.longitude_e6,
        **msgspec.structs.asdict(display.dimming),
    )
