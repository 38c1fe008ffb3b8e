"""Letters are large enough for the distance, and for their tone marks."""

import msgspec
import pytest

from signage.render.legibility import is_led, ladder, least_size
from signage.render.typefaces import BOLD
from tests.signage.pleiku import HOUSE_SCREEN, ROAD_BOARD, SMALL_BOARD
from tests.signage.render.samples import BOARDS


def test_a_board_is_known_by_its_pitch() -> None:
    assert is_led(ROAD_BOARD)
    assert is_led(SMALL_BOARD)
    assert not is_led(HOUSE_SCREEN)


def test_capitals_on_a_screen_are_a_centimetre_for_each_3_6_metres() -> None:
    face = ladder(False, 200, least_size(HOUSE_SCREEN), BOLD)[-1]
    cap_mm = face.cap * HOUSE_SCREEN.pitch_um / 1000
    assert cap_mm >= HOUSE_SCREEN.viewing_cm / 36


def test_twice_the_distance_asks_for_twice_the_letters() -> None:
    far = msgspec.structs.replace(HOUSE_SCREEN, viewing_cm=1200)
    assert least_size(far) == pytest.approx(2 * least_size(HOUSE_SCREEN), abs=1)


def test_alerts_are_larger_and_sources_may_be_smaller_than_text() -> None:
    assert (
        least_size(HOUSE_SCREEN, "fine")
        < least_size(HOUSE_SCREEN)
        < least_size(HOUSE_SCREEN, "alert")
    )


@pytest.mark.parametrize("profile", BOARDS, ids=lambda profile: profile.id)
def test_no_letters_on_a_board_are_smaller_than_the_smallest_pixel_face(profile) -> None:  # type: ignore[no-untyped-def]
    near = msgspec.structs.replace(profile, viewing_cm=100)
    assert least_size(near, "fine") == 13


@pytest.mark.system("pixel faces")
def test_boards_use_pixel_faces_below_26_px_and_outlines_above() -> None:
    faces = ladder(True, 40, 13, BOLD)
    assert all(face.pixel == (face.size < 26) for face in faces)
    assert [face.size for face in faces] == sorted((face.size for face in faces), reverse=True)


def test_a_ladder_is_never_empty() -> None:
    assert ladder(True, 15, 14, BOLD)
    assert ladder(False, 40, 40, BOLD)
