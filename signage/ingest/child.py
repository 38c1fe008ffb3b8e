"""The beginning of each child process: limits first, then the decoder of one family of files.

An answer is a line of JSON, then as many bytes as its `size` says.
"""

import ctypes
import importlib
import os
import resource
import signal
import sys
from contextlib import suppress
from typing import Any, NoReturn

import msgspec

from signage.ingest.limits import Limits

TASKS = {
    "picture": "signage.ingest.children.pictures",
    "drawing": "signage.ingest.children.drawings",
    "picture text": "signage.ingest.children.picture_text",
    "pdf text": "signage.ingest.children.pdf_text",
    "pdf pages": "signage.ingest.children.pdf_pages",
    "office text": "signage.ingest.children.office_text",
    "office to pdf": "signage.ingest.children.office_to_pdf",
    "film": "signage.ingest.children.film",
    "film size": "signage.ingest.children.film_size",
}
_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


class Order(msgspec.Struct, frozen=True):
    """What the guard wants: which task, within which limits, with which arguments."""

    task: str
    parent: int
    limits: Limits
    niceness: int
    arguments: dict[str, Any]


class Stop(Exception):
    """The file cannot be taken, for a reason with a name; the parent has the sentence."""

    def __init__(self, name: str, **params: str | int) -> None:
        super().__init__(name)
        self.name = name
        self.params = params


class Line:
    """The way to the parent."""

    def __init__(self, fd: int) -> None:
        self._pipe = os.fdopen(fd, "wb", closefd=False)

    def tell(self, words: dict[str, Any], data: bytes = b"") -> None:
        """Say one answer at once."""
        self._pipe.write(msgspec.json.encode(words | {"size": len(data)}) + b"\n" + data)
        self._pipe.flush()


def main() -> None:
    """Limit this process, do the work, answer; every way to fail is a refusal by name."""
    order = msgspec.json.decode(sys.argv[2], type=Order)
    limit(order.limits)
    die_with_parent(order.parent, signal.SIGKILL)
    leave_the_network()
    os.nice(order.niceness)
    line = Line(1)
    try:
        # Not before the limits stand: the decoders' libraries come with this import.
        importlib.import_module(TASKS[order.task]).run(line, **order.arguments)
    except Stop as stop:
        _refuse(line, stop.name, stop.params)
    except MemoryError:
        _refuse(line, "too_costly", {})
    except Exception as error:  # noqa: BLE001 - decoders raise dozens of types
        truncated = "truncated" in str(error).lower()
        _refuse(line, "truncated" if truncated else "unreadable", {})
    line.tell({"end": True})
    # Without the libraries' own farewells, some of which crash after hostile input.
    os._exit(0)


def limit(limits: Limits) -> None:
    """Set what this process and all it starts may use."""
    for name, value in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(name, (value, value))


def allow_seconds(seconds: int) -> None:
    """Let the next step use so much processor time, within what is left of the whole."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (min(until, most), most))


def die_with_parent(parent: int, with_signal: int) -> None:
    """End when the process `parent` ends, however it ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, with_signal)
    if os.getppid() != parent:  # it ended before that
        os._exit(1)


def end_group_with_parent() -> None:
    """Let the programs that this process starts end with it, when its parent is killed."""
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    die_with_parent(os.getppid(), signal.SIGTERM)


def leave_the_network() -> None:
    """Give up all network interfaces, where the system lets us: a document must not call home."""
    libc, user, group = ctypes.CDLL(None), os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return
    with suppress(OSError):
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123 - no pathlib in the child
                file.write(text)


def _refuse(line: Line, name: str, params: dict[str, str | int]) -> NoReturn:
    line.tell({"refusal": name, "params": params})
    os._exit(0)
