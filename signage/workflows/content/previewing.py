"""Previews: each slide at the exact pixels of each display it is meant for, or why that fails."""

from collections.abc import Callable, Collection
from functools import partial
from typing import NamedTuple

import msgspec

from players.contract.limits import MINUTE
from players.contract.playlist import CUT
from players.contract.types import Area, BlobRef
from players.contract.widgets import changes_at, copies_at
from signage.domain.arrangement import areas_of, cuts_at_roads
from signage.domain.display import Profile
from signage.domain.finding import Finding, gravest_first
from signage.domain.people import Action, User
from signage.domain.playlist import PlaylistDraft
from signage.domain.reading import too_fast, too_short, word_count
from signage.domain.rendition import Rendition
from signage.domain.sentences import N_, Refused
from signage.domain.slide import Slide, Words, slide_hash, ticker_hash
from signage.domain.wording import findings_of_lines, findings_of_picture, findings_of_words
from signage.render.figures import almanac_of
from signage.store import Store
from signage.workflows.accounts.permission import demand
from signage.workflows.content.drawing import (
    Known,
    draw_slide,
    draw_strip,
    known_on,
    slide_area,
    strip_area,
    zone_sizes,
)
from signage.workflows.content.editing import playlist
from signage.workflows.content.film_slides import NotOnRoads, NotYet
from signage.workflows.content.wording import checked_slide

UNSAVED = "unsaved"
"""The id of a slide that is being typed."""


class Piece(NamedTuple):
    """`width` px of a sheet from `left` on, over its whole height, as they stand at `x`, `y`."""

    sheet: BlobRef
    left: int
    width: int
    x: int
    y: int


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """One spoken slide, or the ticker when `slide` is None, on one profile: pictures or a refusal.

    `findings` says what to change, the gravest first; a refusal is the first of them.
    """

    profile: Profile
    subject_hash: str
    slide: Slide | None
    rendition: Rendition | None
    refusal: Refused | None
    findings: list[Finding]

    @property
    def is_waiting(self) -> bool:
        """Whether it is a film that is still being made for this size of display."""
        return isinstance(self.refusal, NotYet)

    @property
    def is_left_out(self) -> bool:
        """Whether this display shows the playlist without it: nothing moves beside a road."""
        return isinstance(self.refusal, NotOnRoads)


def preview(
    store: Store, playlist_id: str, slide_id: str, profile_id: str, *, by: User
) -> Rendition:
    """Return one slide drawn for a profile; raises Illegible with the reason."""
    draft = playlist(store, playlist_id, by=by).draft
    profile = store.profiles.get(profile_id)
    slide = draft.slide(slide_id)
    return draw_slide(store, slide, profile, slide_area(draft, profile, slide.zone))


def ticker_preview(store: Store, playlist_id: str, profile_id: str, *, by: User) -> Rendition:
    """Return the ticker strip drawn for a profile; raises Illegible with the reason."""
    draft = playlist(store, playlist_id, by=by).draft
    if not draft.tickers:
        raise Refused(N_("Danh sách này chưa có dòng chữ chạy. Hãy thêm một dòng."))
    profile = store.profiles.get(profile_id)
    return draw_strip(store, draft.tickers, profile, strip_area(draft, profile))


def try_slide(
    store: Store, playlist_id: str, profile_id: str, words: Words, *, by: User
) -> Preview:
    """Return words that are not saved yet as they would look in this playlist, or why not."""
    draft = playlist(store, playlist_id, by=by).draft
    demand(store, by, Action.EDIT, draft.unit)
    profile = store.profiles.get(profile_id)
    typed = words.as_slide(UNSAVED)
    try:
        slide = checked_slide(store, UNSAVED, words, by=by)
    except Refused as refused:
        return Preview(
            profile=profile,
            subject_hash=slide_hash(typed),
            slide=typed,
            rendition=None,
            refusal=refused,
            findings=[
                Finding.of(refused, profile=profile.id),
                *gravest_first(findings_of_words(typed)),
            ],
        )
    return _preview_slide(store, slide, profile, slide_area(draft, profile, typed.zone))


def figures_at(drawn: Rendition, moment: int) -> list[Piece]:
    """Return what of a picture's sheets stands where at `moment` (UTC ms), as players copy it."""
    almanac = almanac_of(moment)
    return [
        Piece(widget.sheet, copy.left, copy.width, copy.x, copy.y)
        for widget in drawn.widgets
        for copy in copies_at(widget, moment, almanac)
    ]


