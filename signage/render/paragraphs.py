"""Paragraphs of a text; those that begin with a dash or a number hang from it."""

import re
from typing import NamedTuple

from signage.render.breaking import Measured, measured, pieces_of
from signage.render.typefaces import Face

_LISTED = re.compile(r"^(?:([-–•*+])|(\d{1,2}[.)])) +(?=\S)")
BULLET = "•"


class Paragraph(NamedTuple):
    """One paragraph; `marker` is what its first line hangs from: a bullet, "1." or nothing."""

    text: str
    marker: str

    def indent(self, face: Face) -> int:
        """Return how far in px its lines stand from the marker's left end."""
        if not self.marker:
            return 0
        return face.length(self.marker) + face.length(" ") * (1 if face.pixel else 2)

    def measured(self, face: Face) -> Measured:
        """Return its pieces with their widths in `face`."""
        return measured(pieces_of(self.text), face.length)


def paragraphs_of(text: str) -> list[Paragraph]:
    """Return the paragraphs of `text`, at least one; empty lines are dropped."""
    return [_paragraph(line) for line in text.split("\n") if line.strip()] or [Paragraph("", "")]


def _paragraph(line: str) -> Paragraph:
    listed = _LISTED.match(line)
    if not listed:
        return Paragraph(line, "")
    return Paragraph(line[listed.end() :], BULLET if listed[1] else listed[2])
