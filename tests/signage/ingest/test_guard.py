"""The guard holds when a decoder does not: limits stand, time ends, no child is left."""

import os
import resource
import signal
import time
from pathlib import Path

import pytest

from signage.ingest import guard
from signage.ingest.decode import LIMITS
from signage.ingest.guard import Broken, decode_in_child
from tests.signage.ingest.bad_files import encoded, many_scans, photo

PREPARE = "import sys; sys.path.insert(0, sys.argv[1]); from signage.ingest import decode\n"


@pytest.fixture
def picture(tmp_path: Path):  # type: ignore[no-untyped-def]
    path = tmp_path / "picture"
    path.write_bytes(encoded(photo()))
    fd = os.open(path, os.O_RDONLY)
    yield fd
    os.close(fd)


def run(fd: int, program: str, monkeypatch: pytest.MonkeyPatch) -> tuple[guard.Answer, bytes]:
    """Run `program` in place of the decoder, in the same guard."""
    monkeypatch.setattr(guard, "_BOOTSTRAP", PREPARE + program)
    return decode_in_child(fd)


def test_a_picture_comes_back_with_its_size(picture: int) -> None:
    answer, data = decode_in_child(picture)
    assert (answer.refusal, answer.width, answer.height) == ("", 640, 480)
    assert data.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.kill(os.getpid(), 11)",
        "raise SystemExit(3)",
        "pass",
        "print('no line of JSON'); raise SystemExit(1)",
    ],
)
def test_a_child_that_dies_or_says_nothing_is_broken(
    picture: int, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Broken):
        run(picture, program, monkeypatch)


def test_a_child_that_never_ends_is_killed_with_its_children(
    picture: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "WALL_SECONDS", 1)
    note = tmp_path / "pid"
    program = (
        "import subprocess, time\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)"
    )
    with pytest.raises(Broken):
        run(picture, program, monkeypatch)
    assert ends(int(note.read_text()))


def ends(pid: int) -> bool:
    """Whether the process is gone, or dead and not yet collected, within two seconds."""
    for _ in range(40):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    return False


def test_a_child_that_says_too_much_is_broken(
    picture: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MAX_ANSWER_BYTES", 100_000)
    with pytest.raises(Broken, match="too much"):
        run(picture, "print('x' * 10_000_000)", monkeypatch)


def test_the_limits_stand_before_the_decoders_are_loaded(
    picture: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import resource, sys\n"
        "def told():\n"
        "    assert 'PIL' not in sys.modules\n"
        "    limits = [resource.getrlimit(limit) for limit in decode.LIMITS]\n"
        "    assert limits == [(value, value) for value in decode.LIMITS.values()]\n"
        "    return decode.Answer(media_type='checked'), b''\n"
        "decode._decoded = told\n"
        "decode.main()"
    )
    answer, _ = run(picture, program, monkeypatch)
    assert answer.media_type == "checked"


def test_the_limits_are_those_we_promise() -> None:
    assert LIMITS[resource.RLIMIT_AS] == 2**30
    assert LIMITS[resource.RLIMIT_CPU] == 10
    assert LIMITS[resource.RLIMIT_NOFILE] == 64
    assert LIMITS[resource.RLIMIT_FSIZE] == LIMITS[resource.RLIMIT_CORE] == 0


def test_memory_beyond_the_limit_is_a_refusal(
    picture: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import signage.render.clean_copy as copies\n"
        "copies.clean_copy = lambda file: bytearray(2**31)\n"
        "decode.main()"
    )
    answer, _ = run(picture, program, monkeypatch)
    assert answer.refusal == "too_costly"


def test_endless_work_ends_with_the_processor_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scans"
    path.write_bytes(many_scans(4000, 4000))
    fd = os.open(path, os.O_RDONLY)
    program = "decode.LIMITS[decode.resource.RLIMIT_CPU] = 1\ndecode.main()"
    try:
        with pytest.raises(Broken):
            run(fd, program, monkeypatch)
    finally:
        os.close(fd)
