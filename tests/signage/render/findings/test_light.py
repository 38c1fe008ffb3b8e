"""A page that turns an LED board into a lamp is told."""

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from signage.render.findings.light import light, light_percent, watts
from tests.signage.pleiku import HOUSE_SCREEN, ROAD_BOARD

SIZE = (64, 32)


def page(share_white: float, mode: str = "RGB") -> Image.Image:
    picture = Image.new("RGB", SIZE, "black")
    picture.paste((255, 255, 255), (0, 0, round(SIZE[0] * share_white), SIZE[1]))
    return picture.quantize(4) if mode == "P" else picture


def test_a_white_page_gives_all_the_light_and_a_black_one_none() -> None:
    for mode in ("RGB", "P"):
        assert [light_percent(page(share, mode)) for share in (0, 0.5, 1)] == [0, 50, 100]


def test_middle_grey_gives_a_fifth_of_the_light() -> None:
    assert light_percent(Image.new("RGB", SIZE, (128, 128, 128))) == 22


def test_too_much_white_is_told_on_a_board() -> None:
    [told] = light(page(0.6), ROAD_BOARD)
    assert (told.severity, told.params["percent"]) == ("warn", 59)


def test_white_letters_on_black_are_fine() -> None:
    assert light(page(0.25), ROAD_BOARD) == []


def test_a_screen_may_be_white() -> None:
    assert light(page(1), HOUSE_SCREEN) == []


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_both_kinds_of_picture_are_measured_alike(colour: tuple[int, int, int]) -> None:
    picture = Image.new("RGB", SIZE, colour)
    palette = Image.new("P", SIZE, 0)
    palette.putpalette(list(colour))
    assert light_percent(picture) == light_percent(palette)


def test_a_large_white_area_is_told_though_the_rest_is_black() -> None:
    [told] = light(page(0.33), ROAD_BOARD)
    assert (told.code, told.params["share"]) == ("white_area", 32)


def test_a_white_board_of_seven_square_metres_draws_eleven_kilowatts() -> None:
    assert watts(ROAD_BOARD, 100) == 11_100
