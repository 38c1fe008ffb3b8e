"""What an installation would do to a PC, told without doing it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from players.__main__ import main
from players.outputs import OUTPUTS
from players.settings import read_settings
from players.upkeep import installation, units


@pytest.fixture
def config(controller, tmp_path):
    window = {"kind": "window", "x": 0, "y": 0}
    return controller.settings(tmp_path, output=window, controller="http://dieuhanh.pleiku:8080")


def told(config, *options):
    result = CliRunner().invoke(main, ["install", "--dry-run", "--config", str(config), *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_window_gets_x_without_a_desktop_and_a_service_that_systemd_watches(config):
    output = told(config)
    assert "Xorg :0 vt1" in output
    assert "-nocursor -s 0 -dpms" in output
    assert "WatchdogSec=30" in output
    assert "systemctl enable --now signage-screen.service signage-player@hoa-lu.service" in output


def test_what_needs_no_screen_gets_none(controller, tmp_path):
    output = told(controller.settings(tmp_path))
    assert "Xorg" not in output
    assert "signage-player@hoa-lu.service" in output


def test_only_a_player_of_colorlight_cards_may_send_whole_ethernet_frames(controller, tmp_path):
    led = {"protocol": "colorlight", "target": "eth1", "fps": 30}
    output = told(controller.settings(tmp_path, output={"kind": "led_wall", "led": led}))
    assert "AmbientCapabilities=CAP_NET_RAW\n" in output
    led = {"protocol": "ddp", "target": "10.20.0.31"}
    output = told(controller.settings(tmp_path, output={"kind": "led_wall", "led": led}))
    assert "CAP_NET_RAW" not in output
    assert "Xorg" not in output


def test_what_switches_the_panel_is_installed_with_the_player(controller, tmp_path):
    output = told(controller.settings(tmp_path, panel={"kind": "cec"}))
    assert "chrony" in output
    assert "cec-utils" in output
    assert "x11-xserver-utils" not in output


def test_cage_runs_the_player_on_wayland(config):
    output = told(config, "--kiosk", "cage")
    assert "ExecStart=/usr/bin/cage -d -s -- " in output
    assert "signage-screen" not in output


def test_the_controller_becomes_a_source_of_time(config):
    assert "server dieuhanh.pleiku iburst" in told(config)


def test_settings_and_key_move_to_a_folder_of_their_own(config):
    output = told(config)
    assert f"{config} /var/lib/signage-player/hoa-lu/player.yaml" in output
    assert "player.pem /var/lib/signage-player/hoa-lu/player.pem" in output


def test_a_second_run_from_the_installed_folder_copies_nothing(config):
    settings = read_settings(config, OUTPUTS)
    installed = Path(installation.HOME / "hoa-lu/player.yaml")
    steps = installation.steps(settings, installed, kiosk="x", command="/usr/bin/signage-player")
    assert not any(str(installed) in step.told() and "-m 600" in step.told() for step in steps)


def test_the_first_step_that_fails_is_told_in_a_sentence():
    listed = [installation.Run("It never works.", ("false",))]
    with pytest.raises(installation.NotInstalled, match="`false` ended with 1"):
        listed[0].do()


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is part of systemd"
)
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path):
    command = shutil.which("true")
    text = units.player_unit(command, user="root", home=str(tmp_path), kiosk="none")
    unit = tmp_path / units.PLAYER_UNIT.replace("@", "@hoa-lu")
    unit.write_text(text)
    (tmp_path / "hoa-lu").mkdir()
    checked = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=60
    )
    assert (checked.stderr.replace(str(unit), ""), checked.returncode) == ("", 0)
