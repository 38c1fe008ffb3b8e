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
    import json, sys
    from players.outputs.window.surface import Window
    from players.settings import OutputSettings
    from tests.doubles import NOON
    from tests.players.outputs.scenes import SCENES

    for line in sys.stdin:
        name, place = json.loads(line)
        settings = OutputSettings(kind="window", **place)
        window = Window(settings, {WIDTH}, {HEIGHT}, title="test")
        window.show(SCENES[name](window.prepare), NOON)
        window.breathe()
        print('"shown"', flush=True)
        sys.stdin.readline()
        window.close()
        print('"closed"', flush=True)
"""


class Shower:
    """Another process that shows scenes in windows on a screen."""

    def __init__(self, screen, program=PROGRAM):
        self.screen = screen
        self.process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[4],
            env={"DISPLAY": screen, "PATH": "/usr/bin:/bin"},
            text=True,
        )

    def tell(self, line):
        self.process.stdin.write(f"{json.dumps(line)}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline()

    def open(self, name, **place):
        self.tell((name, {"x": X, "y": Y} | place))

    def shown(self, name, **place):
        """The whole screen while a scene is on it."""
        self.open(name, **place)
        whole = grab(self.screen)
        self.tell("close")
        return whole

    def end(self):
        self.process.communicate(timeout=20)


def grab(screen):
    return ImageGrab.grab(xdisplay=screen).convert("RGB")


@pytest.fixture(scope="module")
def shower(screen):
    shower = Shower(screen)
    yield shower
    shower.end()


@pytest.fixture(scope="module")
def grabbed(shower):
    """Every scene as it stood on the screen, by name."""
    return {name: at(shower.shown(name)) for name in SCENES}


def at(whole, x=X, y=Y, size=(WIDTH, HEIGHT)):
    return whole.crop((x, y, x + size[0], y + size[1]))


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


TURNS = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns the other way round
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


@pytest.mark.parametrize("rotate", TURNS)
def test_a_turned_picture_has_every_pixel_at_its_place(shower, tmp_path, rotate):
    turned = composed("in_zones", tmp_path).transpose(TURNS[rotate])
    shown = at(shower.shown("in_zones", rotate=rotate), size=turned.size)
    assert shown.tobytes() == turned.tobytes()


DESKTOP = """
    import sys
    import pygame

    pygame.display.init()
    desktop = pygame.Window("desktop", (1400, 900), position=(0, 0), borderless=True)
    for _ in range(5):
        pygame.time.wait(50)
        pygame.event.pump()
        desktop.get_surface().fill("white")
        desktop.flip()
    print("white", flush=True)
    sys.stdin.read()
"""


def test_a_region_stands_alone_on_a_black_monitor(shower, screen, tmp_path):
    desktop = Shower(screen, DESKTOP)
    assert desktop.process.stdout.readline()
    window = shower.shown("with_a_clock")
    region = shower.shown("with_a_clock", surround=True, monitor="1")
    desktop.end()
    assert at(region).tobytes() == composed("with_a_clock", tmp_path).tobytes()
    region.paste("black", (X, Y, X + WIDTH, Y + HEIGHT))
    assert region.getcolors() == [(1400 * 900, (0, 0, 0))]
    assert window.getpixel((5, 5)) == (255, 255, 255)


def test_two_displays_of_one_pc_stand_side_by_side(shower, screen, tmp_path):
    other = Shower(screen)
    other.open("sliding", x=X + WIDTH, monitor="1")
    both = shower.shown("with_a_clock", monitor="1")
    other.end()
    assert at(both).tobytes() == composed("with_a_clock", tmp_path).tobytes()
    assert at(both, x=X + WIDTH).tobytes() == composed("sliding", tmp_path).tobytes()


@pytest.mark.parametrize("rotate", [0, 90])
def test_a_graphics_card_shows_the_same_pixels(shower, tmp_path, rotate):
    expected = composed("in_zones", tmp_path)
    expected = expected.transpose(TURNS[rotate]) if rotate else expected
    shown = at(shower.shown("in_zones", renderer="card", rotate=rotate), size=expected.size)
    assert shown.tobytes() == expected.tobytes()


def test_a_card_that_is_drawn_in_software_is_not_chosen(shower, tmp_path):
    shown = at(shower.shown("with_a_clock", renderer="auto"))
    assert shown.tobytes() == composed("with_a_clock", tmp_path).tobytes()
