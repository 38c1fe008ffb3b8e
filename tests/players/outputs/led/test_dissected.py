"""Wireshark's dissectors read the packets of a wall field by field."""

import contextlib
import socket
import struct
import subprocess
from collections import defaultdict
from socket import AF_PACKET, SOCK_RAW

import pytest

from tests.doubles import png as plain
from tests.players.outputs.led.networks import BOARD

ETH_P_ALL = 3

pytestmark = [pytest.mark.system("network namespaces", "tshark")]


@pytest.fixture
def dissected(networks, show, tmp_path):
    """Show a picture and give the `fields` of each packet as Wireshark reads them."""
    # The kernel would hand many packets over in one piece; here each is looked at by itself.
    networks.run(networks.player, "ip", "link", "set", "wire", "gso_max_segs", "1")

    def read(fields, *options, **more):
        with networks.inside(networks.board, lambda: socket.socket(AF_PACKET, SOCK_RAW)) as wire:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
            wire.bind(("wire", ETH_P_ALL))
            show(plain("teal", (17, 20)), *options, size="17x20", **more)
            record(wire, tmp_path / "packets.pcap")
        return told(tmp_path / "packets.pcap", fields)

    return read


def record(wire, path):
    """Write what came in as a file of Wireshark's."""
    wire.setblocking(False)
    with path.open("wb") as file, contextlib.suppress(BlockingIOError):
        file.write(struct.pack("=IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        while packet := wire.recv(65535):
            file.write(struct.pack("=IIII", 0, 0, len(packet), len(packet)) + packet)


def told(capture, fields):
    # Switches of their own, since sACN is only recognised by its contents.
    lines = subprocess.run(
        ["tshark", "-r", str(capture), "--enable-heuristic", "acn", "-o", "acn.dmx_enable:TRUE",
         "-d", "udp.port==6454,artnet", "-T", "fields", "-Y", f"{fields[0]} and not icmp",
         *(word for field in fields for word in ("-e", field))],
        check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ).stdout  # fmt: skip
    return [line.split("\t") for line in lines.splitlines()]


def test_sacn_counts_each_universe_for_itself_and_carries_name_and_priority(dissected):
    fields = [
        f"acn.dmx.{name}"
        for name in ("universe", "seq_number", "source_name", "priority", "count", "option_s")
    ]
    packets = dissected(fields, "--output", "sacn", "--set", "led.priority=120", seconds=0.4)
    sequences = defaultdict(list)
    for universe, sequence, name, priority, count, _ in packets:
        sequences[int(universe)].append(int(sequence))
        assert (name, priority, count) == ("signage-player-show", "120", str(511))
    assert sorted(sequences) == [1, 2]
    for numbers in sequences.values():
        assert numbers == list(range(len(numbers)))
    assert [packet[5] for packet in packets[-6:]] == ["1"] * 6, "three times terminated"
    assert {packet[5] for packet in packets[:-6]} == {"0"}


def test_art_net_counts_from_one_and_sends_one_sync_after_each_frame(dissected):
    fields = ["artnet.header.opcode", "artnet.output.sequence", "artnet.output.universe"]
    packets = dissected(fields, "--output", "artnet", "--set", "led.universe=300", seconds=0.4)
    frames = [packets[start : start + 3] for start in range(0, len(packets), 3)]
    for number, frame in enumerate(frames, 1):
        assert [int(opcode, 0) for opcode, _, _ in frame] == [0x5000, 0x5000, 0x5200]
        assert [packet[1:] for packet in frame[:2]] == [
            [str(number), "300"],
            [str(number), "301"],
        ]


def test_nothing_is_sent_to_anyone_else(dissected):
    packets = dissected(["ip.dst"], "--output", "sacn")
    assert {address for (address,) in packets} == {BOARD}
