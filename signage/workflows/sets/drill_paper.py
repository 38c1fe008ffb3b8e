"""The report of a drill on paper, in the language of whoever asks for it."""

import statistics
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from signage.domain.drill import Drill
from signage.domain.sentences import N_
from signage.render.paper import Section, pdf
from signage.workflows.alerts.alert_paper import clock_time, day_time, in_seconds
from signage.workflows.sets.drilling import Shown

Say = Callable[[str], str]

STATES = {"shown": N_("đã hiện"), "received": N_("đã nhận"), "waiting": N_("chưa tới được")}
_COLUMNS = (N_("Màn hình"), N_("Đơn vị"), N_("Trạng thái"), N_("Hiện lúc"), N_("Sau (giây)"))


def as_pdf(
    drill: Drill,
    rows: Sequence[Shown],
    *,
    by: str,
    say: Say,
    unit_name: Say,
    zone: ZoneInfo,
    at: int,
    foot: str,
) -> bytes:
    """Return the report; `by` is the name of whoever planned it, `say` translates."""
    section = Section(
        heading=say(N_("DIỄN TẬP, không phải cảnh báo thật")),
        facts=_facts(drill, rows, by, say, zone, at),
        table=[
            [say(name) for name in _COLUMNS],
            *(_row(drill, one, say, unit_name, zone) for one in rows),
        ],
        widths=(34, 24, 14, 16, 12),
    )
    title = f"{say(N_('Báo cáo diễn tập'))}: {drill.words.headline}"
    return pdf(title, [section], foot=foot, made_at=datetime.fromtimestamp(at / 1000, zone))


def _facts(
    drill: Drill, rows: Sequence[Shown], by: str, say: Say, zone: ZoneInfo, at: int
) -> list[tuple[str, str]]:
    took = [one.took_ms for one in rows if one.took_ms is not None]
    counts = ", ".join(
        f"{say(words)} {sum(one.state == state for one in rows)}" for state, words in STATES.items()
    )
    ended = drill.ended_at or drill.expires_at
    how = N_("người phụ trách kết thúc") if drill.ended_at else N_("tự kết thúc theo giờ đã đặt")
    facts = [
        (say(N_("Khu vực")), drill.words.area),
        (say(N_("Cần làm")), drill.words.body or "–"),
        (say(N_("Cơ quan ban hành")), drill.words.sender),
        (say(N_("Người đặt")), by),
        (say(N_("Bắt đầu")), day_time(drill.begins_at, zone)),
        (say(N_("Kết thúc")), f"{day_time(ended, zone)} ({say(how)})"),
        (say(N_("Màn hình")), f"{len(rows)}: {counts}"),
    ]
    if at < ended:
        facts[5] = (say(N_("Tự hết lúc")), day_time(drill.expires_at, zone))
    if took:
        half, slowest = in_seconds(int(statistics.median(took))), in_seconds(max(took))
        facts.append((say(N_("Một nửa số màn hình đã hiện sau (giây)")), half))
        facts.append((say(N_("Chậm nhất (giây)")), slowest))
    return facts


def _row(drill: Drill, one: Shown, say: Say, unit_name: Say, zone: ZoneInfo) -> list[str]:
    shown_at = took = "–"
    if one.took_ms is not None:
        shown_at = clock_time(drill.begins_at + one.took_ms, zone)
        took = in_seconds(one.took_ms)
    display = one.display
    return [display.name, unit_name(display.unit), say(STATES[one.state]), shown_at, took]
