"""Reports on paper: title, facts and tables as a PDF of A4 pages; the one home of its writer."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import fontpkg_noto_sans
import msgspec
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

_FACE: Final = "noto"
_SIZE, _SMALL, _HEADING, _TITLE = 10, 8, 13, 18
_MARGIN_MM: Final = 15
_INK, _SOFT = (20, 32, 44), (90, 104, 117)


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A heading, facts as pairs of words, and a table whose first row names its columns."""

    heading: str
    facts: Sequence[tuple[str, str]] = ()
    table: Sequence[Sequence[str]] = ()
    widths: Sequence[int] = ()


def pdf(title: str, sections: Sequence[Section], *, foot: str, made_at: datetime) -> bytes:
    """Return the report as a PDF; fonts are inside it. `foot` stands on every page."""
    paper = _Paper(foot)
    paper.set_title(title)
    paper.set_creation_date(made_at)
    paper.set_lang("vi-VN")
    paper.add_font(_FACE, "", str(_face()))
    paper.set_margin(_MARGIN_MM)
    paper.set_auto_page_break(auto=True, margin=_MARGIN_MM + 5)
    paper.add_page()
    paper.words(title, _TITLE)
    for section in sections:
        _write(paper, section)
    return bytes(paper.output())


class _Paper(FPDF):
    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self._foot = foot

    def footer(self) -> None:
        """Called by the writer at the end of each page."""
        self.set_y(-_MARGIN_MM)
        self.set_font(_FACE, size=_SMALL)
        self.set_text_color(*_SOFT)
        self.cell(0, 6, f"{self._foot} · {self.page_no()}", align="R")

    def words(self, text: str, size: int, colour: tuple[int, int, int] = _INK) -> None:
        """Write a paragraph."""
        self.set_font(_FACE, size=size)
        self.set_text_color(*colour)
        self.multi_cell(0, size * 0.55, text, new_x="LMARGIN", new_y="NEXT")


def _write(paper: _Paper, section: Section) -> None:
    paper.ln(4)
    paper.words(section.heading, _HEADING)
    paper.ln(1)
    for name, text in section.facts:
        paper.words(f"{name}: {text}", _SIZE)
    if section.table:
        paper.ln(2)
        paper.set_font(_FACE, size=_SMALL)
        layout = TableBordersLayout.HORIZONTAL_LINES
        with paper.table(
            section.table, col_widths=tuple(section.widths) or None, borders_layout=layout,
            line_height=5, headings_style=FontFace(color=_SOFT),
        ):  # fmt: skip
            pass


def _face() -> Path:
    """The upright face of the family, with all letters of Vietnamese, Jrai and Bahnar."""
    files = sorted(Path(str(fontpkg_noto_sans.ROOT)).rglob("*.ttf"))
    return next(file for file in files if "Italic" not in file.name)
