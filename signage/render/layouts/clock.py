"""Clock: the time in large figures, the date and the lunar day below; players keep it going."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from PIL import Image

from signage.domain.sentences import N_
from signage.render.colours import Colour
from signage.render.fitting import TooMuch
from signage.render.furniture import draw_woven_band, margin
from signage.render.headed import headed, is_strip
from signage.render.layout import Field, Layout, Page, too_small
from signage.render.legibility import ladder, least_size
from signage.render.rows import Row, fit_row
from signage.render.sheet import Box, Sheet
from signage.render.typefaces import BOLD, SEMIBOLD

_TITLE = Field(name="title", label=N_("Tên nơi đặt hoặc lời chào"), most=80, required=False)

_TIME = ("hour", ":", "minute")
_DATE = ("day", "/", "month", "/", "year")
_WEEKDAY_AND_DATE = ("weekday", ", ", *_DATE)
_LUNAR = ("Âm lịch ", "lunar_day", "/", "lunar_month", "lunar_leap")
_LUNAR_SHORT = ("ÂL ", "lunar_day", "/", "lunar_month", "lunar_leap")


class _Line(NamedTuple):
    """One row: what it says, in other words when that is too wide, and its share of the height."""

    says: tuple[tuple[str, ...], ...]
    share: float


_TALL = (
    _Line((_TIME,), 0.42),
    _Line((("weekday",),), 0.15),
    _Line((_DATE,), 0.17),
    _Line((_LUNAR, _LUNAR_SHORT), 0.14),
)
_TIGHT = (_Line((_TIME,), 0.5), _Line((_WEEKDAY_AND_DATE,), 0.18), _Line((_LUNAR,), 0.16))
_WIDE = (_Line((_TIME,), 0.44), _Line((_WEEKDAY_AND_DATE,), 0.17), _Line((_LUNAR,), 0.15))


def _draw(page: Page) -> Image.Image:
    sheet, room = _ground(page)
    left, top, right, bottom = room
    if is_strip(page) or (page.led and right - left > 3 * (bottom - top)):
        middle = left + (right - left) // 2
        dates = (_Line((_WEEKDAY_AND_DATE, _DATE), 0.36), _Line((_LUNAR, _LUNAR_SHORT), 0.32))
        with suppress(TooMuch):
            _draw_lines(sheet, page, (middle, top, right, bottom), dates)
            _draw_lines(sheet, page, (left, top, middle, bottom), (_Line((_TIME,), 0.8),))
            return sheet.finished()
        raise too_small(page)
    wide = right - left > 1.1 * (bottom - top)
    for lines in (_WIDE, _TIGHT, _TALL) if wide else (_TALL, _TIGHT):
        with suppress(TooMuch):
            _draw_lines(sheet, page, room, lines)
            return sheet.finished()
    raise too_small(page)


def _ground(page: Page) -> tuple[Sheet, Box]:
    if page.words["title"]:
        return headed(page, page.words["title"], field=_TITLE)
    width, height = page.size
    sheet = Sheet(page.size, page.look.paper)
    side = margin(page)
    if page.led:
        return sheet, (side, max(1, height // 24), width - side, height - max(1, height // 24))
    edge = draw_woven_band(sheet, page, 0, page.look.band)
    draw_woven_band(sheet, page, height - edge, page.look.band)
    return sheet, (side, edge + page.px(40), width - side, height - edge - page.px(40))


def _draw_lines(sheet: Sheet, page: Page, room: Box, lines: Sequence[_Line]) -> None:
    """Have all rows stand one below the other in the middle of `room`; raises TooMuch."""
    left, top, right, bottom = room
    high = bottom - top
    rows = [_fit(page, line, (right - left, round(high * line.share))) for line in lines]
    gap = (high - sum(row.height for row in rows)) // (len(rows) + 1)
    if gap < 1:
        raise TooMuch(0)
    gap = min(gap, high // 8)
    y = top + (high - sum(row.height for row in rows) - gap * (len(rows) - 1)) // 2
    for row in rows:
        sheet.stand(row, (left, y, right - left), ink=_ink(page, row), align="centre")
        y += row.height + gap


def _fit(page: Page, line: _Line, room: tuple[int, int]) -> Row:
    is_time = line.says[0] == _TIME
    least = least_size(page.profile, "body" if is_time else "fine")
    most = max(least, room[1] * 3 // 2)  # a figure is about two thirds of its face's size
    faces = ladder(page.led, most, least, BOLD if is_time else SEMIBOLD)
    for says in line.says:
        with suppress(TooMuch):
            return fit_row(says, room, faces)
    raise TooMuch(0)


def _ink(page: Page, row: Row) -> Colour:
    if row.says == _TIME:
        return page.look.band_ink if page.led else page.look.band
    return page.look.quiet if "lunar_day" in row.says else page.look.ink


LAYOUT = Layout(
    name="clock",
    title=N_("Đồng hồ, ngày âm lịch"),
    description=N_(
        "Giờ bằng số lớn, thứ, ngày dương và ngày âm; màn hình tự chạy, không cần mạng."
    ),
    fields=(_TITLE,),
    picture=False,
    draw=_draw,
)
