"""How small letters may be: far enough to be read, and large enough to keep their tone marks."""

import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from signage.domain.display import Profile
from signage.render.typefaces import NOTO_SANS, PIXEL_SIZES, Face, outline_face, pixel_face

# Capital height 1 cm for each 3.6 m (the usual inch for 30 ft), more for alerts; for sources and
# labels the greatest distance at which letters can be made out: mm x 0.6 = metres.
METRES_PER_CM = {"body": 3.6, "alert": 3.0, "fine": 6.0}
_CAP_EM = 0.714  # Noto Sans; the pixel faces lie near it

# From here on a dot is seen as a dot: letters are set in pixel faces, on a dark ground.
LED_PITCH_UM = 2_000

# No display shows larger letters; a profile with absurd distances must not ask for a giant font.
MAX_LETTER_PX = 1_000

_LEAST_FONT_PX = 8

# Measured: below these an outline letter loses the difference of its tone marks.
LEAST_OUTLINE_PX = 20
LEAST_OUTLINE_ON_LED_PX = 26


def is_led(profile: Profile) -> bool:
    """Return whether people see the dots of this kind of display."""
    return profile.pitch_um >= LED_PITCH_UM


def least_size(profile: Profile, purpose: str = "body") -> int:
    """Return the smallest font size in px for `purpose` body, alert or fine."""
    cap_um = profile.viewing_cm * 100 / METRES_PER_CM[purpose]
    by_distance = math.ceil(cap_um / profile.pitch_um / _CAP_EM)
    by_distance = min(by_distance, MAX_LETTER_PX)
    if not is_led(profile):
        return max(by_distance, LEAST_OUTLINE_PX)
    return min((size for size in PIXEL_SIZES if size >= by_distance), default=by_distance)


def face_files(profile: Profile) -> tuple[Path, ...]:
    """Return the font files that text on this kind of display may be set in."""
    if not is_led(profile):
        return (NOTO_SANS,)
    pixels = {pixel_face(size, weight).path for size in PIXEL_SIZES for weight in (400, 700)}
    return (NOTO_SANS, *sorted(pixels - {NOTO_SANS}))


@lru_cache(maxsize=4096)
def ladder(
    led: bool, most: int, least: int, weight: int, widths: tuple[int, ...] = (100,)
) -> tuple[Face, ...]:
    """Return the faces from `most` down to `least` px, at least one; on LED also pixel faces."""
    least = max(least, _LEAST_FONT_PX)
    most = max(least, min(most, MAX_LETTER_PX))
    if not led:
        return tuple(outline_face(size, weight, width) for size in _steps(most, least)
                     for width in widths)  # fmt: skip
    outlines = tuple(
        outline_face(size, 700, width)
        for size in _steps(most, max(least, LEAST_OUTLINE_ON_LED_PX))
        for width in widths
    )
    pixels = tuple(
        pixel_face(size, weight)
        for size in sorted(PIXEL_SIZES, reverse=True)
        if least <= size <= most
    )
    return outlines + pixels or (pixel_face(least, weight),)


def _steps(most: int, least: int) -> Iterable[int]:
    """Yield sizes from `most` down to `least`, each about one twentieth smaller."""
    size = most
    while size > least:
        yield size
        size = min(size - 1, round(size * 0.95))
    if most >= least:
        yield least
