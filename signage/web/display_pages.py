"""Displays: the list, the page of one, its picture, and its proof of play."""

from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from players.contract import topics
from players.contract.limits import HOUR
from players.contract.playlist import FILM_TYPE
from signage.domain.command import CommandAct
from signage.domain.display import Dimming, Display
from signage.domain.people import Action, may, require
from signage.domain.sentences import N_, Refused
from signage.domain.set_act import FREE_MEETING
from signage.store.reports import PlayRow
from signage.web import naming, panel_forms
from signage.web.context import now, person, settings, store
from signage.web.forms import text, ticked, whole_number
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.live import stream
from signage.web.refusals import shows_again
from signage.workflows.displays import commanding, dimming, panel_hours
from signage.workflows.reports import reporting
from signage.workflows.reports.reporting import Tile
from signage.workflows.sets import holding

pages = Blueprint("displays", __name__, url_prefix="/displays")

PLAYS_PER_PAGE = 50
REFUSAL_WORDS = {
    "not over alert": N_("đang hiện cảnh báo"),
    "not over drill": N_("đang diễn tập"),
    "not over hold": N_("đang giữ màn hình"),
    "not over nothing": N_("máy phát chưa có gì để hiện"),
    "not known here": N_("máy phát này chưa biết lệnh này"),
}
"""What players say instead of doing a command."""
LIVE_PARTS = ("troubles", "glass", "machine", "orders")
"""Templates of the page that stand anew as soon as the display says something else."""
COMMAND_WORDS = {
    CommandAct.IDENTIFY: N_("Hiện tên màn hình"),
    CommandAct.SCREENSHOT: N_("Chụp ngay"),
    CommandAct.TEST_PATTERN: N_("Hình thử"),
    CommandAct.RESTART: N_("Khởi động lại"),
}


@pages.get("")
@allowed(Action.VIEW)
def page() -> str:
    return render_template("displays/page.html", tiles=_tiles())


@pages.get("/<display_id>")
@allowed(Action.VIEW)
def detail(display_id: str) -> str:
    tile = _tile(display_id)
    if tile is None:
        # Retired, or of another unit: the reason is told by the same rule as everywhere.
        display = store().displays.get(display_id)
        require(person(), Action.VIEW, store().units.chain(display.unit))
        return render_template("displays/retired.html", display=display)
    return render_template(
        "displays/detail.html",
        **_told(tile),
        may_hold=may(person(), Action.HOLD, store().units.chain(tile.display.unit)),
        free_hours=FREE_MEETING // HOUR,
        running=holding.over(store(), tile.display, at=now()),
        panel=panel_forms.typed_of(store().panels.get(display_id)),
        may_provision=may(person(), Action.PROVISION, store().units.chain(tile.display.unit)),
        plays=[_in_words(row) for row in _plays(display_id, limit=8)],
    )


@pages.get("/<display_id>/events")
@allowed(Action.VIEW)
def events(display_id: str) -> Response:
    """Tell live what is on the glass, how the player is, and what came of commands."""
    require(person(), Action.VIEW, store().units.chain(store().displays.get(display_id).unit))
    if request.method == "HEAD":
        return Response(status=204)
    return stream(lambda: _parts(display_id))


def _parts(display_id: str) -> dict[str, str]:
    tile = _tile(display_id)
    if tile is None:
        return {}
    told = _told(tile)
    return {name: render_template(f"displays/{name}.html", **told) for name in LIVE_PARTS}


def _told(tile: Tile) -> dict[str, Any]:
    """Return what the live parts of the page say."""
    return {
        "tile": tile,
        "film_type": FILM_TYPE,
        "status": tile.reported.status if tile.reported else None,
        "profile": naming.profiles()[tile.display.profile],
        "wanted": store().publications.latest(topics.manifest(settings().fleet, tile.display.id)),
        **_ordered(tile.display),
    }


@pages.post("/<display_id>/brightness")
@allowed(Action.PROVISION)
@shows_again(detail)
def set_brightness(display_id: str) -> Response:
    limits = {field: whole_number(field) for field in Dimming.__struct_fields__}
    changed = dimming.set_dimming(store(), display_id, Dimming(**limits), by=person(), at=now())
    flash(gettext("Đã đặt độ sáng của “%(name)s”.", name=changed.name))
    return redirect(url_for(".detail", display_id=display_id, _anchor="brightness"), 303)


