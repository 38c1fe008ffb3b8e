"""Runs the decoder of one file in a child process of its own, with limits on all it may use."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

import signage
from signage.ingest.limits import Limits
from signage.ingest.rooms import room

JOB_NICENESS = 10
_CHUNK = 1 << 20
_MAX_HEAD_BYTES = 8_000_000

# The child finds the product where this process found it, and nothing from the environment.
_ROOT = str(Path(signage.__file__).resolve().parent.parent)
_BOOTSTRAP = (
    "import sys; sys.path.insert(0, sys.argv[1]); from signage.ingest.child import main; main()"
)


PICTURE_LIMITS = Limits()


class Told(msgspec.Struct, frozen=True):
    """One answer of a child: words by name, and bytes such as a picture."""

    words: dict[str, Any]
    data: bytes


class Broken(Exception):
    """The child gave no answer: it crashed, or was stopped for using too much."""


class Unfit(Exception):
    """The child says by a name, such as "password", why it cannot take the file."""

    def __init__(self, name: str, params: Mapping[str, str | int]) -> None:
        super().__init__(name)
        self.name = name
        self.params = dict(params)


def ask(
    task: str,
    fd: int,
    *,
    limits: Limits = PICTURE_LIMITS,
    folder: Path | None = None,
    niceness: int = 0,
    **arguments: Any,
) -> Generator[Told, None, None]:
    """Start the child that does `task` on the regular file open at `fd`; yield what it tells.

    The child works in `folder`, or in an empty one. Raises Unfit when it refuses the file, and
    Broken when it dies, is silent for too long or says too much. Its whole process group is gone
    when this ends, also when the caller stops reading.
    """
    os.lseek(fd, 0, os.SEEK_SET)
    order = {
        "task": task,
        "parent": os.getpid(),
        "limits": limits,
        "niceness": niceness,
        "arguments": arguments,
    }
    with room() as empty:
        child = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOTSTRAP, _ROOT, msgspec.json.encode(order).decode()],
            stdin=fd,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder or empty,
            # Each memory arena reserves addresses, which count: two are enough.
            env={"LC_ALL": "C.UTF-8", "PATH": os.defpath, "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,
        )
        try:
            yield from _told(child, limits)
        finally:
            _end(child)


def ask_once(task: str, fd: int, *, limits: Limits = PICTURE_LIMITS, **arguments: Any) -> Told:
    """Return the only answer of a child; raises as `ask` does."""
    told = list(ask(task, fd, limits=limits, **arguments))
    if len(told) != 1:
        raise Broken(f"the decoder gave {len(told)} answers")
    return told[0]


def _told(child: "subprocess.Popen[bytes]", limits: Limits) -> Iterator[Told]:
    ended = False
    for words, data in _messages(_chunks(child, limits)):
        if "refusal" in words:
            raise Unfit(words["refusal"], words.get("params", {}))
        if words.get("end"):
            ended = True
        else:
            yield Told(words, data)
    if child.returncode != 0 or not ended:
        raise Broken(f"the decoder ended with {child.returncode}")


def _messages(chunks: Iterator[bytes]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Cut a stream into messages: a line of JSON with the `size` of the bytes that follow it."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while (message := _first_message(waiting)) is not None:
            yield message
    if waiting:
        raise Broken("the decoder stopped in the middle of an answer")


def _first_message(waiting: bytearray) -> tuple[dict[str, Any], bytes] | None:
    newline = waiting.find(b"\n")
    if newline < 0:
        if len(waiting) > _MAX_HEAD_BYTES:
            raise Broken("the decoder said too much")
        return None
    try:
        words = msgspec.json.decode(waiting[:newline], type=dict[str, Any])
    except msgspec.DecodeError:
        raise Broken("the decoder said something else") from None
    end = newline + 1 + int(words.pop("size", 0))
    if len(waiting) < end:
        return None
    data = bytes(waiting[newline + 1 : end])
    del waiting[:end]
    return words, data


def _chunks(child: "subprocess.Popen[bytes]", limits: Limits) -> Iterator[bytes]:
    if child.stdout is None:
        raise AssertionError("the child was started with a pipe")
    deadline = time.monotonic() + limits.wall_seconds
    said = 0
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            left = max(0.0, deadline - time.monotonic())
            if not selector.select(min(left, limits.silence_seconds)):
                raise Broken("the decoder took too long")
            chunk = os.read(child.stdout.fileno(), _CHUNK)
            if not chunk:
                break
            said += len(chunk)
            if said > limits.answer_bytes:
                raise Broken("the decoder said too much")
            yield chunk
    try:
        child.wait(max(0.1, min(limits.silence_seconds, deadline - time.monotonic())))
    except subprocess.TimeoutExpired:
        raise Broken("the decoder did not end") from None


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Kill what is left of the child's process group and collect it."""
    if child.returncode is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdout:
        child.stdout.close()
