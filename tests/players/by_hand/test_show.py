"""`signage-player show`: any picture or pattern on any output, and the statistics at the end."""

import subprocess
import sys

import pytest
from click.testing import CliRunner
from PIL import Image

from players.__main__ import main
from tests.doubles import SimulatedController, png


def show(*arguments):
    return CliRunner().invoke(main, ["show", *map(str, arguments), "--seconds", "0.1"])


def test_a_picture_is_shown_in_a_folder(tmp_path):
    (tmp_path / "picture.png").write_bytes(png("orange"))
    arguments = ["--output", "png_folder", "--folder", tmp_path / "glass", "--size", "64x32"]
    result = show(tmp_path / "picture.png", *arguments)
    assert result.exit_code == 0, result.output
    assert result.output.startswith("1 frames in 0.")
    assert Image.open(tmp_path / "glass/current.png").getpixel((5, 5)) == (255, 165, 0)


def test_the_wiring_pattern_numbers_every_panel_of_the_settings(tmp_path):
    led = {"protocol": "ddp", "target": "127.0.0.1:9"}
    led["wiring"] = {"panel_width": 32, "panel_height": 32}
    path = SimulatedController().settings(tmp_path, output={"kind": "led_wall", "led": led})
    folder = ["--output", "png_folder", "--folder", tmp_path / "glass"]
    shown = show("--config", path, "--pattern", "wiring")
    assert shown.exit_code == 0, shown.output
    assert "% of the line" in shown.output
    result = show("--config", path, "--pattern", "wiring", *folder)
    assert result.exit_code == 0, result.output
    picture = Image.open(tmp_path / "glass/current.png").convert("RGB")
    assert picture.getpixel((0, 0)) == (0, 200, 0), "the first panel has a green frame"
    assert picture.getpixel((32, 0)) == (150, 150, 150), "the second has its own"


def test_brightness_is_told_to_a_card_and_what_it_says_is_printed(tmp_path):
    arguments = ["--pattern", "white", "--output", "png_folder", "--folder", tmp_path]
    arguments += ["--size", "64x32", "--brightness", 30]
    assert "nothing here can be dimmed" in show(*arguments).output
    result = show(*arguments, "--set", "novastar=127.0.0.1:1")
    assert "the brightness of the card at 127.0.0.1:1 can't be set" in result.output


@pytest.mark.parametrize("name", ["white", "gradient", "grid"])
def test_each_pattern_fills_the_whole_picture(tmp_path, name):
    folder = ["--output", "png_folder", "--folder", tmp_path / "glass", "--size", "100x37"]
    assert show("--pattern", name, *folder).exit_code == 0
    picture = Image.open(tmp_path / "glass/current.png").convert("RGB")
    assert picture.size == (100, 37)
    assert picture.getpixel((99, 3)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Give a picture or --pattern"),
        (["--pattern", "white"], "Say --output and --size"),
        (["--pattern", "white", "--output", "ddp", "--size", "big"], "write it like 384x192"),
        (["--pattern", "white", "--output", "ddp", "--size", "8x8"], "address of the receiver"),
        (
            [
                "--pattern",
                "white",
                "--output",
                "ddp",
                "--target",
                "x",
                "--size",
                "8x8",
                "--set",
                "a",
            ],
            "write it like led.colour_order=GRB",
        ),
        (
            ["--pattern", "white", "--output", "png_folder", "--size", "8x8"],
            "into which folder the pictures go",
        ),
    ],
)
def test_what_is_missing_is_said(arguments, words):
    result = show(*arguments)
    assert result.exit_code != 0
    assert words in result.output


def test_without_numpy_a_wall_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "players.outputs.led.wall", None)
    result = show("--pattern", "white", "--output", "ddp", "--target", "x", "--size", "8x8")
    assert result.exit_code == 1
    assert "install signage[led]" in result.output


def test_a_player_without_the_extra_for_walls_starts_all_the_same():
    program = "import sys; sys.modules['numpy'] = sys.modules['serial'] = None; "
    program += (
        "import players.assembly, players.upkeep.doctor, players.by_hand.find, players.by_hand.show"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
