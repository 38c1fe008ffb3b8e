"""Drafts drills, has the sealer plan and stop them, and reports on them."""

import csv
import io
from collections.abc import Sequence

import msgspec

from players.contract.limits import DAY, MINUTE
from signage.domain.alert import Alert, AlertPage, AlertState, AlertWords, checked_words
from signage.domain.display import Display, Profile
from signage.domain.drill import Drill, DrillState, checked_hours
from signage.domain.names import NotFound
from signage.domain.people import Action, User, require
from signage.domain.sentences import N_, Refused
from signage.domain.set_act import DrillAct, DrillActKind
from signage.store import Store
from signage.store.ids import new_id
from signage.workflows.alerts.alert_drawing import draw_alert, draw_pages
from signage.workflows.displays.reach import chosen, meant, reached
from signage.workflows.sealer.authorising_sets import AuthoriseSet
from signage.workflows.sets.drill_sets import REVISION

DRAFT_LIFE = 30 * MINUTE
"""A draft older than this is not confirmed any more: its pages name an hour that has passed."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """How a drill came to one display: `state` is shown, received or waiting."""

    display: Display
    state: str
    took_ms: int | None = None


def preview(
    store: Store, words: AlertWords, profile: Profile, *, until: int, by: User
) -> list[AlertPage]:
    """Draw a drill that is being written, on one profile; raises Refused or Illegible."""
    require(by, Action.ALERT, store.units.chain(by.unit))
    return draw_pages(store, checked_words(words), profile, until=until, kind="drill")


def draft(
    store: Store,
    words: AlertWords,
    *,
    targets: Sequence[str],
    begins_at: int,
    expires_at: int,
    by: User,
    at: int,
) -> Drill:
    """Draw a drill on every profile that `targets` mean, and keep the draft; raises Refused."""
    checked_hours(begins_at, expires_at, at=at)
    words = checked_words(words)
    checked, displays = chosen(store, targets, Action.ALERT, by=by)
    every = store.profiles.by_id()
    used = [every[profile] for profile in sorted({display.profile for display in displays})]
    drawn = draw_alert(store, words, used, until=expires_at, kind="drill")
    drill = Drill(
        id=new_id(),
        state=DrillState.DRAFT,
        words=words,
        targets=checked,
        begins_at=max(begins_at, at),
        expires_at=expires_at,
        pages=drawn.pages,
        drawn_until=expires_at,
        plain=drawn.plain,
        created_by=by.id,
        created_at=at,
    )
    with store.transaction():
        store.drills.forget_drafts(before=at - DAY)
        store.drills.save(drill)
    return drill


def planning(store: Store, drill_id: str, *, by: User, at: int) -> DrillAct:
    """What would let a draft begin at its hour, or now; raises Refused."""
    drill = get(store, drill_id)
    displays = covered(store, drill, by=by)
    if at - drill.created_at > DRAFT_LIFE:
        raise Refused(N_("Bản nháp diễn tập đã quá 30 phút. Hãy xem lại rồi đặt."))
    if drill.begins_at <= at and (alert := _real_alert(store, displays, at)):
        raise Refused(
            N_(
                "Đang có cảnh báo THẬT “{headline}” trên màn hình đã chọn nên không diễn tập được."
                " Hãy chờ hết cảnh báo."
            ),
            headline=alert.words.headline,
        )
    return DrillAct(kind=DrillActKind.PLAN, drill=drill, displays=len(displays))


def stopping(store: Store, drill_id: str, *, by: User) -> DrillAct:
    """What would end a drill before its time, or call it off; raises Refused."""
    drill = get(store, drill_id)
    displays = reached(store, drill.targets, Action.ALERT, by=by)
    return DrillAct(kind=DrillActKind.STOP, drill=drill, displays=len(displays))


def plan(store: Store, drill_id: str, *, authorise: AuthoriseSet, by: User, at: int) -> Drill:
    """Let a draft begin at its hour, or now, as the sealer allows it; raises Refused."""
    return authorise(planning(store, drill_id, by=by, at=at), by, at).drill


def stop(store: Store, drill_id: str, *, authorise: AuthoriseSet, by: User, at: int) -> Drill:
    """End a drill before its time, or call one off that has not begun."""
    return authorise(stopping(store, drill_id, by=by), by, at).drill


def get(store: Store, drill_id: str) -> Drill:
    """One drill; raises NotFound."""
    drill = store.drills.get(drill_id)
    if drill is None:
        raise NotFound(N_("Không có buổi diễn tập này. Hãy mở lại danh sách diễn tập."))
    return drill


def covered(store: Store, drill: Drill, *, by: User) -> list[Display]:
    """The displays that a drill means now."""
    return reached(store, drill.targets, Action.ALERT, by=by)


def report(store: Store, drill: Drill, *, by: User) -> list[Shown]:
    """For each display of a drill, by the players' own sealed word, whether it was on its glass."""
    presented = store.reports.presented(drill.id, REVISION)
    rows = []
    for display in covered(store, drill, by=by):
        one = presented.get(display.id)
        if one and one.presented_at:
            took = max(0, one.presented_at - drill.begins_at)
            rows.append(Shown(display=display, state="shown", took_ms=took))
        else:
            rows.append(Shown(display=display, state="received" if one else "waiting"))
    order = {"waiting": 0, "received": 1, "shown": 2}
    return sorted(rows, key=lambda row: (order[row.state], -(row.took_ms or 0), row.display.name))


def as_csv(drill: Drill, rows: Sequence[Shown]) -> str:
    """The report for a table: one line a display, with the seconds until it was on the glass."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["drill", "display", "name", "unit", "state", "seconds"])
    for row in rows:
        seconds = "" if row.took_ms is None else f"{row.took_ms / 1000:.1f}"
        display = row.display
        name = display.name
        # A name that a spreadsheet would take for a formula stays text.
        name = f"'{name}" if name[:1] in "=+-@" else name
        writer.writerow([drill.id, display.id, name, display.unit, row.state, seconds])
    return table.getvalue()


def _real_alert(store: Store, displays: Sequence[Display], at: int) -> Alert | None:
    """A real alert that runs on one of these displays."""
    drilled = {display.id for display in displays}
    for alert in store.alerts.live():
        if alert.state is AlertState.RAISED and not alert.is_over(at):
            alerted = {display.id for display in meant(store, alert.targets)}
            if alerted & drilled:
                return alert
    return None
