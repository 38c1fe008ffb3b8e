"""A whole player on a wall: what OLA receives is the slide, the ticker that runs, and the alert."""

import pytest
from PIL import Image

from players.contract.playlist import SlideItem
from tests.doubles import until
from tests.players.outputs.led.networks import BOARD
from tests.players.outputs.led.pictures import noise, png
from tests.players.test_process import Installed

pytestmark = [pytest.mark.journey, pytest.mark.system("network namespaces", "ola")]

WIDTH, HEIGHT, BAND = 64, 32, 8
UNIVERSES = 13
SACN = {"kind": "led_wall", "led": {"protocol": "sacn", "target": BOARD}}


@pytest.fixture
def installed(networks, tmp_path):
    """A player, its broker and its controller, all in the network of the player."""
    installed = networks.inside(networks.player, lambda: Installed(tmp_path))
    yield installed
    installed.close()


@pytest.fixture
def seen(ola):
    """The wall as OLA has it now."""

    def look():
        slots = ola.slots(1, UNIVERSES)[: WIDTH * HEIGHT * 3]
        return Image.frombytes("RGB", (WIDTH, HEIGHT), slots)

    return look


def top_of_the_strip(ola):
    """Its two upper rows: they lie in one universe, so they are of one moment."""
    start = (24 * WIDTH - 9 * 170) * 3
    return ola.slots(10)[start : start + 2 * WIDTH * 3]


def test_slide_ticker_and_alert_reach_the_wall_pixel_for_pixel(
    installed, networks, ola, seen, another_source
):
    controller = installed.controller
    picture, strip = noise(WIDTH, HEIGHT - BAND), noise(200, BAND)
    blob = controller.blob(png(picture), "image/png", picture.size)
    slide = SlideItem(id="noise", blob=blob, seconds=3600)
    ticker = controller.ticker(png(strip))
    controller.publish_manifest(controller.entry(slide, ticker=ticker))
    networks.inside(networks.player, lambda: installed.start(output=SACN))

    # The slide stands above, and below it the strip, at one place after the other.
    until(lambda: seen().crop((0, 0, WIDTH, HEIGHT - BAND)).tobytes() == picture.tobytes(), 20)
    endless = Image.new("RGB", (400, BAND))
    endless.paste(strip, (0, 0))
    endless.paste(strip, (200, 0))
    places = {endless.crop((x, 0, x + WIDTH, 2)).tobytes() for x in range(200)}
    looks = {top_of_the_strip(ola) for _ in range(20)}
    assert looks <= places
    assert len(looks) > 1

    controller.publish_alerts(controller.alert())
    until(lambda: seen().getcolors(1) == [(WIDTH * HEIGHT, (255, 0, 0))])

    # Had it not said goodbye, red would stay mixed into what the next source shows.
    assert installed.ends_cleanly()
    another_source(b"\x00\x00\x80", WIDTH * HEIGHT)
    until(lambda: seen().getcolors(1) == [(WIDTH * HEIGHT, (0, 0, 128))], 5)


def test_a_player_tells_how_sending_goes_and_that_a_board_can_not_be_reached(
    installed, networks, ola
):
    controller = installed.controller
    controller.publish_manifest(controller.entry(controller.slide("orange", "orange")))
    nowhere = {**SACN, "led": {**SACN["led"], "target": "192.0.2.1"}}
    networks.inside(networks.player, lambda: installed.start(output=nowhere))
    trouble = "the board can't be reached: 192.0.2.1: [Errno 101] Network is unreachable"
    until(lambda: any(status.health.problem == trouble for status in controller.statuses()), 20)
    status = controller.statuses()[-1]
    assert status.sending.errors > 0
    assert status.sending.packets == 0
