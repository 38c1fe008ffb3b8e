"""Tests that the demo opens windows only where there is a screen."""

import os

from signage.demo.screens import has_screen, outputs


def test_without_a_display_there_is_no_screen():
    assert not has_screen({})


def test_a_display_that_nobody_serves_is_no_screen():
    surroundings = {"DISPLAY": ":4711", "PATH": os.environ["PATH"]}
    assert not has_screen(surroundings)


def test_without_a_screen_players_show_in_folders():
    assert outputs(["ubnd"], windows=False)["ubnd"].kind == "png_folder"


def test_windows_stand_side_by_side():
    shown = outputs(["hoa-lu", "ubnd"], windows=True)
    assert shown["hoa-lu"].x + 384 <= shown["ubnd"].x
