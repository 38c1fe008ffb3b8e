"""A question over a Unix socket is answered whole, or not at all."""

import socket

import pytest

from signage.asking import MAX_REQUEST_BYTES, Answering, NoAnswer, ask, asking_path


@pytest.fixture
def heard(tmp_path):
    """What was asked; everything is answered with its length."""
    asked: list[bytes] = []

    def answer(request: bytes) -> bytes:
        asked.append(request)
        return str(len(request)).encode()

    answering = Answering(asking_path(tmp_path, "sealer"), answer)
    yield asked
    answering.close()


def test_a_request_is_answered(heard, tmp_path):
    request = b"x" * MAX_REQUEST_BYTES
    assert ask(tmp_path, "sealer", request) == str(MAX_REQUEST_BYTES).encode()


def test_a_request_beyond_the_limit_is_not_looked_at(heard, tmp_path):
    with pytest.raises(NoAnswer):
        ask(tmp_path, "sealer", b"x" * (MAX_REQUEST_BYTES + 1))
    assert heard == []


def test_who_hangs_up_harms_nobody(heard, tmp_path):
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(asking_path(tmp_path, "sealer")))
    assert ask(tmp_path, "sealer", b"still there?") == b"12"


def test_nobody_there_is_told(tmp_path):
    with pytest.raises(NoAnswer):
        ask(tmp_path, "sealer", b"hello")


def test_others_of_this_machine_may_not_ask(heard, tmp_path):
    assert asking_path(tmp_path, "sealer").stat().st_mode & 0o007 == 0
