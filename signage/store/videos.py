"""Rows of videos: the normalised film of an upload, and its copies for each size of display."""

from typing import Any

import msgspec
from sqlalchemy import Boolean, Column, Integer, Table, Text, select

from signage.domain.fit import AUTO
from signage.domain.video import VideoRendition
from signage.store.rows import Rows
from signage.store.schema import metadata

video_renditions = Table(
    "video_renditions",
    metadata,
    # The hash of the uploaded file; a size of 0 × 0 is the normalised film itself.
    Column("video", Text, primary_key=True),
    Column("width", Integer, primary_key=True),
    Column("height", Integer, primary_key=True),
    Column("fit", Text, primary_key=True, server_default=AUTO),
    Column("blob", Text, nullable=False, index=True),
    Column("bytes", Integer, nullable=False),
    Column("poster", Text, nullable=False, index=True),
    Column("poster_bytes", Integer, nullable=False),
    Column("seconds_ms", Integer, nullable=False),
    Column("sound", Boolean, nullable=False),
)

_KEY = ("video", "width", "height", "fit")


class Videos:
    """Films by the upload they came from and the display size, in px."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def find(self, video: str, size: tuple[int, int], fit: str = AUTO) -> VideoRendition | None:
        """Return the film of this size, brought into it in this way, or None."""
        row = self._rows.first(select(video_renditions).where(_is(video, size, fit)))
        return None if row is None else VideoRendition(**row)

    def of_video(self, video: str) -> list[VideoRendition]:
        """Return the films made of an upload, the normalised one first."""
        mine = select(video_renditions).where(video_renditions.c.video == video)
        ordered = mine.order_by(video_renditions.c.width, video_renditions.c.height)
        return [VideoRendition(**row) for row in self._rows.all(ordered)]

    def save(self, rendition: VideoRendition) -> None:
        """Keep a film, in place of an earlier one of the same size and fit."""
        values = msgspec.structs.asdict(rendition)
        key = {name: values.pop(name) for name in _KEY}
        self._rows.save(video_renditions, key, values)


def _is(video: str, size: tuple[int, int], fit: str) -> Any:
    c = video_renditions.c
    return (c.video == video) & (c.width == size[0]) & (c.height == size[1]) & (c.fit == fit)
