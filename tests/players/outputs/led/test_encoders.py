"""Pixels in, packets out: each protocol byte by byte, and by other people's readers."""

import numpy as np
import pytest
from ddp import Packet

from players.outputs.led.artnet import ArtNet
from players.outputs.led.colorlight import ColorLight
from players.outputs.led.ddp import Ddp
from players.outputs.led.discovery import poll, replied
from players.outputs.led.sacn import Sacn, multicast_group, source_name

CID = bytes(range(16))


def pixels(count):
    return np.random.default_rng(7).integers(0, 256, count * 3, np.uint8)


def packets(bursts):
    return [
        bytes(burst.view[start : start + burst.size])
        for burst in bursts
        for start in range(0, len(burst.data), burst.size)
    ]


def test_a_stranger_reads_the_frame_out_of_ddp_packets():
    frame = pixels(192 * 96)
    read = [Packet.from_bytes(packet) for packet in packets(Ddp(192 * 96).encode(frame, 0))]
    assert len(read) == 39
    assert b"".join(packet.data for packet in read) == frame.tobytes()
    assert [packet.header.offset for packet in read] == [number * 1440 for number in range(39)]
    assert [packet.header.packet_type.push for packet in read] == [False] * 38 + [True]
    assert {packet.header.pixel_config.to_byte() for packet in read} == {0x0B}


def test_ddp_counts_its_packets_from_1_to_15_across_frames():
    encoder = Ddp(192 * 96)
    numbers = [
        packet[1]
        for frame in range(3)
        for packet in packets(encoder.encode(pixels(192 * 96), frame))
    ]
    assert numbers == [number % 15 + 1 for number in range(3 * 39)]


@pytest.mark.parametrize("count", [1, 480, 481])
def test_the_last_ddp_packet_is_as_long_as_what_is_left(count):
    frame = pixels(count)
    read = [Packet.from_bytes(packet) for packet in packets(Ddp(count).encode(frame, 5))]
    assert sum(packet.header.length for packet in read) == count * 3
    assert b"".join(packet.data for packet in read) == frame.tobytes()


def test_an_sacn_packet_stands_as_the_standard_says():
    encoder = Sacn(170, first=513, cid=CID, name="Bảng Phù Đổng", priority=110)
    (packet,) = packets(encoder.encode(np.full(510, 7, np.uint8), 259))
    expected = b"\x00\x10\x00\x00ASC-E1.17\x00\x00\x00\x72\x6c\x00\x00\x00\x04" + CID
    expected += b"\x72\x56\x00\x00\x00\x02" + "Bảng Phù Đổng".encode().ljust(64, b"\x00")
    expected += b"\x6e\x00\x00\x03\x00\x02\x01"
    expected += b"\x72\x09\x02\xa1\x00\x00\x00\x01\x01\xff\x00" + b"\x07" * 510
    assert packet == expected


def test_a_long_name_is_cut_at_63_bytes_and_at_a_whole_letter():
    name = source_name("Bảng điện tử phường Phù Đổng, ngã tư Hùng Vương và Trần Phú, số 2")
    assert len(name) == 64
    assert name.rstrip(b"\x00").decode() == "Bảng điện tử phường Phù Đổng, ngã tư Hùng Vư"


def test_sacn_says_three_times_that_it_ends():
    encoder = Sacn(340, first=1, cid=CID, name="x")
    encoder.encode(pixels(340), 254)
    said = [packets(bursts) for bursts in encoder.farewell(255)]
    assert [[packet[112] for packet in time] for time in said] == [[0x40, 0x40]] * 3
    assert [time[0][111] for time in said] == [255, 0, 1]


def test_a_synchronisation_packet_follows_the_universes():
    encoder = Sacn(1, first=1, cid=CID, name="x", sync_universe=7000)
    data, sync = packets(encoder.encode(pixels(1), 9))
    assert data[109:111] == (7000).to_bytes(2, "big")
    assert sync == (
        b"\x00\x10\x00\x00ASC-E1.17\x00\x00\x00\x70\x21\x00\x00\x00\x08" + CID
        + b"\x70\x0b\x00\x00\x00\x01\x09" + (7000).to_bytes(2, "big") + b"\x00\x00"
    )  # fmt: skip


def test_each_universe_has_a_multicast_group():
    assert multicast_group(1) == "239.255.0.1"
    assert multicast_group(63999) == "239.255.249.255"


def test_an_art_net_packet_and_its_sync_stand_as_the_protocol_says():
    data, sync = packets(ArtNet(170, first=0x1FE).encode(np.full(510, 7, np.uint8), 255))
    assert data == b"Art-Net\x00\x00\x50\x00\x0e\x01\x00\xfe\x01\x01\xfe" + b"\x07" * 510
    assert sync == b"Art-Net\x00\x00\x52\x00\x0e\x00\x00"


def test_only_an_answer_to_a_poll_is_taken_for_one():
    assert replied(poll(), "x") is None
    assert replied(b"Art-Net\x00\x00\x21", "x") is None


def test_colorlight_rows_come_in_parts_of_497_pixels_and_then_are_shown():
    frame = pixels(600 * 2)
    encoder = ColorLight(600, 2)
    encoder.dim(0.5)
    *rows, show = packets(encoder.encode(frame, 0))
    rebuilt = np.zeros((2, 600, 3), np.uint8)
    for row in rows:
        assert row[:13] == bytes.fromhex("11223344556622223344556655")
        line, left, count = (int.from_bytes(row[at : at + 2], "big") for at in (13, 15, 17))
        assert row[19:21] == b"\x08\x88"
        rebuilt[line, left : left + count] = np.frombuffer(row[21:], np.uint8).reshape(-1, 3)
    assert rebuilt.tobytes() == frame.tobytes()
    assert len(show) == 112
    assert (show[12], show[35], show[38:41]) == (1, 128, b"\x80\x80\x80")
