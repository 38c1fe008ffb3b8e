"""One slide: a form made of its layout's fields, with the picture beside it while typing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.arrangement import MAIN
from signage.domain.display import Profile
from signage.domain.fit import AUTO, FITS
from signage.domain.language import LETTERS
from signage.domain.media import Asset, Kind
from signage.domain.people import Action
from signage.domain.playlist import Playlist
from signage.domain.sentences import Refused
from signage.domain.slide import (
    MAX_FILM_SLIDE_SECONDS,
    MAX_SLIDE_SECONDS,
    MIN_SLIDE_SECONDS,
    USUAL_SECONDS,
    Slide,
    Words,
    checked_seconds,
)
from signage.domain.starters import starter_named
from signage.web import naming, spoken_forms
from signage.web.context import now, person, store
from signage.web.forms import text, version, whole_number
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.workflows.content import editing, previewing
from signage.workflows.content.layout_choice import Layout, layout_named
from signage.workflows.content.previewing import Preview
from signage.workflows.media import library

pages = Blueprint("slides", __name__, url_prefix="/playlists/<playlist_id>/slides")

PICTURES_SHOWN = 60
FILMS: tuple[Kind, ...] = ("video",)


@pages.get("/new")
@allowed(Action.EDIT)
def new(playlist_id: str) -> str:
    begun = request.args.get("starter")
    starter = starter_named(begun) if begun else None
    layout = layout_named(starter.layout if starter else request.values.get("layout", ""))
    slide = Slide(
        id="",
        layout=layout.name,
        fields=starter.fields if starter else {},
        picture=request.args.get("picture"),
        video=request.args.get("video"),
        zone=request.args.get("zone", MAIN),
    )
    return _form(playlist_id, layout, slide)


@pages.post("")
@allowed(Action.EDIT)
@shows_again(new)
def add(playlist_id: str) -> Response:
    layout = layout_named(text("layout"))
    changed = editing.add_slide(
        store(),
        playlist_id,
        _written(layout),
        version=version(),
        by=person(),
        at=now(),
    )
    flash(gettext("Đã thêm trang chiếu."))
    return _back_to(playlist_id, changed.draft.slides[-1].id)


@pages.get("/<slide_id>")
@allowed(Action.EDIT)
def edit(playlist_id: str, slide_id: str) -> str:
    slide = editing.playlist(store(), playlist_id, by=person()).draft.slide(slide_id)
    return _form(playlist_id, layout_named(slide.layout), slide)


@pages.post("/<slide_id>")
@allowed(Action.EDIT)
@shows_again(edit)
def update(playlist_id: str, slide_id: str) -> Response:
    layout = layout_named(text("layout"))
    editing.update_slide(
        store(),
        playlist_id,
        slide_id,
        _written(layout),
        version=version(),
        by=person(),
        at=now(),
    )
    flash(gettext("Đã lưu trang chiếu."))
    return _back_to(playlist_id, slide_id)


@pages.post("/<slide_id>/remove")
@allowed(Action.EDIT)
def remove(playlist_id: str, slide_id: str) -> Response:
    editing.remove_slide(store(), playlist_id, slide_id, version=version(), by=person(), at=now())
    flash(gettext("Đã xóa trang chiếu."))
    return _back_to(playlist_id, None)


@pages.post("/try")
@allowed(Action.EDIT)
def try_out(playlist_id: str) -> str:
    """Draw what is being typed, on every profile the playlist is meant for."""
    playlist = editing.playlist(store(), playlist_id, by=person())
    layout = layout_named(text("layout"))
    return render_template(
        "slides/tries.html",
        tries=_tries(playlist, _typed(layout), only=text("showing")),
        legacy=spoken_forms.legacy(layout),
        layout=layout,
        playlist=playlist,
    )


def _form(playlist_id: str, layout: Layout, slide: Slide) -> str:
    playlist = editing.playlist(store(), playlist_id, by=person())
    shown = _typed(layout) if request.method == "POST" else slide
    # An empty form is not refused; it just has no picture yet.
    has_words = any(any(one.fields.values()) for one in shown.spoken())
    needs_words = any(field.required for field in layout.fields) or layout.picture
    is_blank = needs_words and not (has_words or shown.picture or shown.video)
    return render_template(
        "slides/form.html",
        playlist=playlist,
        layout=layout,
        slide=slide,
        tongues=spoken_forms.tongues(layout, slide),
        letters=LETTERS,
        pictures_=_pictures() if layout.picture and not layout.film else [],
        films=_films() if layout.film else [],
        tries=[] if is_blank else _tries(playlist, shown),
        fits=[(name, gettext(words)) for name, words in FITS.items()],
        least_seconds=MIN_SLIDE_SECONDS,
        most_seconds=_most(layout),
    )


def _written(layout: Layout) -> Words:
    return Words(
        layout=layout.name,
        fields=spoken_forms.words(layout),
        picture=text("picture") or None,
        video=text("video") or None,
        seconds=_seconds_asked(layout),
        versions=spoken_forms.versions(layout),
        zone=text("zone") or None,
        fit=text("fit") or AUTO,
    )


def _typed(layout: Layout) -> Slide:
    """Return what is being typed; of wrong seconds, the longest a slide may stand."""
    try:
        seconds = checked_seconds(_seconds_asked(layout) or USUAL_SECONDS, _most(layout))
    except Refused:
        seconds = _most(layout)
    return spoken_forms.typed(layout, seconds)


def _tries(playlist: Playlist, typed: Slide, *, only: str = "") -> list[list[Preview]]:
    """Return the pictures of what is typed, by language, or those of `only` one."""
    profiles = previewing.target_profiles(store(), playlist.draft) or _in_use()
    spoken = [one for one in typed.spoken() if any(one.fields.values())] or [typed]
    return [
        [
            previewing.try_slide(
                store(),
                playlist.id,
                profile.id,
                Words(
                    layout=one.layout,
                    fields=one.fields,
                    picture=one.picture,
                    video=one.video,
                    seconds=one.seconds,
                    language=one.language,
                    zone=one.zone if one.zone in playlist.draft.staging.zones else MAIN,
                    fit=one.fit,
                ),
                by=person(),
            )
            for profile in profiles
        ]
        for one in spoken
        if not only or one.language == only or len(spoken) == 1
    ]


def _seconds_asked(layout: Layout) -> int | None:
    """Return how long the slide should stay; None for as long as its film lasts."""
    return None if layout.film and not text("seconds").strip() else whole_number("seconds")


def _most(layout: Layout) -> int:
    return MAX_FILM_SLIDE_SECONDS if layout.film else MAX_SLIDE_SECONDS


def _pictures() -> list[Asset]:
    """Return what can be shown in a slide; of a picture that moves, its still."""
    kinds: tuple[Kind, ...] = ("picture", "video")
    found = library.assets(store(), by=person(), limit=PICTURES_SHOWN, kinds=kinds)
    return [one for one in found if one.state == "ready"]


def _films() -> list[Asset]:
    """Return what moves, also what is still being made ready."""
    found = library.assets(store(), by=person(), limit=PICTURES_SHOWN, kinds=FILMS)
    return [one for one in found if one.state != "refused"]


def _in_use() -> list[Profile]:
    used = {display.profile for display in store().displays.all()}
    return [profile for name, profile in sorted(naming.profiles().items()) if name in used]


def _back_to(playlist_id: str, slide_id: str | None) -> Response:
    anchor = f"slide-{slide_id}" if slide_id else None
    return redirect(url_for("playlists.editor", playlist_id=playlist_id, _anchor=anchor), 303)
