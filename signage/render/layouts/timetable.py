"""Timetable: rows pasted from a table, with the names of the columns above them."""

from PIL import Image

from signage.domain.sentences import N_
from signage.render.furniture import SOURCE, TITLE
from signage.render.headed import headed
from signage.render.layout import Field, Illegible, Layout, Page, Paged
from signage.render.legibility import ladder, least_size
from signage.render.portions import portions_of_table
from signage.render.sheet import Box, Sheet
from signage.render.tables import (
    Crowded,
    Table,
    checked_table,
    fit_table,
    has_heading,
    is_amounts,
    rows_of,
    table_text,
)
from signage.render.typefaces import BOLD, MEDIUM

ROWS = Field(
    name="rows",
    label=N_("Các dòng của bảng (dán từ Excel, Word)"),
    most=2000,
    rows=8,
    clean=table_text,
    check=checked_table,
)


def _draw(page: Page) -> Image.Image:
    sheet, room = headed(page, page.words["title"], field=TITLE, source=page.words["source"])
    draw_rows(sheet, page, room)
    return sheet.finished()


def draw_rows(sheet: Sheet, page: Page, room: Box) -> None:
    """Draw the table of the field ROWS into `room`; raises Illegible when it does not fit."""
    left, top, right, bottom = room
    _draw_table(sheet, page, _fit(page, (right - left, bottom - top)), room)


def _fit(page: Page, room: tuple[int, int]) -> Table:
    least = least_size(page.profile)
    least = least if page.led else max(least, page.px(36))
    most = max(24, page.size[1] // 8) if page.led else page.px(100)
    faces = ladder(page.led, most, least, BOLD if page.led else MEDIUM)
    try:
        return fit_table(rows_of(page.words["rows"]), room, faces, air=0.06 if page.led else 0.3)
    except Crowded as crowded:
        board = f"{page.profile.width}×{page.profile.height}"
        if not crowded.rows:
            raise Illegible(
                N_("Các cột quá rộng cho bảng {board}. Hãy bớt cột hoặc viết ngắn lại."),
                field=ROWS.name,
                board=board,
            ) from None
        raise Illegible(
            N_("Bảng {board} chứa khoảng {rows} dòng. Hãy bớt dòng hoặc tách làm hai trang chiếu."),
            field=ROWS.name,
            board=board,
            rows=crowded.rows,
        ) from None


def _draw_table(sheet: Sheet, page: Page, table: Table, room: Box) -> None:
    rows, (left, top, right, bottom) = rows_of(page.words["rows"]), room
    heading, look = has_heading(rows), page.look
    amounts = [is_amounts(rows, column) for column in range(len(rows[0]))]
    heights = table.heights
    most = table.face.size // 3 if page.led else table.face.size
    gap = min((bottom - top - sum(heights)) // max(1, len(heights) - 1), most)
    y = top + max(0, (bottom - top - sum(heights) - gap * (len(heights) - 1)) * 2 // 5)
    for number, (blocks, height) in enumerate(zip(table.rows, heights, strict=True)):
        named = heading and number == 0
        ink = look.quiet if named or (page.led and number % 2) else look.ink
        for column, (block, (x, width)) in enumerate(zip(blocks, table.columns, strict=True)):
            indent = width - block.width if amounts[column] else 0
            sheet.write(block, left + x + indent, y, ink=ink)
        y += height
        if number < len(heights) - 1 and gap >= 2:
            _draw_rule(sheet, page, (left, y + gap // 2, right), named=named)
        y += gap


def _draw_rule(sheet: Sheet, page: Page, at: tuple[int, int, int], *, named: bool) -> None:
    left, y, right = at
    if page.led and not named:
        return  # every row of dots that is lit between the lines takes sharpness from both
    thick = 1 if page.led else page.px(4 if named else 2)
    sheet.fill((left, y, right, y + thick), page.look.accent if named else page.look.rule)


LAYOUT = Layout(
    name="timetable",
    title=N_("Bảng, lịch"),
    description=N_(
        "Các dòng dán từ Excel hay Word: lịch tiêm, giá cả, lịch trực. Dòng đầu không có số là"
        " tên cột."
    ),
    fields=(TITLE, ROWS, SOURCE),
    picture=False,
    draw=_draw,
    paged=Paged(field=ROWS.name, portions=portions_of_table, rows=True, mark=TITLE.name),
)
