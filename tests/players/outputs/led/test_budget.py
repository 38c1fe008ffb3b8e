"""What a wall needs of its line is worked out before anything is sent."""

import math

import pytest

from players.outputs.led.artnet import ArtNet
from players.outputs.led.budget import TooMuch, budget_of, check_budget
from players.outputs.led.colorlight import ColorLight
from players.outputs.led.ddp import Ddp
from players.outputs.led.sacn import Sacn
from players.outputs.led.settings import LedSettings
from tests.players.outputs.led.test_encoders import CID, packets, pixels

WIDTH, HEIGHT = 96, 64


def led(protocol, **changes):
    return LedSettings(protocol=protocol, target="10.0.0.1", **changes)


@pytest.mark.parametrize(
    ("protocol", "encoder", "around"),
    [
        ("ddp", Ddp(WIDTH * HEIGHT), 66),
        ("sacn", Sacn(WIDTH * HEIGHT, first=1, cid=CID, name="x"), 66),
        ("artnet", ArtNet(WIDTH * HEIGHT, first=0), 66),
        ("colorlight", ColorLight(WIDTH, HEIGHT), 24),
    ],
)
def test_the_budget_is_what_is_really_sent(protocol, encoder, around):
    sent = packets(encoder.encode(pixels(WIDTH * HEIGHT), 0))
    budget = budget_of(led(protocol), WIDTH * HEIGHT, WIDTH)
    assert budget.packets == len(sent)
    # Universes are sent whole: what is missing in the last one is the only difference.
    assert 0 <= sum(len(packet) + around for packet in sent) - budget.bytes < 510


def test_a_city_wall_at_60_frames_fits_a_gigabit_by_ddp_and_not_by_sacn():
    check_budget(led("ddp"), 960 * 540, 960)
    with pytest.raises(TooMuch, match=r"60 frames a second need 1028 Mbit/s, 103 % of a line"):
        check_budget(led("sacn"), 960 * 540, 960)


def test_the_frame_rate_that_is_proposed_fits():
    slow = {"protocol": "sacn", "link_mbit": 100}
    with pytest.raises(TooMuch, match="set fps to 34"):
        check_budget(led(**slow), 384 * 192, 384)
    assert math.floor(check_budget(led(**slow, fps=34), 384 * 192, 384).percent) <= 85


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (led("sacn", universe=63998), "the last one would be 64034, and sacn ends at 63999"),
        (led("artnet", universe=32767), "artnet ends at 32767"),
        (led("sacn", universe=0), "sacn counts from 1"),
        (led("colorlight"), "colorlight cards stutter above 50"),
    ],
)
def test_what_protocol_or_receiver_can_not_do_is_said(settings, words):
    with pytest.raises(TooMuch, match=words):
        check_budget(settings, WIDTH * HEIGHT, WIDTH)
