"""Bells between the controller's processes: Unix sockets on which one wakes another.

A request is one line: `wake` rings the bell; `listen` keeps the line open and gets a byte at each
change; `time <nonce>` is answered with a sealed time (rule T). Nothing depends on a ring arriving:
whoever waits also looks by itself each second (rule C).
"""

import os
import queue
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MAX_LINE = 200
ANSWER_SECONDS = 2.0
MAX_LISTENERS = 32
MAX_PATH_BYTES = 100
"""The kernel takes 107 bytes for the path of a Unix socket."""


class Bell:
    """The listening end, owned by one process. `wait` returns at a ring or after `seconds`."""

    def __init__(self, path: Path, *, time_answer: Callable[[str], bytes] | None = None) -> None:
        self._rung = threading.Event()
        self._listeners: list[queue.SimpleQueue[bytes]] = []
        self._time_answer = time_answer
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        bell = self

        class Answering(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):
                    bell._answer(self)

        self._server = socketserver.ThreadingUnixStreamServer(str(_short(path)), Answering)
        self._server.daemon_threads = True
        path.chmod(0o660)
        threading.Thread(target=self._server.serve_forever, daemon=True, name="bell").start()

    def wait(self, seconds: float) -> bool:
        """Wait for a ring; says whether one came."""
        rung = self._rung.wait(seconds)
        self._rung.clear()
        return rung

    def ring(self) -> None:
        """Ring from inside this process, for example from the broker's thread."""
        self._rung.set()

    def tell_listeners(self) -> None:
        """Send a byte to everybody who listens: something they show has changed."""
        for listener in list(self._listeners):
            listener.put(b".")

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: socketserver.StreamRequestHandler) -> None:
        request = handler.rfile.readline(MAX_LINE).decode("ascii", "replace").split()
        match request:
            case ["wake"]:
                self._rung.set()
            case ["time", nonce] if self._time_answer:
                handler.wfile.write(self._time_answer(nonce))
            case ["listen"] if len(self._listeners) < MAX_LISTENERS:
                self._keep_telling(handler)
            case _:
                pass

    def _keep_telling(self, handler: socketserver.StreamRequestHandler) -> None:
        news: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listeners.append(news)
        try:
            while True:
                handler.wfile.write(news.get())
        finally:
            self._listeners.remove(news)


def bell_path(home: Path, process: str) -> Path:
    """Where the bell of `process` ("worker" or "sealer") hangs."""
    return home / "run" / f"{process}.sock"


def wake(home: Path, process: str) -> None:
    """Ring the bell of another process; if it is not running, it will look when it starts."""
    with suppress(OSError), _connected(bell_path(home, process)) as line:
        line.sendall(b"wake\n")


def ask_time(home: Path, nonce: str) -> bytes | None:
    """Ask the worker for its time, sealed together with `nonce`; None when it does not answer."""
    with suppress(OSError), _connected(bell_path(home, "worker")) as line:
        line.sendall(f"time {nonce}\n".encode("ascii", "replace"))
        line.shutdown(socket.SHUT_WR)
        with line.makefile("rb") as answer:
            return answer.read() or None
    return None


def changes(home: Path, *, every: float = 1.0) -> Iterator[bool]:
    """Yield True when the worker says that something changed, and False each `every` seconds."""
    while True:
        with suppress(OSError), _connected(bell_path(home, "worker")) as line:
            line.sendall(b"listen\n")
            line.settimeout(every)
            yield from _heard(line)
        # The worker is away: look by oneself until it is back.
        threading.Event().wait(every)
        yield False


def _heard(line: socket.socket) -> Iterator[bool]:
    while True:
        try:
            if not line.recv(4096):
                return
            yield True
        except TimeoutError:
            yield False


@contextmanager
def _connected(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(ANSWER_SECONDS)
        line.connect(str(_short(path)))
        yield line


def _short(path: Path) -> Path:
    """`path`, or its relative form when it is too long for the kernel."""
    if len(os.fsencode(path)) <= MAX_PATH_BYTES:
        return path
    return Path(os.path.relpath(path))
