"""A preview shows a board's dots, and a screen's pixels as they are."""

import io

import pytest
from PIL import Image

from signage.render.fallback import render_safe
from signage.render.preview import MAX_PREVIEW_SIDE, board_look
from tests.signage.pleiku import HOUSE_SCREEN, SMALL_BOARD
from tests.signage.render.samples import decoded


def look(profile, scale: int) -> Image.Image:  # type: ignore[no-untyped-def]
    frame = render_safe(profile, "Bảng", "Phường Hội Phú")
    return Image.open(io.BytesIO(board_look(frame.bytes, profile, scale))).convert("RGB")


def test_each_pixel_of_a_board_becomes_a_dot() -> None:
    large = look(SMALL_BOARD, 6)
    assert large.size == (192 * 6, 96 * 6)
    small = decoded(render_safe(SMALL_BOARD, "Bảng", "Phường Hội Phú"))
    for x in range(192):
        assert large.getpixel((6 * x + 3, 6 * 48 + 3)) == small.getpixel((x, 48))
    corner = max(large.getpixel((6 * x, 6 * 48)) for x in range(192))
    assert max(corner) < 120  # type: ignore[arg-type]


def test_a_screen_is_shown_without_dots() -> None:
    plain = decoded(render_safe(HOUSE_SCREEN, "Bảng", "Phường Hội Phú"))
    assert look(HOUSE_SCREEN, 1).tobytes() == plain.tobytes()


@pytest.mark.parametrize("scale", [0, -3, 10**6])
def test_an_absurd_scale_is_brought_back(scale: int) -> None:
    assert 192 <= max(look(SMALL_BOARD, scale).size) <= MAX_PREVIEW_SIDE
