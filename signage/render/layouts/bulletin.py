"""Bulletin: a table of weather or prices with its time of issue, not shown after its expiry."""

from datetime import datetime, time, timedelta

from PIL import Image

from signage.domain.expiry import EXPIRES, moment_of
from signage.domain.sentences import N_, Refused
from signage.render.furniture import TITLE
from signage.render.headed import headed
from signage.render.layout import Field, Layout, Page
from signage.render.layouts.timetable import ROWS, draw_rows

_ISSUED = Field(
    name="issued", label=N_("Ban hành lúc (ví dụ 6:00 28/11/2026)"), most=40, check=moment_of
)
_EXPIRES = Field(name=EXPIRES, label=N_("Hết giá trị lúc (sau đó tự ẩn)"), most=40, check=moment_of)
_SOURCE = Field(name="source", label=N_("Cơ quan ban hành"), most=120)


def _draw(page: Page) -> Image.Image:
    words = page.words
    issued, expires = (moment_of(words[name]) for name in ("issued", EXPIRES))
    if expires <= issued:
        raise Refused(
            N_("Bảng hết giá trị trước khi ban hành. Hãy sửa một trong hai thời điểm."),
            field=EXPIRES,
        )
    foot = f"{words['source']}, {issued:%H:%M %d/%m}, {_until(issued, expires)}"
    sheet, room = headed(page, words["title"], field=TITLE, source=foot, label="")
    draw_rows(sheet, page, room)
    return sheet.finished()


def _until(issued: datetime, expires: datetime) -> str:
    if expires.date() == issued.date():
        return f"đến {expires:%H:%M}"
    if expires == datetime.combine(issued + timedelta(days=1), time()):
        return "đến hết ngày"
    return f"đến {expires:%H:%M %d/%m}"


LAYOUT = Layout(
    name="bulletin",
    title=N_("Bản tin thời tiết, giá cả"),
    description=N_("Bảng có giờ ban hành và giờ hết giá trị; quá giờ là màn hình tự bỏ qua."),
    fields=(TITLE, ROWS, _ISSUED, _EXPIRES, _SOURCE),
    picture=False,
    draw=_draw,
)
