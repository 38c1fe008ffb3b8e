"""Other people's receivers (npm `sacn`, npm `dmxnet`, pip `sacn`) get every pixel of a wall."""

import contextlib
import json
import subprocess
from pathlib import Path

import pytest
import sacn

from tests.doubles import until
from tests.players.outputs.led.networks import BOARD
from tests.players.outputs.led.pictures import noise, png

pytestmark = [pytest.mark.system("network namespaces", "node")]

RECEIVERS = Path(__file__).with_name("receivers.cjs")


@contextlib.contextmanager
def receiver(networks, protocol, first, count):
    """A receiver in the network of the board; its `came` says what it got, once the block ends."""
    process = networks.start(
        networks.board, "node", str(RECEIVERS), protocol, str(first), str(count),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    came = {}
    try:
        assert process.stdout.readline() == "listening\n"
        yield came
        came.update(json.loads(process.communicate(timeout=20)[0]))
    finally:
        process.kill()
        process.communicate()


def pixels_of(came, first, count):
    universes = range(first, first + count)
    return b"".join(bytes.fromhex(came["slots"][str(number)])[:510] for number in universes)


def test_npm_sacn_takes_every_packet_and_every_pixel(networks, show):
    picture = noise(192, 96)
    with receiver(networks, "sacn", 1, 109) as came:
        show(png(picture), "--output", "sacn", seconds=1)
    assert pixels_of(came, 1, 109)[: 192 * 96 * 3] == picture.tobytes()
    assert came["faults"] == 0


def test_npm_dmxnet_takes_every_pixel_from_any_art_net_universe_on(networks, show):
    picture = noise(192, 96)
    with receiver(networks, "artnet", 250, 109) as came:
        show(png(picture), "--output", "artnet", "--set", "led.universe=250")
    assert pixels_of(came, 250, 109)[: 192 * 96 * 3] == picture.tobytes()


def test_the_receiver_of_pip_sacn_takes_every_pixel_and_hears_the_end(networks, show):
    picture = noise(34, 20)
    received, ended = {}, []

    def listen():
        listening = sacn.sACNreceiver(bind_address=BOARD)
        for universe in range(3, 7):
            listening.register_listener(
                "universe",
                lambda packet: received.update({packet.universe: bytes(packet.dmxData[:510])}),
                universe=universe,
            )
        listening.register_listener(
            "availability",
            lambda universe, changed: changed == "timeout" and ended.append(universe),
        )
        listening.start()
        return listening

    listening = networks.inside(networks.board, listen)
    show(png(picture), "--output", "sacn", "--set", "led.universe=3", size="34x20")
    # Silence would be told once for each universe; each of three last words is told.
    until(lambda: len(ended) == 12, 10)
    listening.stop()
    assert b"".join(received[universe] for universe in range(3, 7)) == picture.tobytes()


def test_each_of_two_receivers_gets_its_own_part_of_the_picture(networks, show):
    picture = noise(40, 20)
    areas = [
        {"x": 0, "y": 0, "width": 20, "height": 20},
        {"x": 20, "y": 0, "width": 20, "height": 20},
    ]
    halves = [
        {"protocol": protocol, "target": BOARD, "universe": 5, "area": area}
        for protocol, area in zip(("sacn", "artnet"), areas, strict=True)
    ]
    with receiver(networks, "sacn", 5, 3) as left, receiver(networks, "artnet", 5, 3) as right:
        show(png(picture), "--output", "png_folder", "--set", "kind=led_wall",
             "--set", f"led={json.dumps(halves)}", size="40x20")  # fmt: skip
    for came, x in ((left, 0), (right, 20)):
        part = picture.crop((x, 0, x + 20, 20)).tobytes()
        assert pixels_of(came, 5, 3)[: len(part)] == part