@pages.post("/<display_id>/commands")
@allowed(Action.HOLD)
@shows_again(detail)
def command(display_id: str) -> Response:
    acts = {act.value: act for act in CommandAct}
    if (act := acts.get(text("act"))) is None:
        raise Refused(N_("Không có lệnh này. Hãy dùng các nút trên trang."))
    commanding.order(store(), display_id, act, by=person(), at=now())
    flash(gettext("Đã gửi lệnh. Kết quả do chính máy phát báo về, hiện ở dưới."))
    return redirect(url_for(".detail", display_id=display_id), 303)


@pages.post("/<display_id>/panel")
@allowed(Action.PROVISION)
@shows_again(detail)
def panel(display_id: str) -> Response:
    hours, alike = panel_forms.hours(), ticked("alike")
    changed = panel_hours.set_hours(store(), display_id, hours, alike=alike, by=person(), at=now())
    flash(gettext("Đã lưu giờ bật của %(count)s màn hình.", count=changed))
    return redirect(url_for(".detail", display_id=display_id), 303)


@pages.get("/<display_id>/plays")
@allowed(Action.VIEW)
def plays(display_id: str) -> str:
    before = request.args.get("before", type=int)
    rows = _plays(display_id, before=before, limit=PLAYS_PER_PAGE + 1)
    shown = rows[:PLAYS_PER_PAGE]
    return render_template(
        "displays/plays.html",
        display=store().displays.get(display_id),
        plays=[_in_words(row) for row in shown],
        older=shown[-1].play.started_at if len(rows) > PLAYS_PER_PAGE else None,
        is_first=before is None,
    )


@pages.get("/<display_id>/screenshot")
@allowed(Action.VIEW)
def screenshot(display_id: str) -> Response:
    """Show the player's own picture; its address names the moment, so it may be kept."""
    display = store().displays.get(display_id)
    require(person(), Action.VIEW, store().units.chain(display.unit))
    taken = store().reports.screenshot(display_id)
    if taken is None:
        abort(404)
    answer = make_response(taken.picture)
    answer.mimetype = taken.media_type
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _ordered(display: Display) -> dict[str, Any]:
    """Return the newest commands with what came of them, for who may give them."""
    if not may(person(), Action.HOLD, store().units.chain(display.unit)):
        return {}
    ordered = commanding.ordered(store(), display.id, by=person(), at=now())
    return {"ordered": ordered, "command_words": COMMAND_WORDS, "refusal_words": REFUSAL_WORDS}


def _tile(display_id: str) -> Tile | None:
    return next((one for one in _tiles() if one.display.id == display_id), None)


def _tiles() -> list[Tile]:
    tiles = reporting.wall(store(), settings().fleet, by=person(), at=now())
    return sorted(tiles, key=lambda tile: (tile.unit, naming.as_counted(tile.display.name)))


def _plays(display_id: str, *, before: int | None = None, limit: int) -> list[PlayRow]:
    return reporting.plays_of(store(), display_id, by=person(), before=before, limit=limit)


def _in_words(row: PlayRow) -> dict[str, Any]:
    """Return a play with the title of what was played, where it is still known."""
    play = row.play
    title = ""
    if play.source in {"alert", "bulletin"}:
        alert = store().alerts.get(play.reason)
        title = alert.words.headline if alert else ""
    elif play.source == "drill":
        drill = store().drills.get(play.reason)
        title = drill.words.headline if drill else ""
    elif play.source == "hold":
        hold = store().holds.get(play.reason)
        title = hold.why if hold else ""
    elif play.source == "schedule":
        title = _title_of_entry(play.reason)
    return {"play": play, "title": title}


def _title_of_entry(entry_id: str) -> str:
    entries = {entry.id: entry for entry in store().schedule.all(ended=True)}
    entry = entries.get(entry_id)
    playlist = store().playlists.find(entry.playlist) if entry else None
    return playlist.title if playlist else ""
