"""Runs the decoder of one file in a child process of its own, with limits on all it may use."""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

import signage

WALL_SECONDS = 20
MAX_ANSWER_BYTES = 64_000_000
_CHUNK = 1 << 20

# The child finds the product where this process found it, and nothing from the environment.
_ROOT = str(Path(signage.__file__).resolve().parent.parent)
_BOOTSTRAP = (
    "import sys; sys.path.insert(0, sys.argv[1]); from signage.ingest.decode import main; main()"
)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The first line of what the child says: a refusal by name, or what the bytes after it are."""

    refusal: str = ""
    media_type: str = ""
    width: int = 0
    height: int = 0


class Broken(Exception):
    """The child gave no answer: it crashed, or was stopped for using too much."""


def decode_in_child(fd: int) -> tuple[Answer, bytes]:
    """Return what the child says of the regular file open at `fd`, and the clean copy's bytes.

    Raises Broken when the child dies, says nothing within WALL_SECONDS or says too much; its
    whole process group is gone then.
    """
    with tempfile.TemporaryDirectory(prefix="signage-decode-") as empty:
        child = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOTSTRAP, _ROOT],
            stdin=fd,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=empty,
            env={"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        try:
            said = _read_all(child)
        finally:
            _end(child)
    head, newline, data = said.partition(b"\n")
    if child.returncode != 0 or not newline:
        raise Broken(f"the decoder ended with {child.returncode}")
    return msgspec.json.decode(head, type=Answer), data


def _read_all(child: "subprocess.Popen[bytes]") -> bytes:
    if child.stdout is None:
        raise AssertionError("the child was started with a pipe")
    deadline = time.monotonic() + WALL_SECONDS
    said = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise Broken(f"the decoder took more than {WALL_SECONDS} s")
            chunk = os.read(child.stdout.fileno(), _CHUNK)
            if not chunk:
                break
            said += chunk
            if len(said) > MAX_ANSWER_BYTES:
                raise Broken("the decoder said too much")
    try:
        child.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise Broken("the decoder did not end") from None
    return bytes(said)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Kill what is left of the child's process group and collect it."""
    if child.returncode is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdout:
        child.stdout.close()
