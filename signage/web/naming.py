"""From ids to the names people know: persons, units, displays, profiles, states, weekdays."""

import re
from collections.abc import Sequence

from flask import Flask, g

from signage.domain.display import Display, Profile
from signage.domain.language import LANGUAGES
from signage.domain.names import NotFound
from signage.domain.reading import word_count, words_a_minute
from signage.domain.rendition import Rendition
from signage.domain.review import State
from signage.domain.schedule import ALL_DAY, Daypart
from signage.domain.sentences import N_
from signage.domain.slide import Slide, TickerLine
from signage.domain.units import Unit
from signage.web import findings, formats, glass
from signage.web.context import now, store
from signage.web.language import gettext
from signage.workflows.content.layout_choice import layout_named
from signage.workflows.sets import holding
from signage.workflows.sets.holding import HeldAmong

_NUMBERS = re.compile(r"(\d+)")

STATES = {
    State.SUBMITTED: N_("Chờ duyệt"),
    State.APPROVED: N_("Đã duyệt"),
    State.RETURNED: N_("Bị trả lại"),
    State.WITHDRAWN: N_("Đã gỡ"),
    State.SUPERSEDED: N_("Đã có bản mới"),
}
STATE_MARKS = {
    State.SUBMITTED: ("warning", "clock"),
    State.APPROVED: ("ok", "check"),
    State.RETURNED: ("danger", "return"),
    State.WITHDRAWN: ("danger", "stop"),
    State.SUPERSEDED: ("", "journal"),
}
LINKS = {
    "online": (N_("Trực tuyến"), "ok", "online"),
    "late": (N_("Chậm"), "warning", "late"),
    "lost": (N_("Mất kết nối"), "danger", "lost"),
    "never": (N_("Chưa kết nối lần nào"), "", "info"),
}
SOURCES = {
    "schedule": N_("Lịch phát"),
    "alert": N_("Khẩn cấp"),
    "bulletin": N_("Ưu tiên"),
    "hold": N_("Đang giữ"),
    "drill": N_("Diễn tập"),
    "command": N_("Lệnh thử"),
    "off": N_("Ngoài giờ bật"),
    "fallback": N_("Dự phòng"),
    "": N_("Chưa rõ"),
}
FALLBACKS = {
    "cut-off": N_("Mất liên lạc với máy chủ, và lúc này không có lịch phát."),
    "clock-unsure": N_("Đồng hồ máy phát sai, chưa hỏi được giờ đúng từ máy chủ."),
    "programme-ended": N_("Chương trình đã hết hạn, máy phát chưa nhận được bản mới."),
    "documents-missing": N_("Đến giờ phát nhưng máy phát chưa tải đủ tệp."),
    "nothing-scheduled": N_("Lúc này không có lịch phát."),
    "no-manifest": N_("Máy phát chưa nhận được chương trình nào."),
    "retired": N_("Màn hình này đã ngừng dùng."),
    "expired": N_("Nội dung theo lịch đã hết giá trị."),
}
"""Why a fallback slide is up, by the reason that a player gives."""
ZONES = {
    "main": N_("Phần chính"),
    "side": N_("Phần bên cạnh"),
}
ARRANGEMENTS = {
    "full": N_("Toàn màn hình"),
    "side": N_("Phần chính và phần bên cạnh"),
    "header": N_("Dải đầu có tên và đồng hồ"),
}
TRANSITIONS = {
    "cut": N_("đổi ngay"),
    "crossfade": N_("mờ dần"),
    "slide": N_("trượt ngang"),
}
"""How slides give way to each other."""
WEEKDAYS = (N_("T2"), N_("T3"), N_("T4"), N_("T5"), N_("T6"), N_("T7"), N_("CN"))
WEEKDAY_NAMES = (
    N_("Thứ Hai"),
    N_("Thứ Ba"),
    N_("Thứ Tư"),
    N_("Thứ Năm"),
    N_("Thứ Sáu"),
    N_("Thứ Bảy"),
    N_("Chủ nhật"),
)
UNIT_KINDS = {
    "city": N_("Thành phố"),
    "phuong": N_("Phường"),
    "xa": N_("Xã"),
    "ward": N_("Phường"),
    "commune": N_("Xã"),
}


def person_name(user_id: str | None) -> str:
    """Return the name of a person; the id of a process or somebody long gone stays as it is."""
    if user_id is None:
        return ""
    names: dict[str, str] = g.setdefault("person_names", {})
    if user_id not in names:
        try:
            names[user_id] = store().users.get(user_id).name
        except NotFound:
            names[user_id] = user_id
    return names[user_id]


def units() -> dict[str, Unit]:
    """Return all units by id, read once in a request."""
    if "units" not in g:
        g.units = store().units.by_id()
    found: dict[str, Unit] = g.units
    return found


