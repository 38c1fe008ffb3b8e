"""Moments, days, sizes and seconds as people read them in Việt Nam: 23/11/2026, 07:30, 2,4 MB."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import get_locale

from signage.domain.sentences import N_, Refused
from signage.web.language import TIME_ZONE

ZONE = ZoneInfo(TIME_ZONE)

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_HOUR = re.compile(r"(\d{1,2})\s*(?:[:h.]|giờ)\s*(\d{1,2})?\s*(?:phút)?", re.IGNORECASE)


def local(moment: int) -> datetime:
    """Return `moment` (ms, UTC) as local time."""
    return datetime.fromtimestamp(moment / 1000, ZONE)


def day_time(moment: int) -> str:
    """Return `moment` as 23/11/2026 07:30."""
    return local(moment).strftime("%d/%m/%Y %H:%M")


def clock(moment: int) -> str:
    """Return `moment` as 07:30, with the day in front unless it is today."""
    when = local(moment)
    today = datetime.now(ZONE).date()
    return when.strftime("%H:%M") if when.date() == today else when.strftime("%H:%M %d/%m/%Y")


def clock_seconds(moment: int) -> str:
    """Return `moment` as 23/11/2026 07:30:05."""
    return local(moment).strftime("%d/%m/%Y %H:%M:%S")


def iso(moment: int) -> str:
    """Return `moment` as machines read it."""
    return local(moment).isoformat(timespec="seconds")


def day(text: str) -> str:
    """Return 2026-11-23 as 23/11/2026; anything else unchanged."""
    try:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:
        return text


def local_day(moment: int) -> str:
    """Return the day of `moment` as 23/11/2026, as forms take it."""
    return local(moment).strftime("%d/%m/%Y")


def local_hour(moment: int) -> str:
    """Return the hour of `moment` as 07:30, as forms take it."""
    return local(moment).strftime("%H:%M")


def hour(minute: int) -> str:
    """Return minutes since midnight as 07:30."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def number(value: float, digits: int = 0) -> str:
    """Return `value` with the marks of the language: 1.234,5 in Vietnamese, 1,234.5 in English."""
    text = f"{value:,.{digits}f}"
    if str(get_locale() or "vi") == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    return text


def seconds(milliseconds: int) -> str:
    """Return a duration as seconds with as many digits as it deserves: 0,42 or 7,5 or 130."""
    digits = 2 if milliseconds < 10_000 else 1 if milliseconds < 100_000 else 0
    return number(milliseconds / 1000, digits)


def size(count: int) -> str:
    """Return a number of bytes as kB, MB or GB."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= unit:
            whole = count % unit == 0 or count >= 100 * unit
            return f"{number(count / unit, 0 if whole else 1)} {name}"
    return f"{count} B"


def film_length(milliseconds: int) -> str:
    """Return the length of a film as 1:05."""
    minutes, rest = divmod(-(-milliseconds // 1000), 60)
    return f"{minutes}:{rest:02d}"


def short(sha256: str) -> str:
    """Return the first letters of a hash, enough for two people to compare over the telephone."""
    return f"{sha256[:4]} {sha256[4:8]} {sha256[8:12]}"


def parse_day(text: str, *, field: str) -> str:
    """Return 23/11/2026 (or 2026-11-23) as 2026-11-23; raises Refused for a day that is none."""
    text = text.strip()
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(
            N_("Ngày “{day}” không có trong lịch. Hãy nhập theo dạng ngày/tháng/năm."),
            field=field,
            day=text[:20],
        ) from None


def parse_hour(text: str, *, field: str) -> int:
    """Return 7:30, 07h30, 7 giờ 30 or 7h as minutes since midnight; 24:00 is 1440."""
    found = _HOUR.fullmatch(text.strip())
    minutes = int(found[1]) * 60 + int(found[2] or 0) if found else -1
    if found is None or int(found[2] or 0) > 59 or minutes > 1440:
        raise Refused(
            N_("Giờ “{hour}” không hợp lệ. Hãy nhập giờ và phút từ 00:00 đến 24:00, ví dụ 07:30."),
            field=field,
            hour=text[:20],
        )
    return minutes


def moment_of(day_text: str, minutes: int) -> int:
    """Return the moment (ms, UTC) of `minutes` after local midnight of the day YYYY-MM-DD."""
    midnight = datetime.combine(date.fromisoformat(day_text), datetime.min.time(), ZONE)
    return int((midnight + timedelta(minutes=minutes)).timestamp() * 1000)


def today() -> date:
    """Return the local date."""
    return datetime.now(ZONE).date()


def teach(app: Flask) -> None:
    """Make the formats known to the templates of `app`."""
    for name, shape in (
        ("day_time", day_time),
        ("clock", clock),
        ("clock_seconds", clock_seconds),
        ("iso", iso),
        ("day", day),
        ("hour", hour),
        ("local_day", local_day),
        ("local_hour", local_hour),
        ("number", number),
        ("seconds", seconds),
        ("size", size),
        ("film_length", film_length),
        ("short", short),
    ):
        app.add_template_filter(shape, name)
