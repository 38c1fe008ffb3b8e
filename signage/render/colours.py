"""Colours: contrast as WCAG 2 measures it, our looks, and the national risk palette."""

from functools import lru_cache

import msgspec

from signage.domain.sentences import N_

Colour = tuple[int, int, int]

# WCAG asks 4.5 of text and 7 for its strictest level; alerts are read in rain, sun and haste.
MIN_TEXT_CONTRAST = 4.5
MIN_ALERT_CONTRAST = 7.0

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)


@lru_cache(maxsize=4096)  # asked for every colour of every text, of which a house has few
def luminance(colour: Colour) -> float:
    """Return the relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def blend(under: Colour, over: Colour, share: float) -> Colour:
    """Return the colour of which `share` (0 to 1) is `over` and the rest `under`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(under, over, strict=True))
    return red, green, blue


def linear(channel: float) -> float:
    """Return the light, 0 to 1, of an sRGB channel of 0 to 1 (WCAG 2.2)."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """The colours of ordinary slides on one kind of surface."""

    paper: Colour
    ink: Colour
    quiet: Colour  # sources and labels
    rule: Colour  # thin lines
    band: Colour  # behind headings and captions
    band_ink: Colour
    band_quiet: Colour
    accent: Colour
    banner: Colour  # behind slogans
    banner_ink: Colour


# House screens: warm paper and a deep blue-green band; red, orange, yellow and purple fields are
# left to alerts, so that nobody takes a timetable for a warning.
SCREEN = Look(
    paper=(251, 248, 241),
    ink=(24, 32, 38),
    quiet=(84, 98, 108),
    rule=(214, 206, 188),
    band=(10, 61, 82),
    band_ink=WHITE,
    band_quiet=(186, 214, 224),
    accent=(240, 184, 64),
    banner=(128, 16, 24),
    banner_ink=(255, 221, 102),
)

# LED boards: black costs no power and does not dazzle at night; letters carry the light.
BOARD = Look(
    paper=BLACK,
    ink=WHITE,
    quiet=(132, 204, 232),
    rule=(0, 92, 116),
    band=(0, 48, 66),
    band_ink=(255, 204, 48),
    band_quiet=(132, 204, 232),
    accent=(255, 204, 48),
    banner=(72, 0, 4),
    banner_ink=(255, 221, 64),
)


class RiskColours(msgspec.Struct, frozen=True):
    """What a level of disaster risk looks like; `name` is what people call the colour."""

    paper: Colour
    ink: Colour
    name: str


# Decision 18/2021/QĐ-TTg, article 4: light blue, light yellow, orange, red, purple. The decree
# names colours, not numbers: these shades reach MIN_ALERT_CONTRAST with their ink.
RISK_COLOURS: dict[int, RiskColours] = {
    1: RiskColours((143, 211, 247), BLACK, N_("xanh dương nhạt")),
    2: RiskColours((255, 238, 117), BLACK, N_("vàng nhạt")),
    3: RiskColours((255, 148, 20), BLACK, N_("da cam")),
    4: RiskColours((176, 0, 12), WHITE, N_("đỏ")),
    5: RiskColours((96, 16, 128), WHITE, N_("tím")),
}

# An emergency without a risk level: red says act now, the rest stays neutral.
EMERGENCY_RED: Colour = (176, 0, 12)
# Green is left to the all clear.
ALL_CLEAR_GREEN: Colour = (0, 92, 46)
