"""Two columns: two things side by side, such as what to do and what not, one under the other."""

from typing import NamedTuple

from PIL import Image

from signage.domain.sentences import N_
from signage.render.colours import Colour
from signage.render.fitting import Block, TooMuch, fit, loosened
from signage.render.furniture import SOURCE, TITLE
from signage.render.headed import headed
from signage.render.layout import Field, Illegible, Layout, Page, too_much
from signage.render.legibility import ladder, least_size
from signage.render.sheet import Box, Sheet
from signage.render.typefaces import BOLD, MEDIUM, Face

_LEFT = Field(name="left", label=N_("Cột trái"), most=600, rows=5)
_RIGHT = Field(name="right", label=N_("Cột phải"), most=600, rows=5)
_LEFT_TITLE = Field(name="left_title", label=N_("Tên cột trái"), most=60, required=False)
_RIGHT_TITLE = Field(name="right_title", label=N_("Tên cột phải"), most=60, required=False)
_COLUMNS = ((_LEFT_TITLE, _LEFT), (_RIGHT_TITLE, _RIGHT))


class _Column(NamedTuple):
    title: Block | None
    text: Block


class _Setting(NamedTuple):
    """Both columns in one size, and the boxes they stand in."""

    columns: list[_Column]
    boxes: list[Box]
    size: int

    @property
    def titles(self) -> int:
        """The height of the taller name of a column, 0 when both have none."""
        return max(column.title.height if column.title else 0 for column in self.columns)

    @property
    def texts(self) -> int:
        """The height of the longer text."""
        return max(column.text.height for column in self.columns)


def _draw(page: Page) -> Image.Image:
    sheet, room = headed(page, page.words["title"], field=TITLE, source=page.words["source"])
    settings: list[_Setting] = []
    much: Illegible | None = None
    ways = [_side_by_side(page, room), _one_above(page, room)]
    if page.size[1] > page.size[0]:
        ways.reverse()
    for boxes in ways:
        try:
            settings.append(_fit(page, boxes))
        except Illegible as refusal:
            much = much or refusal
    if not settings:
        raise much or too_much(page, 0)
    # The way that suits the shape, unless letters gain much by the other.
    best = max(settings, key=lambda setting: setting.size)
    chosen = settings[0] if settings[0].size >= best.size * 0.8 else best
    _draw_setting(sheet, page, chosen)
    return sheet.finished()


def _side_by_side(page: Page, room: Box) -> list[Box]:
    left, top, right, bottom = room
    middle, gutter = (left + right) // 2, _gutter(page)
    return [(left, top, middle - gutter, bottom), (middle + gutter, top, right, bottom)]


def _one_above(page: Page, room: Box) -> list[Box]:
    left, top, right, bottom = room
    middle, gutter = (top + bottom) // 2, max(1, _gutter(page) * 2 // 3)
    return [(left, top, right, middle - gutter), (left, middle + gutter, right, bottom)]


def _gutter(page: Page) -> int:
    return max(4, page.size[1] // 48) if page.led else page.px(44)


def _fit(page: Page, boxes: list[Box]) -> _Setting:
    """Set both texts in one face, the largest in which both stand in their boxes."""
    least = least_size(page.profile)
    most = max(24, page.size[1] // 7) if page.led else page.px(76)
    least = least if page.led else max(least, page.px(40))
    faces = ladder(page.led, most, least, BOLD if page.led else MEDIUM)
    much, fault = TooMuch(0), _LEFT
    for face in faces:
        columns = []
        try:
            for (title, field), box in zip(_COLUMNS, boxes, strict=True):
                fault = field
                columns.append(_column(page, (title, field), box, face))
        except TooMuch as error:
            much = error
            continue
        setting = _Setting(columns, boxes, face.size)
        if _fits(page, setting):
            return setting
    raise too_much(page, much.words, field=fault)


def _fits(page: Page, setting: _Setting) -> bool:
    """Return whether both stand in their boxes when a name of two lines lowers both texts."""
    taken = setting.titles + setting.texts + (_under_title(page) if setting.titles else 0)
    return all(taken <= bottom - top for _, top, _, bottom in setting.boxes)


def _column(page: Page, fields: tuple[Field, Field], box: Box, face: Face) -> _Column:
    left, top, right, bottom = box
    title, words = None, page.words[fields[0].name]
    room = bottom - top
    if words:
        faces = ladder(page.led, face.size, face.size, BOLD)
        title = fit(words, (right - left, room), faces, lines=2, even=True)
        room -= title.height + _under_title(page)
    text = fit(page.words[fields[1].name], (right - left, max(1, room)), (face,))
    return _Column(title, loosened(text, room))


def _under_title(page: Page) -> int:
    return max(2, page.size[1] // 64) if page.led else page.px(22)


def _draw_setting(sheet: Sheet, page: Page, setting: _Setting) -> None:
    titles, texts = setting.titles, setting.texts
    for column, (left, top, right, bottom) in zip(setting.columns, setting.boxes, strict=True):
        under = _under_title(page) if titles else 0
        y = top + max(0, round((bottom - top - titles - under - texts) * 0.3))
        if column.title:
            # Names of one and of two lines stand on the same rule.
            at = y + titles - column.title.height
            sheet.write(column.title, left, at, ink=_title_ink(page))
            thick = 1 if page.led else page.px(4)
            rule = page.look.rule if page.led else page.look.accent
            sheet.fill((left, y + titles, right, y + titles + thick), rule)
        sheet.write(column.text, left, y + titles + under, ink=page.look.ink)
    _draw_rule_between(sheet, page, setting.boxes)


def _draw_rule_between(sheet: Sheet, page: Page, boxes: list[Box]) -> None:
    (first_left, _, first_right, first_bottom), (left, top, right, bottom) = boxes
    thick = 1 if page.led else page.px(2)
    if left > first_right:
        middle = (left + first_right) // 2
        sheet.fill((middle, top, middle + thick, bottom), page.look.rule)
    elif not page.led:
        middle = (first_bottom + top) // 2
        sheet.fill((first_left, middle, right, middle + thick), page.look.rule)


def _title_ink(page: Page) -> Colour:
    return page.look.quiet if page.led else page.look.band


LAYOUT = Layout(
    name="two_columns",
    title=N_("Hai cột"),
    description=N_("Hai nội dung cạnh nhau, ví dụ “Nên làm” và “Không nên làm”."),
    fields=(TITLE, _LEFT_TITLE, _LEFT, _RIGHT_TITLE, _RIGHT, SOURCE),
    picture=False,
    draw=_draw,
)
