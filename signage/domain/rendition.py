"""Renditions: one slide or ticker strip drawn for one profile, named by the hash of its bytes."""

import hashlib
from collections.abc import Sequence
from typing import Literal

import msgspec

from players.contract.widgets import Widget
from signage.domain.finding import Finding


class PageFile(msgspec.Struct, frozen=True, kw_only=True):
    """A further page of a slide whose words need several; sizes in px."""

    blob: str
    media_type: str
    width: int
    height: int
    bytes: int


class FilmCopy(msgspec.Struct, frozen=True, kw_only=True):
    """The film of a slide in the size of its rendition: H.264 in MP4, `length_ms` long."""

    blob: str
    bytes: int
    length_ms: int
    sound: bool


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """A drawn picture: `subject_hash` is a slide_hash or ticker_hash, `blob` the file's sha256.

    `area_w`, `area_h` is the part of the display it was drawn for, in px; `width`, `height` the
    picture's own size (a strip is wider than its area). A strip moves `step` px every `every`
    frames at 60 Hz; both are 0 for slides. `findings` is what was measured while it was drawn,
    `rules` the edition of the rules by which. `further` are the pages shown after the first,
    `widgets` the figures that stand on the first. Of a `film` the picture is its poster.
    """

    subject_hash: str
    kind: Literal["slide", "ticker"]
    profile: str
    area_w: int
    area_h: int
    blob: str
    media_type: str
    width: int
    height: int
    bytes: int
    step: int = 0
    every: int = 0
    findings: tuple[Finding, ...] = ()
    rules: str = ""
    further: tuple[PageFile, ...] = ()
    film: FilmCopy | None = None
    widgets: tuple[Widget, ...] = ()

    @property
    def pages(self) -> "Sequence[Rendition | PageFile]":
        """Every picture of it in the order in which they show; the first is its own."""
        return (self, *self.further)

    @property
    def files(self) -> set[str]:
        """The sha256 of every file that it is made of."""
        sheets = (widget.sheet.sha256 for widget in self.widgets)
        return {*(page.blob for page in self.pages), *sheets}

    @property
    def shown(self) -> str:
        """The hash that stands for all there is to see: the blob itself, or one of all parts."""
        if not self.further and self.film is None and not self.widgets:
            return self.blob
        blobs = [page.blob for page in self.pages] + ([self.film.blob] if self.film else [])
        figures = msgspec.json.encode(self.widgets, order="deterministic") if self.widgets else b""
        return hashlib.sha256("".join(blobs).encode() + figures).hexdigest()


Renditions = dict[str, dict[str, Rendition]]
"""By subject hash, then by profile id."""
