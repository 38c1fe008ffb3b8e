"""The playlist document: a blob, trusted through its hash in the manifest, that lists slides."""

from typing import Annotated

from msgspec import Meta, Struct

from players.contract import limits
from players.contract.types import AnyKind, BlobRef, Name, Number, ShortText


class SlideItem(Struct, frozen=True, kw_only=True, tag_field="kind", tag="slide"):
    """One picture for some seconds; it fills the display, less the ticker's band at the bottom."""

    id: Name
    blob: BlobRef
    seconds: Annotated[int, Meta(ge=limits.MIN_ITEM_SECONDS, le=limits.MAX_ITEM_SECONDS)]


class Ticker(Struct, frozen=True, kw_only=True):
    """A strip that runs along the bottom edge while its document is on.

    It moves `step` pixels each `every` frames of 1/60 s and wraps without a seam. Its place is a
    function of time alone, so that two boards agree.
    """

    blob: BlobRef
    step: Annotated[int, Meta(ge=1, le=8)]
    every: Annotated[int, Meta(ge=1, le=8)] = 1

    def offset_at(self, moment: int) -> int:
        """Pixels of the strip that have left the display on the left at `moment`."""
        frames = moment * 60 // (1000 * self.every)
        return frames * self.step % self.blob.width


class PlaylistDocument(Struct, frozen=True, kw_only=True):
    """Slides in order, and the ticker that runs under all of them."""

    schema: Number
    id: Name
    title: ShortText
    items: Annotated[list[AnyKind], Meta(min_length=1, max_length=limits.MAX_ITEMS)]
    ticker: Ticker | None = None
