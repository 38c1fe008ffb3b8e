"""A wall shows every scene pixel for pixel as `composing` does, in the frames after it too."""

import pytest

from players.contract.limits import MINUTE
from players.outputs.composing import compose
from players.outputs.led.compositor import Compositor
from players.outputs.png_folder import PngFolder
from tests.doubles import NOON
from tests.players.outputs.scenes import HEIGHT, SCENES, WIDTH


@pytest.fixture
def prepare(tmp_path):
    return PngFolder(str(tmp_path), WIDTH, HEIGHT).prepare


@pytest.mark.parametrize("name", SCENES)
def test_every_frame_is_what_composing_makes_of_it(prepare, name):
    scene, compositor = SCENES[name](prepare), Compositor(WIDTH, HEIGHT)
    for moment in (NOON, NOON + 17, NOON + 100, NOON + MINUTE, NOON + MINUTE + 17, NOON):
        frame = compositor.frame(scene, moment)
        assert frame.tobytes() == compose(scene, WIDTH, HEIGHT, moment).tobytes()


def test_a_frame_that_was_handed_over_never_changes(prepare):
    scene, compositor = SCENES["in_zones"](prepare), Compositor(WIDTH, HEIGHT)
    first = compositor.frame(scene, NOON)
    before = first.tobytes()
    compositor.frame(scene, NOON + 17)
    assert first.tobytes() == before