def unit_name(unit_id: str) -> str:
    """Return the name of a unit."""
    unit = units().get(unit_id)
    return unit.name if unit else unit_id


def displays() -> dict[str, Display]:
    """Return all displays by id, retired ones too, read once in a request."""
    if "displays" not in g:
        g.displays = {display.id: display for display in store().displays.all(retired=True)}
    found: dict[str, Display] = g.displays
    return found


def display_name(display_id: str) -> str:
    """Return the name of a display."""
    display = displays().get(display_id)
    return display.name if display else display_id


def language_name(tag: str) -> str:
    """Return the name of a language of slides, as it begins a line."""
    name = language_within(tag)
    return name[:1].upper() + name[1:]


def language_within(tag: str) -> str:
    """Return the name of a language of slides, as it stands within a sentence."""
    return str(gettext(LANGUAGES[tag])) if tag in LANGUAGES else tag


def profiles() -> dict[str, Profile]:
    """Return all profiles by id, read once in a request."""
    if "profiles" not in g:
        g.profiles = store().profiles.by_id()
    found: dict[str, Profile] = g.profiles
    return found


def profile_name(profile_id: str) -> str:
    """Return the name of a profile with its pixels."""
    profile = profiles().get(profile_id)
    if profile is None:
        return profile_id
    pixels = f"{profile.width}×{profile.height}"
    return profile.name if pixels in profile.name else f"{profile.name} ({pixels})"


def slide_words(slide: Slide) -> list[str]:
    """Return what a slide says, in the order in which its layout reads."""
    order = [field.name for field in layout_named(slide.layout).fields]
    return [slide.fields[name] for name in order if slide.fields.get(name)]


def slide_title(slide: Slide) -> str:
    """Return the first words of a slide, or what kind of slide it is."""
    words = slide_words(slide)
    return words[0] if words else gettext(layout_named(slide.layout).title)


def pace_of(lines: Sequence[TickerLine], strip: Rendition) -> int:
    """Return how many words a minute pass on a ticker strip."""
    words = word_count(line.text for line in lines)
    return words_a_minute(words, strip.width, strip.step, strip.every)


def target_name(target: str) -> str:
    """Return where something goes in words: a display, a unit with all below, a tag, everything."""
    kind, _, name = target.partition(":")
    if kind == "display":
        return display_name(name)
    if kind == "unit":
        return gettext("Tất cả màn hình của %(unit)s", unit=unit_name(name))
    if kind == "tag":
        return gettext("Màn hình có nhãn “%(tag)s”", tag=name)
    return gettext("Toàn bộ màn hình")


def held_among(displays: list[Display]) -> HeldAmong:
    """Return which of these displays show no alert now because somebody holds them."""
    return holding.held_among(store(), displays, at=now())


def daypart_words(daypart: Daypart) -> str:
    """Return the hours and days of a daypart in words."""
    whole_day = daypart.ends - daypart.starts in {0, 1440}
    hours = (
        gettext("cả ngày")
        if whole_day
        else f"{formats.hour(daypart.starts)}–{formats.hour(daypart.ends)}"
    )
    if not whole_day and daypart.ends <= daypart.starts:
        hours = gettext("%(hours)s hôm sau", hours=hours)
    days = sorted(daypart.weekdays)
    if days == sorted(ALL_DAY.weekdays):
        return gettext("%(hours)s, hằng ngày", hours=hours)
    return f"{hours}, {', '.join(gettext(WEEKDAYS[day]) for day in days)}"


def as_counted(name: str) -> list[tuple[int, str]]:
    """Return what sorts “thôn 2” before “thôn 10”."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in _NUMBERS.split(name)]


def teach(app: Flask) -> None:
    """Make the names known to the templates of `app`."""
    for name, function in (
        ("person_name", person_name),
        ("unit_name", unit_name),
        ("display_name", display_name),
        ("profile_name", profile_name),
        ("target_name", target_name),
        ("held_among", held_among),
        ("language_name", language_name),
        ("language_within", language_within),
        ("slide_words", slide_words),
        ("slide_title", slide_title),
        ("pace_of", pace_of),
        ("figures_now", glass.figures_now),
        ("figures_address", glass.figures_address),
        ("stage_of", glass.stage_of),
        ("parts_of", glass.parts_of),
        ("daypart_words", daypart_words),
    ):
        app.add_template_global(function, name)
    app.jinja_env.globals.update(findings.TAUGHT)
    app.jinja_env.globals.update(
        state_words=STATES,
        state_marks=STATE_MARKS,
        link_words=LINKS,
        source_words=SOURCES,
        fallback_words=FALLBACKS,
        zone_words=ZONES,
        arrangement_words=ARRANGEMENTS,
        transition_words=TRANSITIONS,
        weekdays=WEEKDAYS,
        weekday_names=WEEKDAY_NAMES,
        unit_kinds=UNIT_KINDS,
    )
