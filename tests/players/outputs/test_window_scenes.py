"""The window draws every scene pixel for pixel as `composing` does: grabbed from the X server."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageGrab

from players.outputs.composing import compose
from players.outputs.png_folder import PngFolder
from tests.doubles import NOON
from tests.players.outputs.scenes import HEIGHT, SCENES, WIDTH

pytestmark = [pytest.mark.system("xvfb")]

X, Y = 37, 53
PROGRAM = f"""
    import sys
    from players.outputs.window import Window
    from players.settings import OutputSettings
    from tests.doubles import NOON
    from tests.players.outputs.scenes import SCENES

    place = OutputSettings(kind="window", x={X}, y={Y})
    window = Window(place, {WIDTH}, {HEIGHT}, title="test")
    for name in sys.stdin:
        window.show(SCENES[name.strip()](window.prepare), NOON)
        window.breathe()
        print('"shown"', flush=True)
"""


@pytest.fixture(scope="module")
def grabbed(screen):
    """Every scene as it stood on the screen, by name; one window shows them in turn."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        env={"DISPLAY": screen, "PATH": "/usr/bin:/bin"},
        text=True,
    )
    found = {}
    for name in SCENES:
        process.stdin.write(f"{name}\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline()) == "shown"
        whole = ImageGrab.grab(xdisplay=screen).convert("RGB")
        found[name] = whole.crop((X, Y, X + WIDTH, Y + HEIGHT))
    process.communicate(timeout=20)
    return found


def composed(name, folder):
    prepare = PngFolder(str(folder), WIDTH, HEIGHT).prepare
    return compose(SCENES[name](prepare), WIDTH, HEIGHT, NOON)


@pytest.mark.parametrize("name", [name for name in SCENES if name != "fading"])
def test_a_scene_is_on_the_screen_as_it_is_composed(grabbed, tmp_path, name):
    assert grabbed[name].tobytes() == composed(name, tmp_path).tobytes()


def test_a_crossfade_differs_by_no_more_than_rounding(grabbed, tmp_path):
    difference = ImageChops.difference(grabbed["fading"], composed("fading", tmp_path))
    assert isinstance(difference, Image.Image)
    assert max(high for _, high in difference.getextrema()) <= 2
