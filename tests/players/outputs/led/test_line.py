"""The way to the receivers: what one does not get keeps nothing from the others."""

import socket

import numpy as np
import pytest

from players.outputs.led.line import Line, Lines, kept_cid
from players.outputs.led.settings import AreaSettings, LedSettings


@pytest.fixture
def receiver():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(10)
        yield listening


def line(target, tmp_path, **changes):
    settings = LedSettings(protocol="ddp", target=target, **changes)
    return Line(settings, 8, 4, name="test", state=tmp_path)


def test_a_receiver_without_an_address_does_not_stop_the_others(receiver, tmp_path):
    address = f"127.0.0.1:{receiver.getsockname()[1]}"
    right = line(address, tmp_path, area=AreaSettings(x=4, y=0, width=4, height=4))
    lines = Lines([line("no-such-board.invalid", tmp_path), right])
    picture = np.arange(8 * 4 * 3, dtype=np.uint8).reshape(4, 8, 3)
    for number in range(2):
        sent = lines.send(picture, number)
        assert (sent.packets, sent.trouble[:23]) == (1, "no-such-board.invalid: ")
        assert receiver.recv(2000)[10:] == picture[:, 4:].tobytes()
    lines.say_goodbye(2)
    lines.close()


def test_a_receiver_that_dims_by_itself_gets_full_colours(receiver, tmp_path):
    address = f"127.0.0.1:{receiver.getsockname()[1]}"
    own, ours = line(address, tmp_path, brightness="full"), line(address, tmp_path)
    white = np.full((4, 8, 3), 255, np.uint8)
    for one in (own, ours):
        one.dim(0.5)
        one.send(white, 0)
        one.close()
    assert set(receiver.recv(2000)[10:]) == {255}
    assert max(receiver.recv(2000)[10:]) < 200


def test_the_source_is_known_again_after_a_restart(tmp_path):
    kept = kept_cid(tmp_path / "state" / "led-cid")
    assert len(kept) == 16
    assert kept_cid(tmp_path / "state" / "led-cid") == kept
    (tmp_path / "state" / "led-cid").write_text("torn")
    assert kept_cid(tmp_path / "state" / "led-cid") != kept
