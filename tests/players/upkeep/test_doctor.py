"""The doctor says what is wrong with a PC, against a real broker and a real controller."""

import pytest
from click.testing import CliRunner

from players.__main__ import main
from players.contract import topics
from players.outputs import OUTPUTS
from players.settings import read_settings
from players.upkeep.doctor import findings
from tests.broker import start_broker
from tests.doubles import SimulatedController


@pytest.fixture
def found(controller, tmp_path):
    """Look at a player with these settings; gives the sentences by subject."""

    def look(**changes):
        path = controller.settings(tmp_path / "player", **changes)
        path.with_name("player.pem").chmod(0o600)
        return {one.subject: one.sentence for one in findings(read_settings(path, OUTPUTS))}

    return look


def test_a_pc_in_good_order_is_told_to_be(controller, found):
    host, port, stop = start_broker()
    controller.publish_keys()
    try:
        told = found(broker={"host": host, "port": port}, controller=controller.serve())
    finally:
        stop()
    for subject in ("key", "state folder", "disk", "controller", "broker", "clock", "letters"):
        assert told[subject] == "fine"


def test_a_controller_of_other_people_is_told_from_ours(controller, found):
    controller.sealed[topics.keys(controller.fleet)] = SimulatedController().key_list()
    assert "not the controller of this fleet" in found(controller=controller.serve())["controller"]


def test_nobody_answering_is_told_with_the_address(found):
    told = found()
    assert told["broker"].startswith("no broker at 127.0.0.1:1")
    assert told["controller"].startswith("no key list from http://127.0.0.1:1")


def test_a_web_server_is_no_broker(controller, found):
    port = int(controller.serve().rpartition(":")[2])
    assert "is no MQTT broker" in found(broker={"host": "127.0.0.1", "port": port})["broker"]


def test_a_key_that_others_can_read_is_told(controller, tmp_path):
    path = controller.settings(tmp_path / "player")
    path.with_name("player.pem").chmod(0o644)
    result = CliRunner().invoke(main, ["doctor", "--config", str(path)])
    assert "chmod 600" in result.output
    assert result.exit_code == 1


@pytest.mark.system("xvfb")
def test_a_display_beyond_the_edge_of_the_screen_is_told(found, screen, monkeypatch):
    monkeypatch.setenv("DISPLAY", screen)
    told = found(output={"kind": "window", "x": 1380, "y": 0})
    assert told["screen"] == "the display reaches to 1444x32, but the screen ends at 1400x900"


def test_a_screen_that_is_not_there_is_told(found, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":98765")
    assert "can't be used" in found(output={"kind": "window"})["screen"]


def test_a_board_that_can_not_be_reached_is_told(found):
    led = {"protocol": "ddp", "target": "no-such-board.invalid"}
    told = found(output={"kind": "led_wall", "led": led})["receivers"]
    assert told.startswith("there is no way to the receiver at no-such-board.invalid")
    led = {"protocol": "colorlight", "target": "no-such-port", "fps": 30}
    told = found(output={"kind": "led_wall", "led": led})["receivers"]
    assert told == "there is no network interface no-such-port: `ip link` lists them"


def test_a_board_on_this_network_is_fine(found):
    led = {"protocol": "ddp", "target": "127.0.0.1"}
    told = found(output={"kind": "led_wall", "led": led})
    assert (told["receivers"], told["parts for boards"]) == ("fine", "fine")


def test_a_brightness_card_that_is_not_there_is_told(found):
    told = found(output={"kind": "window", "novastar": "127.0.0.1:1"})["brightness card"]
    assert told.startswith("no card at 127.0.0.1:1: ")
