"""The guard holds when a decoder does not: limits stand, time ends, no child is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from signage.ingest import guard
from signage.ingest.guard import PICTURE_LIMITS, Broken, Told, Unfit, ask, ask_once
from signage.ingest.limits import Limits
from tests.signage.ingest.bad_files import encoded, many_scans, photo

PREPARE = "import sys; sys.path.insert(0, sys.argv[1]); from signage.ingest import child\n"


@pytest.fixture
def picture(tmp_path: Path):  # type: ignore[no-untyped-def]
    path = tmp_path / "picture"
    path.write_bytes(encoded(photo()))
    fd = os.open(path, os.O_RDONLY)
    yield fd
    os.close(fd)


def run(
    fd: int, program: str, monkeypatch: pytest.MonkeyPatch, limits: Limits = PICTURE_LIMITS
) -> Told:
    """Run `program` in place of the child's beginning, in the same guard."""
    monkeypatch.setattr(guard, "_BOOTSTRAP", PREPARE + program)
    return ask_once("picture", fd, limits=limits, kind="jpeg")


def test_a_picture_comes_back_with_its_size(picture: int) -> None:
    told = ask_once("picture", picture, kind="jpeg")
    assert (told.words["width"], told.words["height"]) == (640, 480)
    assert told.data.startswith(b"\xff\xd8")


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
    note = tmp_path / "pid"
    program = (
        "import subprocess, time\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)"
    )
    with pytest.raises(Broken):
        run(picture, program, monkeypatch, Limits(wall_seconds=1))
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
    with pytest.raises(Broken, match="too much"):
        run(picture, "print('x' * 10_000_000)", monkeypatch, Limits(answer_bytes=100_000))


def test_a_child_that_falls_silent_is_broken_long_before_its_time_is_over(
    picture: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import time\nchild.Line(1).tell({'page': 1})\ntime.sleep(60)"
    with pytest.raises(Broken, match="too long"):
        run(picture, program, monkeypatch, Limits(wall_seconds=60, silence_seconds=0.5))


def test_the_limits_stand_before_the_decoders_are_loaded(
    picture: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import resource, sys\n"
        "class Told:\n"
        "    def run(line, kind):\n"
        "        names = ('AS', 'CPU', 'FSIZE', 'NOFILE', 'CORE')\n"
        "        kinds = [getattr(resource, 'RLIMIT_' + name) for name in names]\n"
        "        limits = [resource.getrlimit(kind)[1] for kind in kinds]\n"
        "        line.tell({'limits': limits, 'loaded': 'PIL' in sys.modules})\n"
        "child.importlib.import_module = lambda name: Told\n"
        "child.main()"
    )
    words = run(picture, program, monkeypatch).words
    assert words == {"limits": [2**30, 10, 0, 64, 0], "loaded": False}


def test_a_child_sees_no_network(picture: int, monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import os\n"
        "child.leave_the_network()\n"
        "line = child.Line(1)\n"
        "line.tell({'own': os.readlink('/proc/self/ns/net')})\n"
        "line.tell({'end': True})"
    )
    own = run(picture, program, monkeypatch).words["own"]
    if own == str(Path("/proc/self/ns/net").readlink()):
        pytest.skip("this system lets no process give up its network")


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"any")
    note = tmp_path / "pid"
    child = PREPARE + (
        "import os, time; from pathlib import Path\n"
        "child.die_with_parent(os.getppid(), 9)\n"
        f"Path({str(note)!r}).write_text(str(os.getpid()))\n"
        "time.sleep(60)"
    )
    parent = (
        "import os, sys\n"
        "from signage.ingest import guard\n"
        f"guard._BOOTSTRAP = {child!r}\n"
        f"fd = os.open({str(tmp_path / 'picture')!r}, os.O_RDONLY)\n"
        "guard.ask_once('picture', fd, limits=guard.Limits(wall_seconds=60, silence_seconds=60))"
    )
    process = subprocess.Popen([sys.executable, "-c", parent])
    while not (note.exists() and note.read_text()):
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert ends(int(note.read_text()))


def test_memory_beyond_the_limit_is_a_refusal(
    picture: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import signage.render.clean_copy as copies\n"
        "copies.clean_copy = lambda file, formats: bytearray(2**31)\n"
        "child.main()"
    )
    with pytest.raises(Unfit) as unfit:
        run(picture, program, monkeypatch)
    assert unfit.value.name == "too_costly"


def test_endless_work_ends_with_the_processor_time(tmp_path: Path) -> None:
    path = tmp_path / "scans"
    path.write_bytes(many_scans(4000, 4000))
    fd = os.open(path, os.O_RDONLY)
    try:
        with pytest.raises(Broken):
            ask_once("picture", fd, limits=Limits(cpu_seconds=1), kind="jpeg")
    finally:
        os.close(fd)


def test_whoever_stops_listening_leaves_no_child(
    picture: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import os, time\nchild.Line(1).tell({'pid': os.getpid()})\ntime.sleep(60)"
    monkeypatch.setattr(guard, "_BOOTSTRAP", PREPARE + program)
    answers = ask("picture", picture, kind="jpeg")
    pid = next(answers).words["pid"]
    answers.close()
    assert ends(pid)