def figures_from(drawn: Rendition, moment: int) -> list[tuple[int, list[Piece]]]:
    """Return what stands on a picture from `moment` (UTC ms) on for a minute, and since when."""
    told: list[tuple[int, list[Piece]]] = []
    at: int | None = moment
    while at is not None and at < moment + MINUTE:
        told.append((at, figures_at(drawn, at)))
        at = changes_at(drawn.widgets, at)
    return told


def previews(
    store: Store, playlist_id: str, *, by: User, profiles: Collection[Profile] | None = None
) -> list[Preview]:
    """Return everything in the playlist on `profiles`, by default those of its targets."""
    draft = playlist(store, playlist_id, by=by).draft
    chosen = target_profiles(store, draft) if profiles is None else profiles
    return [one for profile in chosen for one in previews_on(store, draft, profile)]


def previews_on(store: Store, draft: PlaylistDraft, profile: Profile) -> list[Preview]:
    """Return every slide of `draft` and its ticker on one profile."""
    sizes = zone_sizes(draft, profile)
    known = known_on(store, draft, profile)
    shown = [_preview_slide(store, one, profile, sizes[one.zone], known) for one in draft.spoken()]
    if shown and profile.traffic and draft.staging.transition != CUT:
        shown[0] = _with(shown[0], cuts_at_roads(profile))
    return [*shown, _preview_ticker(store, draft, profile)] if draft.tickers else shown


def _with(shown: Preview, finding: Finding) -> Preview:
    return msgspec.structs.replace(shown, findings=gravest_first([*shown.findings, finding]))


def areas(draft: PlaylistDraft, profile: Profile) -> dict[str, Area]:
    """Return where each zone of `draft` stands on a profile."""
    return areas_of(zone_sizes(draft, profile))


def target_profiles(store: Store, draft: PlaylistDraft) -> list[Profile]:
    """Return the profiles of the displays for which the playlist is meant, by id."""
    wanted = {store.displays.get(display_id).profile for display_id in draft.targets}
    return [store.profiles.get(profile_id) for profile_id in sorted(wanted)]


def _preview_slide(
    store: Store,
    slide: Slide,
    profile: Profile,
    area: tuple[int, int],
    known: Known | None = None,
) -> Preview:
    said = findings_of_words(slide)
    if slide.picture:
        assets = store.assets.by_clean(slide.picture)
        said += findings_of_picture(one for asset in assets for one in asset.findings)
    draw = partial(draw_slide, store, slide, profile, area, known)
    shown = _preview(profile, slide_hash(slide), slide, draw, said)
    return _paged(shown, slide) if shown.rendition and shown.rendition.further else shown


def _paged(shown: Preview, slide: Slide) -> Preview:
    """Return `shown` with what is said of the reading time of all its pages together."""
    pages = len(shown.rendition.pages) if shown.rendition else 1
    short = too_short(slide, pages=pages)
    others = [one for one in shown.findings if one.code != "reading_time"]
    if short:
        others.append(msgspec.structs.replace(short, profile=shown.profile.id))
    return msgspec.structs.replace(shown, findings=gravest_first(others))


def _preview_ticker(store: Store, draft: PlaylistDraft, profile: Profile) -> Preview:
    lines = draft.tickers
    draw = partial(draw_strip, store, lines, profile, strip_area(draft, profile))
    shown = _preview(profile, ticker_hash(lines), None, draw, findings_of_lines(lines))
    strip = shown.rendition
    words = word_count(line.text for line in lines)
    fast = too_fast(words, strip.width, strip.step, strip.every) if strip else None
    if fast is None:
        return shown
    return _with(shown, msgspec.structs.replace(fast, profile=profile.id))


def _preview(
    profile: Profile,
    subject: str,
    slide: Slide | None,
    draw: Callable[[], Rendition],
    said: list[Finding],
) -> Preview:
    rendition, refusal = None, None
    findings = list(said)
    try:
        rendition = draw()
        findings += rendition.findings
    except Refused as refused:
        refusal = refused
        findings.append(Finding.of(refused, profile=profile.id, code=_code_of(refused)))
    return Preview(
        profile=profile,
        subject_hash=subject,
        slide=slide,
        rendition=rendition,
        refusal=refusal,
        findings=gravest_first(findings),
    )


def _code_of(refused: Refused) -> str:
    if isinstance(refused, NotOnRoads):
        return "motion"
    return "not_yet" if isinstance(refused, NotYet) else "not_drawn"
