"""Renditions: one slide or ticker strip drawn for one profile, named by the hash of its bytes."""

from typing import Literal

import msgspec

from signage.domain.finding import Finding


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """A drawn picture: `subject_hash` is a slide_hash or ticker_hash, `blob` the file's sha256.

    `area_w`, `area_h` is the part of the display it was drawn for, in px; `width`, `height` the
    picture's own size (a strip is wider than its area). A strip moves `step` px every `every`
    frames at 60 Hz; both are 0 for slides. `findings` is what was measured while it was drawn.
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


Renditions = dict[str, dict[str, Rendition]]
"""By subject hash, then by profile id."""
