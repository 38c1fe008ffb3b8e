"""Draws slides and ticker strips for profiles, each once: what is drawn is kept."""

from collections.abc import Mapping, Sequence

from players.contract.widgets import Widget
from signage.domain.arrangement import MAIN, sizes_of
from signage.domain.display import Profile
from signage.domain.playlist import PlaylistDraft
from signage.domain.rendition import PageFile, Rendition
from signage.domain.sentences import N_, Refused
from signage.domain.slide import Slide, TickerLine, slide_hash, ticker_hash
from signage.render.findings.edition import EDITION
from signage.render.frames import FiguresFrame, Frame
from signage.render.legibility import is_led
from signage.render.paging import render_pages
from signage.render.pictures import Picture, open_clean
from signage.render.tickers import band_height, render_strip
from signage.store import Store
from signage.workflows.content.film_slides import NotOnRoads, film_of

Known = Mapping[tuple[str, tuple[int, int]], Rendition]
"""What was drawn earlier for one profile, by subject hash and area."""


def zone_sizes(draft: PlaylistDraft, profile: Profile) -> dict[str, tuple[int, int]]:
    """Return width and height in px of each zone, above the band that the ticker of `draft` has."""
    band = band_height(profile) if draft.tickers and not profile.traffic else 0
    head = band_height(profile) if is_led(profile) else min(profile.size) // 9
    return sizes_of(draft.staging.arrangement, profile.size, band=band, head=head)


def slide_area(draft: PlaylistDraft, profile: Profile, zone: str = MAIN) -> tuple[int, int]:
    """Return width and height in px of the zone in which a slide stands."""
    sizes = zone_sizes(draft, profile)
    return sizes.get(zone, sizes[MAIN])


def strip_area(draft: PlaylistDraft, profile: Profile) -> tuple[int, int]:
    """Return width and height in px of the ticker's band; all of the display without slides."""
    return profile.width, band_height(profile) if draft.slides else profile.height


def known_on(store: Store, draft: PlaylistDraft, profile: Profile) -> Known:
    """Return all that was drawn of `draft` on `profile`, read at once."""
    found = store.renditions.of_subjects(draft.subjects(), profile.id)
    return {(one.subject_hash, (one.area_w, one.area_h)): one for one in found}


def draw_slide(
    store: Store,
    slide: Slide,
    profile: Profile,
    area: tuple[int, int],
    known: Known | None = None,
) -> Rendition:
    """Return a spoken slide drawn at `area` px, now or earlier; raises Refused or Illegible.

    `known` is what was drawn earlier, where the caller has read that already. Opens a short
    transaction of its own when something new was drawn. Of a film NotYet is raised while a
    background job makes it, and NotOnRoads where drivers pass.
    """
    if slide.video is not None:
        return film_of(store, slide, profile, area)
    subject = slide_hash(slide)
    kept = _kept(store, subject, profile, area, known)
    if kept is not None:
        return kept
    pages = render_pages(slide, profile, area=area, picture=_picture(store, slide, area))
    frame = pages[0]
    rendition = Rendition(
        subject_hash=subject,
        kind="slide",
        profile=profile.id,
        area_w=area[0],
        area_h=area[1],
        blob=store.blobs.put(frame.bytes),
        media_type=frame.media_type,
        width=frame.width,
        height=frame.height,
        bytes=len(frame.bytes),
        findings=frame.findings,
        rules=EDITION,
        further=tuple(_further(store, page) for page in pages[1:]),
        widgets=tuple(_filed(store, one) for one in frame.figures),
    )
    return _keep(store, rendition)


def _further(store: Store, page: Frame) -> PageFile:
    return PageFile(
        blob=store.blobs.put(page.bytes),
        media_type=page.media_type,
        width=page.width,
        height=page.height,
        bytes=len(page.bytes),
    )


def draw_strip(
    store: Store, lines: Sequence[TickerLine], profile: Profile, area: tuple[int, int]
) -> Rendition:
    """Return the strip of all `lines`, now or earlier drawn; raises Refused or Illegible.

    NotOnRoads where drivers pass: reading a moving line takes their eyes off the road.
    """
    if profile.traffic:
        raise NotOnRoads(
            N_(
                "“{name}” ở cạnh đường giao thông nên không chạy chữ."
                " Hãy đưa ý này vào trang chiếu."
            ),
            name=profile.name,
        )
    subject = ticker_hash(lines)
    kept = _kept(store, subject, profile, area)
    if kept is not None:
        return kept
    strip = render_strip(list(lines), profile, alone=area[1] == profile.height)
    rendition = Rendition(
        subject_hash=subject,
        kind="ticker",
        profile=profile.id,
        area_w=area[0],
        area_h=area[1],
        blob=store.blobs.put(strip.frame.bytes),
        media_type=strip.frame.media_type,
        width=strip.frame.width,
        height=strip.frame.height,
        bytes=len(strip.frame.bytes),
        step=strip.step,
        every=strip.every,
        findings=strip.frame.findings,
        rules=EDITION,
    )
    return _keep(store, rendition)


def _filed(store: Store, figures: FiguresFrame) -> Widget:
    store.blobs.put(figures.sheet)
    return figures.widget


def _kept(
    store: Store,
    subject: str,
    profile: Profile,
    area: tuple[int, int],
    known: Known | None = None,
) -> Rendition | None:
    kept = known.get((subject, area)) if known else None
    kept = kept or store.renditions.find(subject, profile.id, area)
    # What was measured by older rules is drawn and measured anew; what was approved keeps both.
    if kept is None or kept.rules != EDITION:
        return None
    # A restored backup can know of a picture whose file came later.
    return kept if all(map(store.blobs.has, kept.files)) else None


def _keep(store: Store, rendition: Rendition) -> Rendition:
    with store.transaction():
        store.renditions.save(rendition)
    return rendition


def _picture(store: Store, slide: Slide, area: tuple[int, int]) -> Picture | None:
    if slide.picture is None:
        return None
    if not store.blobs.has(slide.picture):
        raise Refused(N_("Ảnh của trang chiếu này không còn. Hãy chọn ảnh khác."), field="picture")
    return open_clean(store.blobs.read(slide.picture), at_least=area)
