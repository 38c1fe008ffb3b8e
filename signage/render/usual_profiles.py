"""Usual profiles: the five shapes of displays that a city has, and any other by its pixels."""

import math
import re

from signage.domain.display import Profile, checked_profile

PROFILES = (
    Profile(
        id="hd-1920x1080", name="Màn hình nhà văn hóa", width=1920, height=1080,
        pitch_um=630, viewing_cm=600,
    ),
    Profile(
        id="portrait-1080x1920", name="Màn hình đứng một cửa", width=1080, height=1920,
        pitch_um=560, viewing_cm=400,
    ),
    Profile(
        id="strip-1920x360", name="Màn hình dải trên quầy", width=1920, height=360,
        pitch_um=480, viewing_cm=300,
    ),
    Profile(
        id="led-384x192", name="Bảng LED Hoa Lư", width=384, height=192, traffic=True,
        pitch_um=10_000, viewing_cm=3000,
    ),
    Profile(
        id="led-192x96", name="Bảng LED UBND", width=192, height=96,
        pitch_um=10_000, viewing_cm=2000,
    ),
)  # fmt: skip

# Displays up to this width are boards: their dots are seen, and people stand far away.
_WIDEST_BOARD_PX = 512
_BOARD_PITCH_UM, _BOARD_VIEWING_CM = 10_000, 2_000
# Other screens are taken to be as large as one of 55 inches.
_SCREEN_PITCH_UM, _SCREEN_PIXELS, _SCREEN_VIEWING_CM = 630, 1920 * 1080, 600


def usual_profile(name: str) -> Profile | None:
    """Return the profile of that name, or one for "640x360"; None for any other word.

    Raises Refused when the pixels are too few or too many for a display.
    """
    for profile in PROFILES:
        if profile.id == name:
            return profile
    size = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", name)
    if size is None:
        return None
    width, height = int(size[1]), int(size[2])
    board = width <= _WIDEST_BOARD_PX
    return checked_profile(
        Profile(
            id=f"{width}x{height}",
            name=f"{width}×{height}",
            width=width,
            height=height,
            pitch_um=_BOARD_PITCH_UM if board else _screen_pitch_um(width * height),
            viewing_cm=_BOARD_VIEWING_CM if board else _SCREEN_VIEWING_CM,
        )
    )


def _screen_pitch_um(pixels: int) -> int:
    return max(1, round(_SCREEN_PITCH_UM * math.sqrt(_SCREEN_PIXELS / max(1, pixels))))
