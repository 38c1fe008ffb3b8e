"""Tables: rows pasted from anywhere, their columns, and the face in which they all fit."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from signage.domain.sentences import N_, Refused
from signage.render.breaking import torn_words
from signage.render.coverage import clean_text
from signage.render.fitting import Block, TooMuch, fit
from signage.render.typefaces import Face

MAX_COLUMNS, MAX_ROWS = 6, 24
_BETWEEN = " | "
_CUTS = (re.compile(r"\t"), re.compile(r"\|"), re.compile(r";"), re.compile(r"[ \u00a0]{2,}"))
_FIGURES = re.compile(r"[\d\s.,:%₫+−–-]+(?:đ|kg|km|m|ha)?")
_WHOLE_LINES_WORTH, _WHOLE_WORDS_WORTH = 0.8, 0.7
_FARTHEST_EM = 7

Rows = tuple[tuple[str, ...], ...]


class Table(NamedTuple):
    """A table set in one face: its blocks row by row, and the columns as (left, width) in px."""

    face: Face
    rows: list[list[Block]]
    columns: list[tuple[int, int]]

    @property
    def heights(self) -> list[int]:
        """The height of each row in px, without any gap."""
        return [max(block.height for block in row) for row in self.rows]


class Crowded(Exception):
    """The rows do not fit; `rows` is about how many would, 0 when the columns are too wide."""

    def __init__(self, rows: int) -> None:
        super().__init__(rows)
        self.rows = rows


def table_text(text: str) -> str:
    """Return pasted rows with " | " between their cells.

    Cells are told apart by tabs (as spreadsheets and Word paste them), else by bars, semicolons
    or two blanks and more.
    """
    lines = (_cells(line) for line in re.split(r"\r\n|[\r\n\u2028\u2029]", text))
    return "\n".join(_BETWEEN.join(cells) for cells in lines if any(cells))


def _cells(line: str) -> list[str]:
    line = line.strip(" \u00a0")
    cut = next((cut for cut in _CUTS if cut.search(line)), None)
    return [clean_text(cell).replace("|", "/") for cell in (cut.split(line) if cut else [line])]


def rows_of(text: str) -> Rows:
    """Return the cells of a table that table_text has tidied, each row of the same length."""
    rows = [line.split(_BETWEEN) for line in text.split("\n")]
    count = max(len(row) for row in rows)
    return tuple((*row, *[""] * (count - len(row))) for row in rows)


def checked_table(text: str) -> Rows:
    """Return the rows of `text`; raise Refused when it is none, or too large for displays."""
    rows = rows_of(text)
    if len(rows[0]) < 2:
        raise Refused(N_("Bảng cần ít nhất hai cột. Hãy ngăn các ô bằng phím Tab, “;” hoặc “|”."))
    if len(rows[0]) > MAX_COLUMNS or len(rows) > MAX_ROWS:
        raise Refused(
            N_("Bảng có {rows} dòng, {columns} cột; tối đa {most_rows} dòng, {most_columns} cột."
               " Hãy bớt đi hoặc tách làm hai trang chiếu."),
            rows=len(rows), columns=len(rows[0]), most_rows=MAX_ROWS, most_columns=MAX_COLUMNS,
        )  # fmt: skip
    return rows


def has_heading(rows: Rows) -> bool:
    """Return whether the first row names the columns: it has no figures, and others have."""
    if len(rows) < 2:
        return False
    return not _has_figures(rows[0]) and any(_has_figures(row) for row in rows[1:])


def _has_figures(row: Sequence[str]) -> bool:
    return any(letter.isdigit() for cell in row for letter in cell)


def is_amounts(rows: Rows, column: int) -> bool:
    """Return whether `column` holds amounts, which stand at the right."""
    cells = [row[column] for row in rows[has_heading(rows) :] if row[column]]
    times = any(":" in cell or "–" in cell for cell in cells)
    return bool(cells) and not times and all(_FIGURES.fullmatch(cell) for cell in cells)


def fit_table(rows: Rows, room: tuple[int, int], faces: Sequence[Face], air: float) -> Table:
    """Set `rows` in the largest of `faces` in which they fit `room`; raises Crowded.

    `air` is the least free height between two rows as a share of the face's size.
    """
    low, high = 0, len(faces)
    best: Table | None = None
    crowded = Crowded(0)
    while low < high:
        middle = (low + high) // 2
        try:
            best, high = _set(rows, room, faces[middle], air), middle
        except Crowded as error:
            low, crowded = middle + 1, error
    if best is None:
        raise crowded
    return _with_whole_lines(rows, room, faces[low:], air, best)


def _with_whole_lines(
    rows: Rows, room: tuple[int, int], faces: Sequence[Face], air: float, best: Table
) -> Table:
    """Prefer letters a little smaller in which no cell has to break, or few words are torn."""
    largest, torn = faces[0].size, _torn(best)
    for face in faces:
        if _lines(best) == 1 or face.size < largest * _WHOLE_WORDS_WORTH:
            break
        table = _set(rows, room, face, air)
        if _lines(table) == 1 and face.size >= largest * _WHOLE_LINES_WORTH:
            return table
        if (now_torn := _torn(table)) < torn:
            best, torn = table, now_torn
    return best


def _torn(table: Table) -> int:
    cells = [block for row in table.rows for block in row]
    return sum(torn_words([line.text for line in block.lines]) for block in cells)


def _lines(table: Table) -> int:
    return max(len(block.lines) for row in table.rows for block in row)


def _set(rows: Rows, room: tuple[int, int], face: Face, air: float) -> Table:
    gap = round(face.size * (1.0 if face.pixel else 1.1))
    widths = _widths(rows, room[0] - gap * (len(rows[0]) - 1), face)
    least = max(1, round(face.size * air))
    # Quickly told: not even one line each.
    if len(rows) * (face.cap + least) - least > room[1]:
        raise Crowded(max(1, room[1] // (face.line + least)))
    blocks = []
    for row in rows:
        try:
            blocks.append([fit(cell, (width, room[1]), (face,))
                           for cell, width in zip(row, widths, strict=True)])  # fmt: skip
        except TooMuch:
            raise Crowded(0) from None
    lefts = [sum(widths[:number]) + gap * number for number in range(len(widths))]
    table = Table(face, blocks, list(zip(lefts, widths, strict=True)))
    taken = sum(table.heights) + least * (len(rows) - 1)
    if taken > room[1]:
        raise Crowded(max(1, len(rows) * room[1] // taken))
    return table


def _widths(rows: Rows, room: int, face: Face) -> list[int]:
    """Share `room` among the columns: narrow ones take what they need, wide ones break."""
    # Words are measured one by one when lines break: each may be a part of a px wider.
    natural = [
        max(face.length(row[column]) + row[column].count(" ") + 1 for row in rows)
        for column in range(len(rows[0]))
    ]
    if sum(natural) <= room:
        spare = (room - sum(natural)) // max(1, len(natural) - 1)
        # Columns far apart are hard to follow with the eye.
        spare = min(spare, face.size * _FARTHEST_EM)
        return [*(width + spare for width in natural[:-1]), natural[-1]]
    widths, left = list(natural), room
    wide = list(range(len(natural)))
    while wide:
        share = left // len(wide)
        fitting = [column for column in wide if natural[column] <= share]
        if not fitting:
            for column in wide:
                widths[column] = share
            break
        left -= sum(natural[column] for column in fitting)
        wide = [column for column in wide if column not in fitting]
    return widths
