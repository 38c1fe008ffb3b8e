"""The power goes at every step of every write: the next start shows what was on, or what came."""

import shutil

import pytest

from players.assembly import assemble
from players.outputs import OUTPUTS
from players.settings import read_settings
from tests.doubles import RecordingOutput
from tests.players.power_cut import RecordingDisk, images
from tests.players.rig import Rig


class Life:
    """A player's life with a disk that is written down; what is on the glass at each stage."""

    def __init__(self, folder):
        self.folder = folder
        self.rig = Rig(folder)
        self.rig.disk = self.disk = RecordingDisk(folder)
        self.rig.restart()
        self.stages = [(0, "none")]

    def shows(self, item):
        self.rig.shows(item)
        self.rig.settle()
        self.rig.saves()
        self.stages.append((len(self.disk.steps), item))

    def allowed_after(self, done):
        """Items that may be on the glass when the power went after so many steps."""
        before = [item for at, item in self.stages if at <= done]
        after = [item for at, item in self.stages if at > done]
        return {before[-1], *after[:1]}


@pytest.fixture
def life(tmp_path):
    life = Life(tmp_path / "player")
    rig, controller = life.rig, life.rig.controller
    rig.hears_keys()
    rig.hears_manifest(controller.manifest(controller.entry(controller.slide("orange", "orange"))))
    life.shows("orange")
    alert = controller.alert()
    page = alert.pages[0].blob.sha256
    rig.hears_page(controller.blobs[page], page)
    rig.hears_alerts(controller.alerts(alert))
    life.shows("flood.1.1")
    rig.hears_alerts(controller.alerts())
    life.shows("orange")
    rig.hears_manifest(controller.manifest(controller.entry(controller.slide("teal", "teal"))))
    life.shows("teal")
    rig.hears_manifest(controller.manifest(retired=True))
    life.shows("none")
    yield life
    rig.close()


def first_shown(life, folder):
    """Start a player without network on `folder`; gives the first item on its glass."""
    output = RecordingOutput()
    path = life.rig.controller.settings(folder)
    settings = read_settings(path, OUTPUTS)
    assembled = assemble(settings, clock=life.rig.clock, output=output)
    assembled.pictures.start()
    try:
        assembled.player.show_first()
        return output.items[0]
    finally:
        assembled.pictures.stop()
        assembled.journal.close()
        assembled.doorbell.close()


def test_after_a_power_cut_at_any_step_the_right_picture_is_up(life, tmp_path):
    seen, wrong = set(), []
    for done, way, image in images(life.disk.steps):
        allowed = life.allowed_after(done)
        case = (frozenset(image.items()), frozenset(allowed))
        if case in seen:
            continue
        seen.add(case)
        folder = tmp_path / "image"
        for name, content in image.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        shown = first_shown(life, folder)
        if shown not in allowed:
            wrong.append((done, life.disk.steps[done - 1], way, shown, allowed))
        shutil.rmtree(folder)
    assert wrong == []
    assert len(seen) > 50
