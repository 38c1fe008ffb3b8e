"""A monitor is meant by its number or a part of its name, and nothing else."""

import pytest

from players.outputs.window.monitors import Monitor, chosen

HALL = Monitor(1, "DELL S2419H", 0, 0, 1920, 1080)
BOARD = Monitor(2, "NovaStar VX4S", 1920, 0, 1280, 720)


@pytest.mark.parametrize(
    ("wanted", "meant"), [("", HALL), ("1", HALL), ("2", BOARD), ("nova", BOARD)]
)
def test_a_monitor_is_found_by_number_or_name(wanted: str, meant: Monitor) -> None:
    assert chosen(wanted, [HALL, BOARD]) == meant


@pytest.mark.parametrize("wanted", ["3", "Samsung", "s"])
def test_one_that_is_not_there_or_not_clear_is_told_with_those_there_are(wanted: str) -> None:
    with pytest.raises(ValueError, match=r"1 \(DELL S2419H\), 2 \(NovaStar VX4S\)"):
        chosen(wanted, [HALL, BOARD])


def test_no_monitor_at_all_is_told() -> None:
    with pytest.raises(ValueError, match="no monitor"):
        chosen("", [])
