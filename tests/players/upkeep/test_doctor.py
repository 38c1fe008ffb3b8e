"""The doctor says what is wrong with a PC, against a real broker and a real controller."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from players.__main__ import main
from players.contract import topics
from players.outputs import OUTPUTS
from players.settings import read_settings
from players.upkeep.doctor import findings
from tests.broker import start_broker
from tests.doubles import SimulatedController

ROOT = Path(__file__).parents[3]


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


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """The only programs of this PC: each prints what it is told to."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def installed(**printed):
        for name, text in printed.items():
            (folder / "said").with_suffix(f".{name}").write_text(text)
            (folder / name).write_text(f"#!/bin/sh\n/bin/cat {folder}/said.{name}\n")
            (folder / name).chmod(0o755)

    return installed


XRANDR = """\
Screen 0: minimum 320 x 200, current 3840 x 2160, maximum 16384 x 16384
HDMI-1 connected primary 3840x2160+0+0 (normal left inverted right) 1209mm x 680mm
   3840x2160     {rate}*+  25.00    24.00
   1920x1080     60.00    59.94
"""


@pytest.mark.parametrize(("rate", "told"), [("30.00", "shows 30 pictures"), ("59.94", "fine")])
def test_a_screen_that_is_too_slow_for_tickers_is_told(found, programs, rate, told):
    programs(xrandr=XRANDR.format(rate=rate))
    assert told in found(output={"kind": "window"})["refresh"]


def test_programs_that_a_panel_needs_and_are_not_there_are_told(found, programs):
    programs()
    assert "apt install cec-utils" in found(panel={"kind": "cec"})["panel"]
    assert "apt install x11-xserver-utils" in found(panel={"kind": "dpms"})["panel"]


def test_a_panel_that_does_not_answer_is_told(found):
    told = found(panel={"kind": "samsung", "port": "127.0.0.1:1"})["panel"]
    assert told.startswith("the panel can't be asked")


@pytest.mark.system("network namespaces")
def test_a_player_without_the_right_to_send_whole_frames_is_told():
    asks = "from players.upkeep.board_looks import _no_right; print(_no_right())"
    without = ["setpriv", "--bounding-set", "-net_raw", sys.executable, "-c", asks]
    told = subprocess.run(without, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert "nobody may send whole Ethernet frames here" in told
