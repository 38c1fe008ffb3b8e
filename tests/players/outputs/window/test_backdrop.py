"""The backdrop of a real X server: where it stands, how it is turned, and what it leaves alone."""

import pytest
from PIL import Image, ImageGrab

from players.outputs.window.backdrop import Backdrop
from players.showing.last_frame import keeper_for
from tests.doubles import RecordingOutput, until

pytestmark = [pytest.mark.system("xvfb")]


@pytest.fixture
def on(screen, monkeypatch):
    monkeypatch.setenv("DISPLAY", screen)
    return screen


def region(screen, left, top, size):
    box = (left, top, left + size[0], top + size[1])
    return ImageGrab.grab(bbox=box, xdisplay=screen).convert("RGB")


def test_a_picture_is_kept_at_its_exact_pixels_and_what_is_beside_it_stays(on):
    picture = Image.effect_noise((192, 96), 90).convert("RGB")
    backdrop = Backdrop()
    backdrop.keep(Image.new("RGB", (300, 200), "teal"), 400, 300)
    backdrop.keep(picture, 410, 310)
    until(lambda: region(on, 410, 310, picture.size).tobytes() == picture.tobytes())
    assert region(on, 400, 300, (1, 1)).getpixel((0, 0)) == (0, 128, 128)
    backdrop.close()


def test_what_is_turned_on_the_screen_is_kept_turned(on):
    picture = Image.new("RGB", (64, 32), "navy")
    picture.paste("gold", (0, 0, 8, 8))  # top left; turned clockwise it is top right
    output = RecordingOutput()
    output.standing = (500, 100, 90)
    keeper_for(output)(picture)
    until(lambda: region(on, 500, 100, (32, 64)).getpixel((31, 0)) == (255, 215, 0))


def test_an_output_without_a_place_on_a_screen_keeps_nothing(on):
    assert keeper_for(RecordingOutput()) is None
