"""What an alert looks like: its colours, its sign and the line that says what it is."""

from typing import Literal

import msgspec
from PIL import Image

from signage.render.colours import (
    ALL_CLEAR_GREEN,
    BLACK,
    EMERGENCY_RED,
    RISK_COLOURS,
    WHITE,
    Colour,
)
from signage.render.hazard_signs import hazard_sign
from signage.render.ornaments import tick, warning_triangle

Kind = Literal["alert", "all_clear", "drill", "bulletin"]

DRILL_BANNER = "DIỄN TẬP"
DRILL_BANNER_LONG = "DIỄN TẬP – KHÔNG PHẢI CẢNH BÁO THẬT"
ALL_CLEAR_BANNER = "HẾT NGUY HIỂM"
BULLETIN_BANNER = "BẢN TIN ƯU TIÊN"
BULLETIN_BLUE: Colour = (15, 76, 129)
EMERGENCY_BANNER = "THÔNG BÁO KHẨN CẤP"
# "CẤP 4" alone could be wind, forest fire or disaster risk: the whole phrase is always printed.
RISK_BANNER = "RỦI RO THIÊN TAI CẤP {level}"


class Livery(msgspec.Struct, frozen=True, kw_only=True):
    """The colours of an alert's banner and of its page, and the words of the banner."""

    banner: str
    banner_paper: Colour
    banner_ink: Colour
    paper: Colour
    ink: Colour
    safe: bool = False
    symbol: str = ""

    def sign(self, height: int) -> Image.Image:
        """Return the mask of the sign beside the banner."""
        if self.safe:
            return tick(height)
        return hazard_sign(self.symbol, height) if self.symbol else warning_triangle(height)


def livery_of(kind: Kind, level: int, *, led: bool, symbol: str = "") -> Livery:
    """Return the livery of an alert of `level` 0 (no risk level) to 5; see `hazard_sign`."""
    return msgspec.structs.replace(_livery_of(kind, level, led=led), symbol=symbol)


def _livery_of(kind: Kind, level: int, *, led: bool) -> Livery:
    if kind == "all_clear":
        return _plain(ALL_CLEAR_BANNER, ALL_CLEAR_GREEN, WHITE, safe=True)
    if level in RISK_COLOURS:
        colours = RISK_COLOURS[level]
        return _plain(RISK_BANNER.format(level=level), colours.paper, colours.ink)
    priority = kind == "bulletin"
    return Livery(
        banner=BULLETIN_BANNER if priority else EMERGENCY_BANNER,
        banner_paper=BULLETIN_BLUE if priority else EMERGENCY_RED,
        banner_ink=WHITE,
        paper=BLACK if led else WHITE,
        ink=WHITE if led else BLACK,
    )


def _plain(banner: str, paper: Colour, ink: Colour, *, safe: bool = False) -> Livery:
    return Livery(
        banner=banner, banner_paper=paper, banner_ink=ink, paper=paper, ink=ink, safe=safe
    )
