"""Previews: each slide at the exact pixels of each display it is meant for, or why that fails."""

from collections.abc import Callable, Collection, Mapping
from functools import partial

import msgspec

from signage.domain.display import Profile
from signage.domain.people import Action, User
from signage.domain.playlist import PlaylistDraft
from signage.domain.rendition import Rendition
from signage.domain.sentences import N_, Refused
from signage.domain.slide import MIN_SLIDE_SECONDS, Slide, slide_hash, ticker_hash
from signage.store import Store
from signage.workflows.drawing import draw_slide, draw_strip, slide_area, strip_area
from signage.workflows.editing import checked_fields, playlist
from signage.workflows.permission import demand


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """One slide, or the ticker when `slide` is None, on one profile: a picture or a refusal."""

    profile: Profile
    subject_hash: str
    slide: Slide | None
    rendition: Rendition | None
    refusal: Refused | None


def preview(
    store: Store, playlist_id: str, slide_id: str, profile_id: str, *, by: User
) -> Rendition:
    """Return one slide drawn for a profile; raises Illegible with the reason."""
    draft = playlist(store, playlist_id, by=by).draft
    profile = store.profiles.get(profile_id)
    return draw_slide(store, draft.slide(slide_id), profile, slide_area(draft, profile))


def ticker_preview(store: Store, playlist_id: str, profile_id: str, *, by: User) -> Rendition:
    """Return the ticker strip drawn for a profile; raises Illegible with the reason."""
    draft = playlist(store, playlist_id, by=by).draft
    if not draft.tickers:
        raise Refused(N_("Danh sách này chưa có dòng chữ chạy. Hãy thêm một dòng."))
    profile = store.profiles.get(profile_id)
    return draw_strip(store, draft.tickers, profile, strip_area(draft, profile))


def try_slide(
    store: Store,
    playlist_id: str,
    profile_id: str,
    *,
    layout: str,
    fields: Mapping[str, str],
    picture: str | None = None,
    by: User,
) -> Rendition:
    """Return words that are not saved yet, drawn as they would look in this playlist."""
    draft = playlist(store, playlist_id, by=by).draft
    demand(store, by, Action.EDIT, draft.unit)
    profile = store.profiles.get(profile_id)
    slide = checked_fields(
        store,
        "unsaved",
        layout=layout,
        fields=fields,
        picture=picture,
        seconds=MIN_SLIDE_SECONDS,
        by=by,
    )
    return draw_slide(store, slide, profile, slide_area(draft, profile))


def previews(
    store: Store, playlist_id: str, *, by: User, profiles: Collection[Profile] | None = None
) -> list[Preview]:
    """Return everything in the playlist on `profiles`, by default those of its targets."""
    draft = playlist(store, playlist_id, by=by).draft
    chosen = target_profiles(store, draft) if profiles is None else profiles
    return [one for profile in chosen for one in previews_on(store, draft, profile)]


def previews_on(store: Store, draft: PlaylistDraft, profile: Profile) -> list[Preview]:
    """Return every slide of `draft` and its ticker on one profile."""
    area = slide_area(draft, profile)
    shown = [
        _preview(profile, slide_hash(one), one, partial(draw_slide, store, one, profile, area))
        for one in draft.slides
    ]
    if draft.tickers:
        band = strip_area(draft, profile)
        subject = ticker_hash(draft.tickers)
        draw = partial(draw_strip, store, draft.tickers, profile, band)
        shown.append(_preview(profile, subject, None, draw))
    return shown


def target_profiles(store: Store, draft: PlaylistDraft) -> list[Profile]:
    """Return the profiles of the displays for which the playlist is meant, by id."""
    wanted = {store.displays.get(display_id).profile for display_id in draft.targets}
    return [store.profiles.get(profile_id) for profile_id in sorted(wanted)]


def _preview(
    profile: Profile, subject: str, slide: Slide | None, draw: Callable[[], Rendition]
) -> Preview:
    rendition, refusal = None, None
    try:
        rendition = draw()
    except Refused as refused:
        refusal = refused
    return Preview(
        profile=profile,
        subject_hash=subject,
        slide=slide,
        rendition=rendition,
        refusal=refusal,
    )
