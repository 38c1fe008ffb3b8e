"""What stands where on the glass: figures, zones, and both ends of a transition."""

import hashlib
import io

from PIL import Image

from players.contract.limits import MINUTE
from players.outputs import Picture, Scene
from players.outputs.composing import compose, decode
from tests.doubles import NOON
from tests.players.outputs.scenes import (
    HEIGHT,
    WIDTH,
    fading,
    in_zones,
    noise,
    sliding,
    with_a_clock,
    with_a_free_zone,
    with_a_wrong_size,
)


def prepare(encoded: bytes) -> Picture:
    return Picture(hashlib.sha256(encoded).hexdigest(), *decode(encoded).size, encoded)


def glass(scene: Scene, moment: int = NOON) -> Image.Image:
    return compose(scene, WIDTH, HEIGHT, moment)


def part(image: Image.Image, x: int, y: int, width: int, height: int) -> bytes:
    return image.crop((x, y, x + width, y + height)).tobytes()


def picture(width: int, height: int, seed: int) -> Image.Image:
    return Image.open(io.BytesIO(noise(width, height, seed))).convert("RGB")


def test_the_figures_of_a_clock_are_those_of_its_sheet() -> None:
    shown, sheet = glass(with_a_clock(prepare), NOON + 34 * MINUTE), picture(88, 12, 7)
    for place, figure in enumerate((1, 2, 10, 3, 4)):
        assert part(shown, 20 + 8 * place, 10, 8, 12) == part(sheet, 8 * figure, 0, 8, 12)
    untouched = picture(WIDTH, HEIGHT, 1)
    assert part(shown, 60, 0, 132, HEIGHT) == part(untouched, 60, 0, 132, HEIGHT)


def test_each_zone_has_its_area_and_the_ticker_runs_below() -> None:
    shown = glass(in_zones(prepare))
    assert part(shown, 0, 40, 136, 40) == part(picture(136, 80, 1), 0, 40, 136, 40)
    assert part(shown, 136, 50, 56, 30) == part(picture(56, 80, 2), 0, 50, 56, 30)
    offset = in_zones(prepare).ticker.offset_at(NOON)  # type: ignore[union-attr]
    strip = picture(250, 16, 5)
    assert part(shown, 0, 80, 250 - offset, 16)[:100] == part(strip, offset, 0, 50, 16)[:100]


def test_a_zone_of_which_nothing_is_shown_is_not_black() -> None:
    shown = glass(with_a_free_zone(prepare))
    assert min(shown.getpixel((160, 40))) > 100  # type: ignore[type-var, arg-type]


def test_figures_stay_away_from_a_picture_of_another_size() -> None:
    assert len(glass(with_a_wrong_size(prepare)).getcolors() or []) == 1


def test_a_slide_comes_in_from_the_right_and_the_old_one_goes_before_it() -> None:
    shown = glass(sliding(prepare))
    gone = round(WIDTH * (1 - 0.6**3))  # after 200 of its 500 ms
    old, new = picture(WIDTH, 80, 3), picture(WIDTH, 80, 1)
    assert part(shown, 0, 0, WIDTH - gone, 80) == part(old, gone, 0, WIDTH - gone, 80)
    assert part(shown, WIDTH - gone, 0, gone, 80) == part(new, 0, 0, gone, 80)


def test_half_way_through_a_crossfade_both_pictures_are_seen() -> None:
    shown = glass(fading(prepare)).getpixel((100, 60))
    old, new = (picture(WIDTH, HEIGHT, seed).getpixel((100, 60)) for seed in (3, 1))
    for channel, before, after in zip(shown, old, new, strict=True):  # type: ignore[arg-type]
        assert abs(channel - (before + after) / 2) <= 1
