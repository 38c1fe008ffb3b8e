"""The sending thread: newest wins, errors end nothing, and deadlines stand on a steady grid."""

import threading

import numpy as np
import pytest

from players.outputs.led.line import Sent
from players.outputs.led.sender import Pace, Sender
from tests.doubles import until

FRAME = 1 / 60


class Wire:
    """A way that keeps what it is given; `held` stops the line."""

    def __init__(self):
        self.sent = []
        self.held = threading.Event()
        self.held.set()
        self.broken = False

    def send(self, picture, number):
        self.held.wait(10)
        if self.broken:
            raise OSError("no way there")
        self.sent.append(int(picture[0, 0, 0]))
        return Sent(1, 3)

    def changes(self):
        return False

    def say_goodbye(self, number):
        self.sent.append("the end")

    def close(self):
        pass


def picture(value):
    return np.full((1, 1, 3), value, np.uint8)


@pytest.fixture
def wire():
    return Wire()


@pytest.fixture
def sender(wire):
    sender = Sender(wire)
    yield sender
    wire.held.set()
    sender.stop()


def test_a_picture_goes_out_and_is_repeated_while_nothing_comes(sender, wire):
    sender.offer(picture(7), 0)
    until(lambda: wire.sent[:3] == [7, 7, 7])


def test_of_frames_that_could_not_be_sent_the_newest_wins(sender, wire):
    wire.held.clear()
    sender.offer(picture(1), 0)
    until(lambda: sender.sent is not None)
    for value in (2, 3, 4):
        sender.offer(picture(value), 0)
    wire.held.set()
    until(lambda: 4 in wire.sent)
    assert {2, 3}.isdisjoint(wire.sent)
    assert sender.tally.left_out == 2


def test_after_a_broken_line_the_picture_comes_back_by_itself(sender, wire):
    wire.broken = True
    sender.offer(picture(5), 0)
    until(lambda: sender.tally.trouble == "no way there")
    wire.broken = False
    until(lambda: wire.sent)
    assert wire.sent[0] == 5
    until(lambda: not sender.tally.trouble)


def test_what_is_looked_at_is_the_picture_that_was_shown_last(sender, wire):
    wire.held.clear()
    sender.offer(picture(1), 0)
    newest = picture(2)
    sender.offer(newest, 0)
    wire.held.set()
    assert sender.sent_since(newest) is newest


def test_the_last_words_are_the_last(wire):
    sender = Sender(wire)
    sender.offer(picture(1), 0)
    sender.stop()
    assert wire.sent[0] == 1
    assert wire.sent[-1] == "the end"


def test_frames_that_arrive_unevenly_leave_evenly():
    pace, jitter = Pace(), [0, 4, 1, 6, 0, 5, 2, 3, 6, 0, 1, 4]
    arrivals = [100 + number * FRAME + late / 1000 for number, late in enumerate(jitter)]
    due = [pace.due(arrival, FRAME) for arrival in arrivals]
    steps = np.diff(due[1:])
    assert np.abs(steps - FRAME).max() < 0.0002
    assert all(moment >= arrival for moment, arrival in zip(due, arrivals, strict=True))


def test_the_grid_follows_a_clock_that_runs_faster():
    pace = Pace()
    arrivals = [100 + number * FRAME * 0.9995 for number in range(4000)]
    waits = [pace.due(arrival, FRAME) - arrival for arrival in arrivals][500:]
    assert min(waits) > 0
    assert max(waits) < FRAME


def test_after_a_pause_the_first_frame_goes_at_once():
    pace = Pace()
    for number in range(10):
        pace.due(100 + number * FRAME, FRAME)
    assert pace.due(160.0, FRAME) == 160.0
