"""The brightness of a NovaStar card, told to a card that a stranger's library plays."""

import json
import os
import pty
import subprocess
import threading
import tty
from pathlib import Path

import pytest

from players.outputs.novastar import Novastar, brightness_request, refusal_of
from tests.doubles import until

CARD = Path(__file__).with_name("novastar_card.cjs")


class Card:
    """A process that listens as a card does; `asked` are the requests as it understood them."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["node", str(CARD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.address = f"127.0.0.1:{self.process.stdout.readline().strip()}"
        self.asked = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.asked.append(json.loads(line))

    def refuses(self):
        self.process.stdin.write("refuse\n")
        self.process.stdin.flush()

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self._reader.join()
        self.process.stdout.close()


@pytest.fixture
def card():
    card = Card()
    yield card
    card.close()


@pytest.fixture
def told():
    """Tell a card how bright, and give what trouble that made."""
    started, troubles = [], []

    def tell(target, brightness):
        novastar = Novastar(target, troubles.append)
        started.append(novastar)
        novastar.dim(brightness)
        return until(lambda: troubles)[-1]

    yield tell
    for novastar in started:
        novastar.stop()


@pytest.mark.system("node")
def test_every_receiving_card_is_told_how_bright(card, told):
    assert told(card.address, 0.5) == ""
    request = until(lambda: card.asked)[0]
    assert request == {
        "right": True,
        "address": 0x02000001,
        "device": 1,
        "port": 0xFF,
        "card": 0xFFFF,
        "io": 1,
        "source": 0xFE,
        "data": [128],
    }


@pytest.mark.system("node")
def test_a_card_that_refuses_is_told_of(card, told):
    card.refuses()
    told(card.address, 0.2)
    sentence = f"the brightness of the card at {card.address} can't be set: it refused with code 4"
    assert told(card.address, 0.2) == sentence


def test_a_card_that_is_not_there_is_told_of(told):
    assert "can't be set" in told("127.0.0.1:1", 1.0)


def test_a_card_on_a_serial_line_is_told_the_same_bytes(told):
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    heard = []

    def card():
        heard.append(os.read(ours, 100))
        os.write(ours, bytes.fromhex("aa55000100fe01ffffff0100010000020000b25a"))

    answering = threading.Thread(target=card)
    answering.start()
    assert told(os.ttyname(theirs), 0.498) == ""
    answering.join()
    assert heard == [bytes.fromhex("55aa0001feff01ffffff01000100000201007fd55a")]
    os.close(ours)
    os.close(theirs)


def test_the_bytes_are_those_of_a_real_card():
    assert brightness_request(0x7F, 1).hex() == "55aa0001feff01ffffff01000100000201007fd55a"


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 400 Bad Request", b"\xaa\x55\x00\x09" + bytes(20)]
)
def test_what_is_no_answer_of_a_card_is_refused(answer):
    assert refusal_of(answer, 1)
