"""The report of an alert on paper, in the language of whoever asks for it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from signage.domain.alert import AlertState
from signage.domain.sentences import N_
from signage.render.paper import Section, pdf
from signage.workflows.alerts.alert_report import RECEIVED, SHOWN, UNREACHED, Chapter, Reach

Say = Callable[[str], str]

STATES = {SHOWN: N_("đã hiện"), RECEIVED: N_("đã nhận"), UNREACHED: N_("chưa tới được")}
_ACT = {
    AlertState.RAISED: N_("Nội dung phát"),
    AlertState.CLEARED: N_("Báo hết nguy hiểm"),
}


def as_pdf(
    told: Sequence[Chapter], *, say: Say, unit_name: Say, zone: ZoneInfo, at: int, foot: str
) -> bytes:
    """Return the report; `say` translates, `unit_name` gives the name of a unit."""
    sections = [
        _section(number, chapter, say, unit_name, zone) for number, chapter in enumerate(told, 1)
    ]
    headline = told[-1].alert.words.headline if told else ""
    title = f"{say(N_('Báo cáo cảnh báo'))}: {headline}"
    return pdf(title, sections, foot=foot, made_at=datetime.fromtimestamp(at / 1000, zone))


def _section(number: int, chapter: Chapter, say: Say, unit_name: Say, zone: ZoneInfo) -> Section:
    alert, words = chapter.alert, chapter.alert.words
    counts = ", ".join(
        f"{say(STATES[state])} {chapter.count(state)}" for state in (SHOWN, RECEIVED, UNREACHED)
    )
    slowest = "–" if chapter.slowest_ms is None else in_seconds(chapter.slowest_ms)
    return Section(
        heading=f"{number}. {say(_ACT[alert.state])} · {day_time(chapter.at, zone)} · {chapter.by}",
        facts=[
            (say(N_("Khu vực")), words.area),
            (say(N_("Cần làm")), words.body or "–"),
            (say(N_("Cơ quan ban hành")), words.sender),
            (say(N_("Tự hết lúc")), day_time(alert.expires_at, zone)),
            (say(N_("Màn hình")), f"{len(chapter.reached)}: {counts}"),
            (say(N_("Chậm nhất (giây)")), slowest),
        ],
        table=[
            [say(N_(name)) for name in _COLUMNS],
            *(_row(one, say, unit_name, zone) for one in chapter.reached),
        ],
        widths=(34, 24, 14, 16, 12),
    )


_COLUMNS = (N_("Màn hình"), N_("Đơn vị"), N_("Trạng thái"), N_("Hiện lúc"), N_("Sau (giây)"))


def _row(one: Reach, say: Say, unit_name: Say, zone: ZoneInfo) -> list[str]:
    shown_at = "–" if one.presented_at is None else clock_time(one.presented_at, zone)
    took = "–" if one.took_ms is None else in_seconds(one.took_ms)
    silent = "" if one.site_has_loudspeaker else " · " + say(N_("không có loa"))
    unit = unit_name(one.display.unit)
    return [one.display.name, unit + silent, say(STATES[one.state]), shown_at, took]


def day_time(moment: int, zone: ZoneInfo) -> str:
    """A moment in ms UTC as people write it."""
    return datetime.fromtimestamp(moment / 1000, zone).strftime("%H:%M:%S %d/%m/%Y")


def clock_time(moment: int, zone: ZoneInfo) -> str:
    """The same without its day."""
    return datetime.fromtimestamp(moment / 1000, zone).strftime("%H:%M:%S")


def in_seconds(milliseconds: int) -> str:
    """A length of time with a decimal comma."""
    return f"{milliseconds / 1000:.2f}".replace(".", ",")
