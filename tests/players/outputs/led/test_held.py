"""The memory that player and keeper share: whole frames, one count, silence while others send."""

import numpy as np
import pytest

from players.outputs.led.held import Held


@pytest.fixture
def held(tmp_path):
    """Open the memory of one wall, as player or as keeper."""
    opened = []

    def open_it(width=4, height=2):
        opened.append(Held(tmp_path / "state", width, height))
        return opened[-1]

    yield open_it
    opened[-1].forget()


@pytest.fixture
def at_once(monkeypatch):
    """Whoever does not send this very moment is silent."""
    monkeypatch.setattr("players.outputs.led.held.PATIENCE_SECONDS", 0.0)


def picture(value, width=4, height=2):
    return np.full((height, width, 3), value, np.uint8)


def test_a_keeper_has_nothing_to_send_before_a_player_did(held, at_once):
    assert held().overdue() is None


def test_a_keeper_is_silent_while_the_player_sends(held):
    held().sent(picture(7), 0)
    assert held().overdue() is None


def test_a_keeper_goes_on_with_picture_number_and_brightness(held, at_once):
    player, keeper = held(), held()
    player.dim(0.25)
    for number in range(3):
        player.sent(picture(number), number)
    due = keeper.overdue()
    assert (due.picture.tolist(), due.number, due.brightness) == (picture(2).tolist(), 3, 0.25)
    keeper.sent(due.picture, due.number)
    assert held().number == 4  # of the next player


def test_a_frame_that_is_being_written_is_not_the_one_that_is_kept(held, at_once):
    player, keeper = held(), held()
    player.sent(picture(1), 0)
    player._slots[1 - int(player._get("slot"))] = 99  # killed in the middle of the next
    assert (keeper.overdue().picture == 1).all()


def test_the_keeper_of_a_wall_of_another_size_falls_silent(held, at_once):
    before = held()
    before.sent(picture(1), 0)
    after = held(8, 4)
    after.sent(picture(2, 8, 4), 0)
    assert before.overdue() is None
    assert after.overdue().picture.shape == (4, 8, 3)
