"""Picture with a clock: a full picture, and in its corner the time and the day on a flat chip."""

from contextlib import suppress

from PIL import Image

from signage.domain.sentences import N_
from signage.render.contents import lay
from signage.render.fitting import TooMuch
from signage.render.furniture import margin
from signage.render.headed import is_strip
from signage.render.layout import Layout, Page, too_small
from signage.render.layouts import full_picture
from signage.render.legibility import ladder, least_size
from signage.render.rows import Row, fit_row
from signage.render.sheet import Sheet
from signage.render.typefaces import BOLD, SEMIBOLD

_TIME = ("hour", ":", "minute")
_DAYS = (("weekday", ", ", "day", "/", "month"), ("day", "/", "month"))
# Of the shorter side: a clock is looked for, so it may be small, and the picture is what counts.
_SHARE_WHERE_LOW, _SHARE = 0.22, 0.12
_CHIP_SHARE = 0.45


def _draw(page: Page) -> Image.Image:
    picture = full_picture.LAYOUT.draw(page)
    chip = _chip(page)
    edge = 0 if page.led else margin(page) // 2
    lay(chip, picture, (page.size[0] - chip.width - edge, page.size[1] - chip.height - edge))
    return picture


def _chip(page: Page) -> Image.Image:
    """Return the time with the day below it, where there is room for that, on the band's colour."""
    rows = _rows(page)
    pad = max(2, page.size[1] // 32) if page.led else page.px(22)
    gap = max(2, pad * 2 // 3)
    width = max(row.width for row in rows) + 2 * pad
    sheet = Sheet((width, sum(row.height + gap for row in rows) - gap + 2 * pad), page.look.band)
    inks = (page.look.band_ink, page.look.band_quiet)
    y = pad
    for row, ink in zip(rows, inks, strict=False):
        sheet.stand(row, (pad, y, width - 2 * pad), ink=ink, paper=page.look.band, align="centre")
        y += row.height + gap
    return sheet.finished()


def _rows(page: Page) -> list[Row]:
    share = _SHARE_WHERE_LOW if page.led or is_strip(page) else _SHARE
    high = round(min(page.size) * share)
    most = round(page.size[0] * _CHIP_SHARE)
    least = least_size(page.profile)
    try:
        time = fit_row(
            _TIME, (most, high), ladder(page.led, max(least, high * 3 // 2), least, BOLD)
        )
    except TooMuch:
        raise too_small(page) from None
    fine = least_size(page.profile, "fine")
    faces = ladder(page.led, max(fine, high * 3 // 5), fine, SEMIBOLD)
    for says in _DAYS:
        with suppress(TooMuch):
            return [time, fit_row(says, (max(time.width, most * 2 // 3), high), faces)]
    return [time]


LAYOUT = Layout(
    name="picture_clock",
    title=N_("Ảnh toàn màn hình có đồng hồ"),
    description=N_("Một ảnh trên toàn bộ màn hình, giờ và ngày ở góc; màn hình tự chạy giờ."),
    fields=(),
    picture=True,
    fitted=True,
    draw=_draw,
)
