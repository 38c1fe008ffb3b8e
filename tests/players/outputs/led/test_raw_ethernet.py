"""ColorLight cards get whole Ethernet frames out of the interface they are plugged into."""

import contextlib
import socket

import numpy as np
import pytest

from tests.players.outputs.led.pictures import noise, png

pytestmark = [pytest.mark.system("network namespaces")]

ETH_P_ALL = 3
CARD = bytes.fromhex("112233445566")


def received(wire):
    """The frames that came for a card."""
    wire.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        while True:
            frame = wire.recv(2000)
            if frame.startswith(CARD):
                yield frame


def test_the_frames_on_the_wire_hold_the_picture_and_end_with_show_it(networks, show):
    picture = noise(520, 6)
    wire = networks.inside(networks.board, lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
    with wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        wire.bind(("wire", ETH_P_ALL))
        fps = ("--set", "led.fps=30")
        show(png(picture), "--output", "colorlight", *fps, target="wire", size="520x6")
        frames = list(received(wire))
    seen = np.zeros((6, 520, 3), np.uint8)
    for frame in frames[:12]:
        assert frame[12] == 0x55
        row, left, count = (int.from_bytes(frame[at : at + 2], "big") for at in (13, 15, 17))
        pixels = np.frombuffer(frame[21:], np.uint8)[: count * 3]
        seen[row, left : left + count] = pixels.reshape(-1, 3)
    assert seen.tobytes() == picture.tobytes()
    assert frames[12][12] == 0x01, "every row, then: show it"
    assert len(frames[12]) == 112
