"""The lunar calendar as Viet Nam keeps it (UTC+7), and dates as people here write them."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from lunar_vn import solar_to_lunar
from lunar_vn.can_chi import get_year_can_chi

from players.contract.widgets import LunarMonth
from signage.domain.sentences import N_, Refused

_EPOCH = date(1970, 1, 1)
_LONGEST_MONTH = 30
# Computed for the meridian of Hà Nội; with Beijing's, Tết falls on another day in some years.
TIME_ZONE = 7.0
FIRST_YEAR, LAST_YEAR = 1901, 2099

_MONTHS = (
    "Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Chạp",
)  # fmt: skip
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
_FULL_MOON, _FIRST_TEN = 15, 10


class Lunar(NamedTuple):
    """A day of the lunar calendar; `leap` is true in a month that stands twice in its year."""

    day: int
    month: int
    year: int
    leap: bool

    @property
    def month_name(self) -> str:
        """The month's name: Giêng, Hai … Chạp, with (nhuận) in a leap month."""
        return _MONTHS[self.month - 1] + (" (nhuận)" if self.leap else "")

    @property
    def year_name(self) -> str:
        """The year by stem and branch, such as Bính Ngọ."""
        return str(get_year_can_chi(self.year))

    @property
    def in_words(self) -> str:
        """The day and month as people say them: mùng 1 tháng Giêng, Rằm tháng Tám."""
        if self.day == _FULL_MOON:
            return f"Rằm tháng {self.month_name}"
        early = "mùng " if self.day <= _FIRST_TEN else ""
        return f"{early}{self.day} tháng {self.month_name}"

    @property
    def in_figures(self) -> str:
        """The day and month in figures, such as 16/10."""
        return f"{self.day}/{self.month}{' nhuận' if self.leap else ''}"


def lunar_of(day: date) -> Lunar:
    """Return the lunar day of a solar `day` of the years FIRST_YEAR to LAST_YEAR."""
    found = solar_to_lunar(day, time_zone=TIME_ZONE)
    return Lunar(found.day, found.month, found.year, bool(found.leap))


def months_from(first: date, years: int) -> list[LunarMonth]:
    """Return the lunar months from the one that holds `first` until `years` years later.

    The last of them only says where the one before it ends.
    """
    day, last = first, first.replace(year=first.year + years, day=1)
    months: list[LunarMonth] = []
    while day <= last and day.year <= LAST_YEAR:
        lunar = lunar_of(day)
        begins = day - timedelta(days=lunar.day - 1)
        months.append(LunarMonth((begins - _EPOCH).days, lunar.month, lunar.leap))
        day = begins + timedelta(days=_LONGEST_MONTH + 1)
    return months


@lru_cache(maxsize=256)
def tet_of(year: int) -> date:
    """Return the first day of Tết in the solar `year`; raise Refused where it is not known."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(
            N_("Chỉ tính được Tết từ năm {first} đến năm {last}. Hãy sửa năm."),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    day = date(year, 1, 20)
    while (lunar_of(day).day, lunar_of(day).month) != (1, 1):
        day += timedelta(days=1)
    return day


def weekday_name(day: date) -> str:
    """Return the weekday as people write it: Thứ Hai … Chủ nhật."""
    return _WEEKDAYS[day.weekday()]


def day_of(text: str) -> date:
    """Return the day that was typed, such as 24/11/2026 or 2026-11-24; raise Refused otherwise."""
    for form in _FORMATS:
        try:
            day = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise Refused(
        N_("“{text}” không phải là một ngày. Hãy viết ngày/tháng/năm, ví dụ 24/11/2026."),
        text=text,
    )
