"""Panels: the bytes of four makers, over both kinds of line; xset and cec-client as programs."""

import os
import stat

import pytest

from players.panels import PanelTrouble
from players.panels.cec import Cec
from players.panels.dpms import Dpms
from players.panels.spoken import LANGUAGES, spoken_panel
from players.settings import PanelSettings
from tests.players.panels.makers import MAKERS, on_a_serial_line, on_the_network

# As they stand in the makers' documents: on, off, the question, volume 30.
BYTES = {
    "samsung": ("aa1101010114", "aa1101010013", "aa11010012", "aa1201011e32"),
    "lg": (b"ka 01 01\r", b"ka 01 00\r", b"ka 01 ff\r", b"kf 01 1e\r"),
    "philips": ("06010018021d", "06010018011e", "050100191d", "070100441e1e42"),
    "nec": (
        "0130413041304302433230334436303030310373" + "0d",
        "0130413041304302433230334436303030340376" + "0d",
        "01304130413036023031443603740d",
        "013041304530410230303632303031450304" + "0d",
    ),
}


@pytest.mark.parametrize("maker", LANGUAGES)
def test_what_is_sent_is_what_the_maker_documents(maker):
    language = LANGUAGES[maker](1)
    sent = [language.power(True), language.power(False), language.ask_power(), language.volume(30)]
    known = [one if isinstance(one, bytes) else bytes.fromhex(one) for one in BYTES[maker]]
    assert sent == known


@pytest.mark.parametrize("line", [on_the_network, on_a_serial_line])
@pytest.mark.parametrize("maker", MAKERS)
def test_a_panel_is_switched_asked_and_made_louder(maker, line):
    panel = MAKERS[maker]()
    with line(panel) as port:
        spoken = spoken_panel(maker, PanelSettings(kind=maker, port=port))
        spoken.switch(True)
        spoken.set_volume(35)
        assert (panel.on, panel.volume, spoken.is_on()) == (True, 35, True)
        spoken.switch(False)
        assert (panel.on, spoken.is_on()) == (False, False)


@pytest.mark.parametrize("maker", MAKERS)
def test_a_panel_that_is_as_wanted_is_only_asked(maker):
    panel = MAKERS[maker]()
    panel.on = True
    with on_the_network(panel) as port:
        spoken_panel(maker, PanelSettings(kind=maker, port=port)).switch(True)
    assert len(panel.heard) == 1


@pytest.mark.parametrize("maker", MAKERS)
def test_a_panel_that_refuses_is_told_of(maker):
    panel = MAKERS[maker]()
    panel.refuses = True
    with on_the_network(panel) as port, pytest.raises(PanelTrouble, match="refuse"):
        spoken_panel(maker, PanelSettings(kind=maker, port=port)).set_volume(10)


@pytest.mark.parametrize("maker", LANGUAGES)
@pytest.mark.parametrize(
    "answer", [b"", b"\x00" * 9, b"x", b"\r", b"\xaa\xff\x01\x03A", b"\x01\x02\x03\r"]
)
def test_nonsense_on_the_line_is_no_answer(maker, answer):
    with pytest.raises(PanelTrouble):
        LANGUAGES[maker](1).read_power(answer)


@pytest.mark.parametrize("port", ["127.0.0.1:1", "/dev/there-is-no-such-line"])
def test_a_panel_that_is_not_there_is_told_of(port):
    with pytest.raises(PanelTrouble):
        spoken_panel("lg", PanelSettings(kind="lg", port=port)).switch(True)


@pytest.fixture
def program(tmp_path):
    """A program that notes what it is told and answers what a test wants."""

    def made(answer: str) -> tuple[str, object]:
        path, noted = tmp_path / "program", tmp_path / "noted"
        path.write_text(f'#!/bin/sh\necho "$@ $(cat)" >> {noted}\n{answer}\n')
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path), noted

    return made


def test_a_screen_is_sent_to_standby_and_woken_by_xset(program):
    xset, noted = program("echo '  Monitor is Off'")
    screen = Dpms(xset)
    screen.switch(False)
    assert "dpms force off" in noted.read_text()
    assert screen.is_on() is False


def test_a_television_is_switched_over_hdmi_cec(program):
    client, noted = program("echo 'power status: standby'")
    television = Cec("/dev/ttyACM0", client)
    television.switch(True)
    assert "-s -d 1 /dev/ttyACM0 on 0" in noted.read_text()
    assert television.is_on() is False


@pytest.mark.parametrize("backend", [Dpms, lambda program: Cec("", program)])
def test_a_program_that_is_missing_or_fails_is_told_of(program, backend):
    failing, _ = program("echo 'unable to open display' >&2; exit 1")
    for one in (failing, os.devnull + "-not-there"):
        with pytest.raises(PanelTrouble):
            backend(one).switch(True)
