"""Panels in the order of the cable, pixels in the order of the wiring, and what can't be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from players.outputs.led.pixel_map import PixelMap
from players.outputs.led.settings import Cable, PanelAt, WiringSettings
from players.outputs.led.wiring import Panel, WrongWiring, panels_of

corners = st.sampled_from(["top-left", "top-right", "bottom-left", "bottom-right"])
cables = st.builds(
    Cable, start=corners, along=st.sampled_from(["rows", "columns"]), serpentine=st.booleans()
)


def order(wiring, width, height, colours="RGB"):
    """Which pixel (counted from 0, row by row) comes at each place of the wire."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[..., 0] = np.arange(width * height).reshape(height, width)
    wall = PixelMap(panels_of(wiring, width, height), wiring.pixels, colours, width, height)
    return wall.apply(picture)[colours.index("R") :: 3].tolist()


def test_without_wiring_pixels_go_row_by_row():
    assert order(WiringSettings(), 3, 2) == [0, 1, 2, 3, 4, 5]


def test_a_serpentine_cable_inside_a_panel_turns_at_each_end():
    assert order(WiringSettings(pixels=Cable(serpentine=True)), 3, 2) == [0, 1, 2, 5, 4, 3]


def test_columns_from_the_bottom_right():
    wiring = WiringSettings(pixels=Cable(start="bottom-right", along="columns"))
    assert order(wiring, 3, 2) == [5, 2, 4, 1, 3, 0]


def test_panels_on_the_way_back_may_hang_upside_down():
    wiring = WiringSettings(
        panel_width=2, panel_height=1, cable=Cable(serpentine=True), back_upside_down=True
    )
    assert order(wiring, 4, 2) == [0, 1, 2, 3, 7, 6, 5, 4]


@pytest.mark.parametrize(
    ("rotation", "pixels"),
    [
        (0, [0, 1, 2, 3, 4, 5]),
        # Turned clockwise, a panel's own first row stands on the right and runs down.
        (90, [1, 3, 5, 0, 2, 4]),
        (180, [5, 4, 3, 2, 1, 0]),
        (270, [4, 2, 0, 5, 3, 1]),
    ],
)
def test_a_turned_panel_shows_an_upright_picture(rotation, pixels):
    wiring = WiringSettings(
        panel_width=3, panel_height=2, panels=[PanelAt(x=0, y=0, rotation=rotation)]
    )
    width, height = (2, 3) if rotation in {90, 270} else (3, 2)
    assert order(wiring, width, height) == pixels


def test_colours_go_in_the_order_of_the_panels():
    picture = np.array([[[1, 2, 3]]], np.uint8)
    assert PixelMap([Panel(1, 0, 0, 1, 1)], Cable(), "BRG", 1, 1).apply(picture).tolist() == [
        3,
        1,
        2,
    ]


@settings(max_examples=30)
@given(cables, cables, st.booleans(), st.integers(1, 3), st.integers(1, 3))
def test_any_wiring_of_a_grid_takes_every_pixel_once(cable, pixels, upside_down, columns, rows):
    wiring = WiringSettings(
        panel_width=3, panel_height=2, cable=cable, pixels=pixels, back_upside_down=upside_down
    )
    width, height = 3 * columns, 2 * rows
    assert sorted(order(wiring, width, height)) == list(range(width * height))


@pytest.mark.parametrize(
    ("wiring", "sentence"),
    [
        (
            WiringSettings(panel_width=64, panel_height=32),
            "panels of 64x32 pixels do not fill 100x64",
        ),
        (
            WiringSettings(
                panel_width=64, panel_height=32, panels=[PanelAt(x=0, y=0), PanelAt(x=64, y=0)]
            ),
            "panel 2 (64x32 at x 64, y 0) reaches beyond the picture of 100x64 pixels",
        ),
        (
            WiringSettings(
                panel_width=50, panel_height=32, panels=[PanelAt(x=0, y=0), PanelAt(x=40, y=8)]
            ),
            "panel 2 (50x32 at x 40, y 8) lies on panel 1 (50x32 at x 0, y 0)",
        ),
    ],
)
def test_what_can_not_hang_like_this_is_told_with_the_panel(wiring, sentence):
    with pytest.raises(WrongWiring) as refused:
        panels_of(wiring, 100, 64)
    assert str(refused.value).startswith(sentence)
