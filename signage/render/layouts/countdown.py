"""Countdown: how long it is until a day or to Tết; players count, and then say what was typed."""

from contextlib import suppress
from datetime import datetime

from PIL import Image

from signage.domain.expiry import minutes_of, moment_of
from signage.domain.lunar import tet_of
from signage.domain.sentences import N_, Refused
from signage.render.fitting import TooMuch
from signage.render.furniture import SOURCE
from signage.render.headed import headed
from signage.render.layout import Field, Layout, Page, too_small
from signage.render.legibility import ladder, least_size
from signage.render.rows import Row, fit_row
from signage.render.typefaces import BOLD

MAX_THEN_LETTERS = 24


def end_of(text: str) -> datetime:
    """Return the end that was typed: "Tết 2027", or a moment as in `expiry`; else raise Refused."""
    word = text.strip().lower()
    if word.startswith("tết"):
        year = word.removeprefix("tết").strip()
        if year.isdecimal() and len(year) == 4:
            return datetime.combine(tet_of(int(year)), datetime.min.time())
    try:
        return moment_of(text, end=False)
    except Refused:
        raise Refused(
            N_(
                "“{text}” không phải là một thời điểm. Hãy viết như 18:00 28/11/2026 hoặc Tết 2027."
            ),
            text=text,
        ) from None


_TITLE = Field(name="title", label=N_("Đếm ngược đến việc gì"), most=100)
_TO = Field(
    name="to",
    label=N_("Đến lúc nào (ví dụ Tết 2027, hoặc 0:00 1/1/2027)"),
    most=40,
    check=end_of,
)
_THEN = Field(name="then", label=N_("Khi đến giờ thì hiện"), most=MAX_THEN_LETTERS)

_DAYS = ("days_left", " ngày")
_CLOCK = ("hours_left", " giờ ", "minutes_left", " phút ", "seconds_left", " giây")
_SHORT_CLOCK = ("hours_left", ":", "minutes_left", ":", "seconds_left")
# Ticking seconds draw a driver's eyes.
_AT_ROADS = ("hours_left", " giờ ", "minutes_left", " phút")
_SHORT_AT_ROADS = ("hours_left", ":", "minutes_left")


def _draw(page: Page) -> Image.Image:
    words = page.words
    sheet, room = headed(page, words["title"], field=_TITLE, source=words["source"])
    left, top, right, bottom = room
    width, height = right - left, bottom - top
    clocks = (_AT_ROADS, _SHORT_AT_ROADS) if page.profile.traffic else (_CLOCK, _SHORT_CLOCK)
    try:
        days = _fit(page, (_DAYS,), (width, height * 11 // 20))
        rest = _fit(page, clocks, (width, height * 3 // 10))
        then = _fit(page, ((),), (width, height * 3 // 5), then=(words["then"],))
    except TooMuch:
        raise too_small(page) from None
    gap = min(max(1, (height - days.height - rest.height) // 3), days.height // 2)
    y = top + (height - days.height - rest.height - gap) // 2
    to = minutes_of(end_of(words["to"]))
    strong = page.look.band_ink if page.led else page.look.band
    sheet.stand(days, (left, y, width), ink=strong, align="centre", to=to)
    y += days.height + gap
    sheet.stand(rest, (left, y, width), ink=page.look.ink, align="centre", to=to)
    y = top + (height - then.height) // 2
    sheet.stand(then, (left, y, width), ink=strong, align="centre", to=to, then=(words["then"],))
    return sheet.finished()


def _fit(
    page: Page, ways: tuple[tuple[str, ...], ...], room: tuple[int, int], then: tuple[str, ...] = ()
) -> Row:
    least = least_size(page.profile)
    faces = ladder(page.led, max(least, room[1] * 3 // 2), least, BOLD)
    for says in ways:
        with suppress(TooMuch):
            return fit_row(says, room, faces, then=then)
    raise TooMuch(0)


LAYOUT = Layout(
    name="countdown",
    title=N_("Đếm ngược"),
    description=N_("Còn bao nhiêu ngày, giờ đến Tết hay một ngày lễ; màn hình tự đếm."),
    fields=(_TITLE, _TO, _THEN, SOURCE),
    picture=False,
    draw=_draw,
)
