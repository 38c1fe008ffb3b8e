"""Header: a name at the left and a clock at the right, in a band above the slides."""

from contextlib import suppress

from PIL import Image

from signage.domain.arrangement import MAX_HEADER_LETTERS
from signage.domain.sentences import N_
from signage.render.fitting import Block, TooMuch, fit
from signage.render.layout import Field, Illegible, Layout, Page
from signage.render.legibility import ladder, least_size
from signage.render.rows import Row, fit_row
from signage.render.sheet import Sheet
from signage.render.typefaces import BOLD, SEMIBOLD, Face

_TEXT = Field(name="text", label=N_("Tên hiện ở đầu màn hình"), most=MAX_HEADER_LETTERS)

# From the longest to the shortest: the name must stay readable beside it.
_TIMES = (
    ("weekday", ", ", "day", "/", "month", "/", "year", "   ", "hour", ":", "minute"),
    ("day", "/", "month", "   ", "hour", ":", "minute"),
    ("hour", ":", "minute"),
)


def _draw(page: Page) -> Image.Image:
    width, height = page.size
    look = page.look
    sheet = Sheet(page.size, look.band)
    rule = 1 if page.led else max(2, height // 24)
    sheet.fill((0, height - rule, width, height), look.accent)
    side = max(2, height // 6) if page.led else page.px(56) * 2
    room = (width - 2 * side, height - rule - (2 if page.led else height // 5))
    name, time = _fit(page, room)
    middle = (height - rule) // 2
    y = middle - (name.cap_top + name.last_baseline) // 2
    sheet.write(name, side, y, ink=look.band_ink, paper=look.band)
    box = (side + name.width, middle - time.height // 2, width - 2 * side - name.width)
    sheet.stand(time, box, ink=look.band_quiet if page.led else look.band_ink, paper=look.band,
                align="right")  # fmt: skip
    return sheet.finished()


def _fit(page: Page, room: tuple[int, int]) -> tuple[Block, Row]:
    """Set the name beside the longest way to tell the time that leaves it room."""
    faces = _faces(page, room[1], BOLD)
    for says in _TIMES:
        with suppress(TooMuch):
            time = fit_row(says, (room[0] // 2, room[1] * 3 // 5), _faces(page, room[1], SEMIBOLD))
            rest = room[0] - time.width - time.face.size
            return fit(page.words["text"], (rest, room[1] * 2), faces, lines=1), time
    raise Illegible(
        N_("Tên ở đầu màn hình quá dài cho bảng {board}. Hãy rút ngắn."),
        field=_TEXT.name,
        board=f"{page.profile.width}×{page.profile.height}",
    )


def _faces(page: Page, most: int, weight: int) -> tuple[Face, ...]:
    least = least_size(page.profile, "fine")
    return ladder(page.led, max(least, most * 3 // 5), least, weight)


LAYOUT = Layout(
    name="header",
    title=N_("Dải đầu màn hình"),
    description=N_("Tên cơ quan và đồng hồ phía trên các trang chiếu."),
    fields=(_TEXT,),
    picture=False,
    draw=_draw,
    offered=False,
)
