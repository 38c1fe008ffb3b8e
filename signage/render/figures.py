"""Figures as they stand on a drawn picture at a moment: for people who look, not for players."""

import hashlib
import io
from datetime import UTC, datetime

from PIL import Image

from players.contract.manifest import UtcOffset
from players.contract.widgets import Almanac, copies_at
from signage.domain.lunar import months_from
from signage.render.frames import Frame

_HANOI = [UtcOffset(begins_at=0, minutes=420)]


def almanac_of(moment: int) -> Almanac:
    """Return what tells the wall clock and the lunar day of Viet Nam about `moment` (UTC ms)."""
    return Almanac(_HANOI, months_from(datetime.fromtimestamp(moment / 1000, UTC).date(), 1))


def as_seen(frame: Frame, moment: int) -> Frame:
    """Return `frame` with its figures as players show them at `moment`; the same without any."""
    if not frame.figures:
        return frame
    almanac = almanac_of(moment)
    glass = _opened(frame.bytes)
    for one in frame.figures:
        sheet = _opened(one.sheet)
        for copy in copies_at(one.widget, moment, almanac):
            box = (copy.left, 0, copy.left + copy.width, sheet.height)
            glass.paste(sheet.crop(box), (copy.x, copy.y))
    stream = io.BytesIO()
    glass.save(stream, "PNG", compress_level=1)
    data = stream.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    return Frame(data, "image/png", *glass.size, digest, frame.findings)


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=("PNG", "JPEG")).convert("RGB")
