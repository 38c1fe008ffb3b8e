"""Playlists: the list, and the page on which one is put together and submitted."""

from itertools import groupby
from typing import Any

import msgspec
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.arrangement import MAX_HEADER_LETTERS, Staging
from signage.domain.display import Profile
from signage.domain.people import Action, may
from signage.domain.playlist import MAX_SLIDES, Playlist
from signage.domain.slide import MAX_TICKER_LETTERS, TICKER_SPEEDS, Slide
from signage.domain.starters import STARTERS
from signage.web import choices, naming
from signage.web.context import now, person, store
from signage.web.findings import warnings_in
from signage.web.forms import text, ticked, version, whole_number
from signage.web.gate import allowed
from signage.web.glass import Stage, stages_of
from signage.web.language import gettext
from signage.web.paging import Paging
from signage.web.refusals import shows_again
from signage.web.standing import standing_of
from signage.workflows.accounts import people
from signage.workflows.approval import review
from signage.workflows.content import editing, previewing
from signage.workflows.content.layout_choice import layouts
from signage.workflows.content.previewing import Preview

pages = Blueprint("playlists", __name__, url_prefix="/playlists")

PER_PAGE = 30


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """One slide with its pictures, one for each of its languages; `number` counts from 1."""

    slide: Slide
    number: int
    previews: list[Preview]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What the editor shows of one profile: its pictures, or why there are none.

    `refused` counts the pictures that keep the playlist from being submitted, `waiting` the films
    that are still being made.
    """

    profile: Profile
    previews: list[Preview]
    displays: list[str]
    refused: int
    waiting: int
    stages: dict[str, Stage]

    @property
    def spreads(self) -> list[Spread]:
        """The slides in order, each with the pictures of all its languages."""
        spoken = [one for one in self.previews if one.slide]
        return [
            Spread(slide=one[0].slide, number=number, previews=one)
            for number, (_, group) in enumerate(
                groupby(spoken, key=lambda one: one.slide and one.slide.id), 1
            )
            if (one := list(group)) and one[0].slide
        ]


@pages.get("")
@allowed(Action.VIEW)
def page() -> str:
    search = request.args.get("search", "")
    units = people.visible_units(store(), person())
    paging = Paging(total=store().playlists.count(units, search), per_page=PER_PAGE)
    found = editing.playlists(
        store(), by=person(), search=search, limit=PER_PAGE, offset=paging.offset
    )
    return render_template(
        "playlists/page.html",
        rows=[(one, standing_of(one)) for one in found],
        search=search,
        paging=paging,
        units=choices.units_for(Action.EDIT),
        carried=_carried(),
    )


def _carried() -> dict[str, Any]:
    """Return what a form for a new slide begins with, when a file of the library was brought."""
    for name, layout in (("picture", "full_picture"), ("video", "video")):
        if sha256 := request.values.get(name):
            return {"layout": layout, name: sha256}
    return {}


@pages.post("")
@allowed(Action.EDIT)
@shows_again(page)
def create() -> Response:
    unit = text("unit") or person().unit
    made = editing.create_playlist(store(), unit=unit, title=text("title"), by=person(), at=now())
    if carried := _carried():
        return redirect(url_for("slides.new", playlist_id=made.id, **carried), 303)
    flash(gettext("Đã tạo danh sách phát. Hãy chọn màn hình rồi thêm trang chiếu."))
    return redirect(url_for(".editor", playlist_id=made.id), 303)


@pages.get("/<playlist_id>")
@allowed(Action.VIEW)
def editor(playlist_id: str) -> str:
    playlist = editing.playlist(store(), playlist_id, by=person())
    profiles = previewing.target_profiles(store(), playlist.draft) or _all_profiles()
    cards = [_card(playlist, profile) for profile in profiles]
    wanted = request.args.get("profile")
    shown = next((card for card in cards if card.profile.id == wanted), cards[0] if cards else None)
    return render_template(
        "playlists/editor.html",
        playlist=playlist,
        draft=playlist.draft,
        standing=standing_of(playlist),
        cards=cards,
        warned=warnings_in(one for card in cards for one in card.previews),
        shown=shown,
        may_edit=may(person(), Action.EDIT, store().units.chain(playlist.unit)),
        layouts=layouts(),
        starters=STARTERS,
        targets=choices.displays_for(Action.EDIT),
        speeds=TICKER_SPEEDS,
        most_letters=MAX_TICKER_LETTERS,
        most_slides=MAX_SLIDES,
        most_header=MAX_HEADER_LETTERS,
        history=review.submissions(store(), by=person(), playlist=playlist_id, limit=5),
    )


@pages.post("/<playlist_id>/title")
@allowed(Action.EDIT)
@shows_again(editor)
def rename(playlist_id: str) -> Response:
    editing.rename(store(), playlist_id, text("title"), version=version(), by=person(), at=now())
    flash(gettext("Đã đổi tên."))
    return _back_to(playlist_id)


@pages.post("/<playlist_id>/targets")
@allowed(Action.EDIT)
@shows_again(editor)
def choose_targets(playlist_id: str) -> Response:
    chosen = request.form.getlist("targets")
    editing.set_targets(store(), playlist_id, chosen, version=version(), by=person(), at=now())
    flash(gettext("Đã chọn %(count)s màn hình.", count=len(chosen)))
    return _back_to(playlist_id)


@pages.post("/<playlist_id>/staging")
@allowed(Action.EDIT)
@shows_again(editor)
def stage(playlist_id: str) -> Response:
    staging = Staging(
        arrangement=text("arrangement"), transition=text("transition"), header=text("header")
    )
    editing.stage(store(), playlist_id, staging, version=version(), by=person(), at=now())
    flash(gettext("Đã lưu bố cục màn hình."))
    return _back_to(playlist_id, anchor="staging")


@pages.post("/<playlist_id>/order")
@allowed(Action.EDIT)
@shows_again(editor)
def move_slide(playlist_id: str) -> Response:
    slide = text("slide")
    place = whole_number("place")
    editing.move_slide(store(), playlist_id, slide, place, version=version(), by=person(), at=now())
    return _back_to(playlist_id, anchor=f"slide-{slide}")


@pages.post("/<playlist_id>/tickers")
@allowed(Action.EDIT)
@shows_again(editor)
def add_ticker(playlist_id: str) -> Response:
    editing.add_ticker(
        store(),
        playlist_id,
        text=text("text"),
        speed=whole_number("speed", default=2),
        version=version(),
        by=person(),
        at=now(),
    )
    flash(gettext("Đã thêm dòng chữ chạy."))
    return _back_to(playlist_id, anchor="tickers")


@pages.post("/<playlist_id>/tickers/<line_id>")
@allowed(Action.EDIT)
@shows_again(editor)
def update_ticker(playlist_id: str, line_id: str) -> Response:
    editing.update_ticker(
        store(),
        playlist_id,
        line_id,
        text=text("text"),
        speed=whole_number("speed", default=2),
        version=version(),
        by=person(),
        at=now(),
    )
    flash(gettext("Đã sửa dòng chữ chạy."))
    return _back_to(playlist_id, anchor="tickers")


@pages.post("/<playlist_id>/tickers/<line_id>/remove")
@allowed(Action.EDIT)
@shows_again(editor)
def remove_ticker(playlist_id: str, line_id: str) -> Response:
    editing.remove_ticker(store(), playlist_id, line_id, version=version(), by=person(), at=now())
    flash(gettext("Đã xóa dòng chữ chạy."))
    return _back_to(playlist_id, anchor="tickers")


@pages.post("/<playlist_id>/submit")
@allowed(Action.SUBMIT)
@shows_again(editor)
def submit(playlist_id: str) -> Response:
    review.submit(
        store(),
        playlist_id,
        version=version(),
        no_state_secret=ticked("no_state_secret"),
        by=person(),
        at=now(),
    )
    flash(gettext("Đã trình duyệt. Nội dung đang phát (nếu có) vẫn giữ nguyên cho tới khi duyệt."))
    return _back_to(playlist_id)


@pages.post("/<playlist_id>/delete")
@allowed(Action.EDIT)
@shows_again(editor)
def delete(playlist_id: str) -> Response:
    editing.delete_playlist(store(), playlist_id, version=version(), by=person(), at=now())
    flash(gettext("Đã xóa danh sách phát."))
    return redirect(url_for(".page"), 303)


def _card(playlist: Playlist, profile: Profile) -> Card:
    targets = (naming.displays().get(display) for display in playlist.draft.targets)
    previews = previewing.previews(store(), playlist.id, by=person(), profiles=[profile])
    return Card(
        profile=profile,
        previews=previews,
        displays=[one.name for one in targets if one and one.profile == profile.id],
        refused=sum(review.stops(one, playlist.draft) and not one.is_waiting for one in previews),
        waiting=sum(one.is_waiting for one in previews),
        stages=stages_of(
            previewing.areas(playlist.draft, profile),
            ((one.slide, one.rendition) for one in previews),
        ),
    )


def _all_profiles() -> list[Profile]:
    """Return the profiles in use, for a playlist that has no target yet."""
    in_use = {display.profile for display in store().displays.all()}
    return [profile for name, profile in sorted(naming.profiles().items()) if name in in_use]


def _back_to(playlist_id: str, anchor: str | None = None) -> Response:
    way = url_for(
        ".editor", playlist_id=playlist_id, profile=request.args.get("profile"), _anchor=anchor
    )
    return redirect(way, 303)
