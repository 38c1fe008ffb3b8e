"""What the glass counts as late: frames that were left out, not those that a film does not have."""

import pytest

from players.clock import PlayerTime
from players.contract.playlist import Ticker
from players.contract.showing import Showing
from players.contract.types import Area, BlobRef
from players.outputs import Pane, Picture, Scene
from players.pace import Steps
from players.showing.glass import Glass
from players.troubles import Troubles
from tests.doubles import NOON, RecordingOutput, StillClock

PICTURE = Picture("0" * 64, 64, 32, b"")
STRIP = Picture("1" * 64, 300, 8, b"")
TICKER = Ticker(
    blob=BlobRef(sha256="1" * 64, bytes=1, media_type="image/png", width=300, height=8), step=1
)
DUE = Showing("schedule", "everyday", "orange", None, NOON, NOON + 60_000)


class StillFilm:
    def frame_at(self, moment):
        return None


@pytest.fixture
def late():
    """Show a scene on an output of 60 frames a second, 30 ms between two looks; gives the count."""

    def shown(**changes):
        clock = StillClock()
        time = PlayerTime(clock)
        glass = Glass("hoa-lu", RecordingOutput(), time, Troubles("hoa-lu", time.now), Steps(time))
        scene = Scene("schedule", "everyday", "orange", PICTURE, **changes)
        for _ in range(30):
            glass.show(scene, DUE)
            clock.passes(1000 / 30)
        return glass.late_frames

    return shown


def test_a_film_of_thirty_pictures_a_second_is_not_late_on_a_glass_of_sixty(late):
    assert late(film=StillFilm()) == 0
    beside = Pane(PICTURE, Area(x=0, y=0, width=8, height=8), film=StillFilm())
    assert late(beside=(beside,)) == 0


def test_a_strip_that_misses_every_other_frame_is_late(late):
    assert late(strip=STRIP, ticker=TICKER) > 20


def test_a_scene_moves_also_when_only_a_film_beside_the_slides_does():
    beside = Pane(PICTURE, Area(x=0, y=0, width=8, height=8), film=StillFilm())
    assert Scene("schedule", "everyday", "orange", PICTURE, beside=(beside,)).moves()
    assert not Scene("schedule", "everyday", "orange", PICTURE).moves()
