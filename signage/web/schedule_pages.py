"""The schedule: which playlist runs where and when, as a list, a form and a week."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.people import Action, may
from signage.domain.playlist import Playlist
from signage.domain.schedule import MAX_PRIORITY, MIN_PRIORITY, Daypart, ScheduleEntry
from signage.domain.sentences import N_, Refused
from signage.web import choices, formats
from signage.web.context import now, person, store
from signage.web.forms import text, whole_number
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.workflows.content import editing
from signage.workflows.publication import scheduling

pages = Blueprint("schedule", __name__, url_prefix="/schedule")

WHOLE_DAY = 1440


@pages.get("")
@allowed(Action.VIEW)
def page() -> str:
    wanted = request.args.get("display") or None
    ended = bool(request.args.get("ended"))
    entries = scheduling.entries(store(), by=person(), display=wanted, ended=ended)
    today = formats.today().isoformat()
    return render_template(
        "schedule/page.html",
        rows=[_row(entry) for entry in entries if ended or entry.last_date >= today],
        displays=choices.displays_for(Action.VIEW),
        wanted=wanted,
        ended=ended,
        today=today,
    )


@pages.get("/new")
@allowed(Action.SCHEDULE)
def new() -> str:
    chosen = request.values.get("playlist", "")
    playlist = store().playlists.find(chosen) if chosen else None
    targets = [f"display:{one}" for one in playlist.draft.targets] if playlist else []
    return render_template(
        "schedule/form.html",
        playlists=_choosable(),
        chosen=chosen,
        chosen_targets=targets,
        units=choices.displays_for(Action.SCHEDULE),
        tags=_tags(),
        today=formats.today(),
        in_a_month=formats.today() + timedelta(days=30),
        priorities=range(MAX_PRIORITY, MIN_PRIORITY - 1, -1),
    )


@pages.post("")
@allowed(Action.SCHEDULE)
@shows_again(new)
def add() -> Response:
    if not text("playlist"):
        raise Refused(N_("Chưa chọn danh sách phát. Hãy chọn một danh sách."), field="playlist")
    entry = scheduling.add_entry(
        store(),
        playlist=text("playlist"),
        targets=request.form.getlist("targets"),
        first_date=formats.parse_day(text("first_date"), field="first_date"),
        last_date=formats.parse_day(text("last_date"), field="last_date"),
        daypart=_daypart(),
        priority=whole_number("priority", default=5),
        by=person(),
        at=now(),
    )
    displays = scheduling.displays_of(store(), entry.targets)
    flash(gettext("Đã lên lịch phát trên %(count)s màn hình.", count=len(displays)))
    return redirect(url_for(".page"), 303)


@pages.post("/<entry_id>/end")
@allowed(Action.SCHEDULE)
@shows_again(page)
def end(entry_id: str) -> Response:
    scheduling.end_entry(store(), entry_id, by=person(), at=now())
    flash(gettext("Đã kết thúc lịch phát. Màn hình sẽ đổi trong vòng một phút."))
    return redirect(url_for(".page"), 303)


@pages.get("/week/<display_id>")
@allowed(Action.VIEW)
def week(display_id: str) -> str:
    first = _monday(request.args.get("from"))
    entries = scheduling.entries(store(), by=person(), display=display_id)
    days = [first + timedelta(days=number) for number in range(7)]
    return render_template(
        "schedule/week.html",
        display=store().displays.get(display_id),
        displays=choices.displays_for(Action.VIEW),
        days=[(day, [_row(entry) for entry in entries if _runs(entry, day)]) for day in days],
        today=formats.today(),
        before=(first - timedelta(days=7)).isoformat(),
        after=(first + timedelta(days=7)).isoformat(),
    )


def _row(entry: ScheduleEntry) -> dict[str, Any]:
    playlist = store().playlists.find(entry.playlist)
    approved = store().submissions.approved_of(entry.playlist)
    unit = playlist.unit if playlist else person().unit
    return {
        "entry": entry,
        "playlist": playlist,
        "is_approved": approved is not None,
        "displays": len(scheduling.displays_of(store(), entry.targets)),
        "may_open": may(person(), Action.VIEW, store().units.chain(unit)),
        "may_end": may(person(), Action.SCHEDULE, store().units.chain(unit)),
    }


def _choosable() -> list[tuple[Playlist, bool]]:
    playlists = [
        one
        for one in editing.playlists(store(), by=person())
        if may(person(), Action.SCHEDULE, store().units.chain(one.unit))
    ]
    return [(one, store().submissions.approved_of(one.id) is not None) for one in playlists]


def _tags() -> list[str]:
    """Return the tags in use, for those who cover all units."""
    root = next(iter(reversed(store().units.chain(person().unit))))
    if not may(person(), Action.SCHEDULE, [root]):
        return []
    return sorted({tag for display in store().displays.all() for tag in display.tags})


def _daypart() -> Daypart:
    days = [int(day) for day in request.form.getlist("weekdays") if day.isdecimal()]
    if text("hours") != "part":
        return Daypart(weekdays=days, starts=0, ends=WHOLE_DAY)
    starts = formats.parse_hour(text("starts"), field="starts")
    ends = formats.parse_hour(text("ends"), field="ends")
    return Daypart(weekdays=days, starts=starts % WHOLE_DAY, ends=ends)


def _monday(wanted: str | None) -> date:
    try:
        day = date.fromisoformat(wanted or "")
    except ValueError:
        day = formats.today()
    return day - timedelta(days=day.weekday())


def _runs(entry: ScheduleEntry, day: date) -> bool:
    return (
        entry.first_date <= day.isoformat() <= entry.last_date
        and day.weekday() in entry.daypart.weekdays
    )
