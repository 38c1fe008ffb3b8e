"""player.yaml is checked in sentences before anything starts."""

import pytest
import yaml
from click.testing import CliRunner

from players.__main__ import main
from players.outputs import OUTPUTS
from players.settings import WrongSettings, read_settings
from tests.doubles import SimulatedController


@pytest.fixture
def path(tmp_path):
    return SimulatedController().settings(tmp_path)


def complaint(path, **changes):
    content = yaml.safe_load(path.read_text())
    for name, value in changes.items():
        if value is None:
            del content[name]
        else:
            content[name] = value
    path.write_text(yaml.safe_dump(content))
    with pytest.raises(WrongSettings) as refused:
        read_settings(path, OUTPUTS)
    return str(refused.value)


def test_good_settings_are_read_with_paths_from_their_file(path):
    settings = read_settings(path, OUTPUTS)
    assert settings.display == "hoa-lu"
    assert settings.state == str(path.parent / "state")
    assert settings.output.folder == str(path.parent / "glass")


def test_an_unknown_key_is_refused_with_what_was_meant(path):
    assert complaint(path, heigth=5) == "There is no setting heigth; did you mean height?"


def test_an_unknown_key_inside_is_named_with_its_place(path):
    sentence = complaint(path, broker={"hots": "127.0.0.1"})
    assert sentence == "There is no setting broker.hots; did you mean host?"


def test_an_unknown_key_of_an_led_wall_is_named_with_its_whole_place(path):
    led = {"protocol": "ddp", "target": "10.0.0.9", "wiring": {"cable": {"serpentin": True}}}
    sentence = complaint(path, output={"kind": "led_wall", "led": led})
    assert sentence == (
        "There is no setting output.led.wiring.cable.serpentin; did you mean serpentine?"
    )


def test_a_key_nobody_could_have_meant_gets_no_guess(path):
    assert complaint(path, colour="red") == "There is no setting colour."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"display": "Hoa Lư"}, "is no name"),
        ({"display": None}, "display"),
        ({"width": 0}, "1 to 16384"),
        ({"width": "wide"}, "width"),
        ({"height": 99999}, "1 to 16384"),
        ({"broker": {"host": "127.0.0.1", "port": 70000}}, "port"),
        ({"broker": {"host": "127.0.0.1", "user": "display-hoa-lu"}}, "password_file and ca_file"),
        ({"controller": "127.0.0.1:8080"}, "http://"),
        ({"output": {"kind": "windows"}}, "did you mean window?"),
        ({"output": {"kind": "png_folder"}}, "into which folder"),
        ({"player_key": "nowhere.pem"}, "was made when this display was paired"),
        ({"player_key": "player.yaml"}, "holds no PEM key"),
        ({"root_keys": ["AAAA"]}, "root_keys"),
        ({"root_keys": []}, "one to three"),
        ({"root_threshold": 2}, "root_threshold"),
        ({"cache_mb": 0}, "cache_mb"),
    ],
)
def test_what_cannot_work_is_said(path, changes, words):
    assert words in complaint(path, **changes)


@pytest.mark.parametrize(
    ("led", "words"),
    [
        (None, "say which receiver the wall has"),
        ([], "say which receiver the wall has"),
        (
            [
                {
                    "protocol": "ddp",
                    "target": "x",
                    "area": {"x": 60, "y": 0, "width": 8, "height": 8},
                }
            ],
            "the area of x (8x8 at x 60, y 0) reaches beyond the picture of 64x32 pixels",
        ),
        (
            [{"protocol": "ddp", "target": "x", "link_mbit": 10, "fps": 60}] * 3,
            "all receivers together need",
        ),
        ([{"protocol": "ddp", "target": "x", "ara": 1}], "output.led.ara; did you mean area?"),
        ({"protocol": "ddp", "target": ""}, "address of the receiver"),
        ({"protocol": "ddp", "target": "10.0.0.9:http"}, "'http' is no port"),
        ({"protocol": "dmx", "target": "10.0.0.9"}, "protocol"),
        ({"protocol": "ddp", "target": "x", "multicast": True}, "ddp has none"),
        ({"protocol": "ddp", "target": "x", "link_mbit": 10, "fps": 1000}, "fps"),
        ({"protocol": "ddp", "target": "x", "wiring": {"panel_width": 50}}, "do not fill 64x32"),
        (
            {"protocol": "colorlight", "target": "eth1", "wiring": {"panel_width": 32}},
            "knows its own wiring",
        ),
    ],
)
def test_what_an_led_wall_can_not_do_is_said(path, led, words):
    assert words in complaint(path, output={"kind": "led_wall", "led": led})


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "a: [", "\x00"])
def test_a_file_that_is_no_settings_is_said(path, content):
    path.write_text(content)
    with pytest.raises(WrongSettings):
        read_settings(path, OUTPUTS)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(WrongSettings, match="Can't read"):
        read_settings(tmp_path / "player.yaml", OUTPUTS)


def test_the_command_line_says_that_all_is_well(path):
    result = CliRunner().invoke(main, ["check-settings", "--config", str(path)])
    assert result.exit_code == 0
    assert "hoa-lu of fleet pleiku, 64x32 pixels by png_folder" in result.output


def test_the_command_line_works_out_the_line_to_a_wall(tmp_path):
    led = {"protocol": "ddp", "target": "10.20.0.31", "link_mbit": 100}
    path = SimulatedController().settings(tmp_path, output={"kind": "led_wall", "led": led})
    result = CliRunner().invoke(main, ["check-settings", "--config", str(path)])
    line = "10.20.0.31: 5 packets a frame, 3 Mbit/s at 60 frames a second, 3 % of its line."
    assert result.output.splitlines()[1] == line


def test_the_command_line_says_what_is_wrong_without_a_trace(path):
    path.write_text("display: [")
    result = CliRunner().invoke(main, ["check-settings", "--config", str(path)])
    assert result.exit_code == 1
    assert "is not YAML" in result.output
    assert "Traceback" not in result.output
