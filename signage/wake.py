"""Bells between the controller's processes: Unix sockets on which one wakes another.

A request is one line: `wake` rings the bell; `listen` keeps the line open and gets a byte at each
change; `time <nonce>` is answered with a sealed time (rule T). Nothing depends on a ring arriving:
whoever waits also looks by itself each second (rule C).
"""

import fcntl
import os
import queue
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MAX_LINE = 200
ANSWER_SECONDS = 2.0
MAX_LISTENERS = 32
MAX_PATH_BYTES = 100
"""The kernel takes 107 bytes for the path of a Unix socket."""


class AlreadyRunning(Exception):
    """Another process owns this bell: two of a kind would seal against each other."""


class Bell:
    """The listening end, owned by one process. `wait` returns at a ring or after `seconds`.

    Raises AlreadyRunning while another process has it.
    """

    def __init__(self, path: Path, *, time_answer: Callable[[str], bytes] | None = None) -> None:
        # A simple queue, because it is safe to put into from a signal handler.
        self._rung: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._listeners: set[socket.socket] = set()
        self._listening = threading.Lock()
        self._time_answer = time_answer
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = path.with_suffix(".lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise AlreadyRunning(f"another process listens on {path}: stop it first") from error
        path.unlink(missing_ok=True)
        self._server = _Server(str(short(path)), _handler_of(self._answer))
        path.chmod(0o660)
        threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True, name="bell"
        ).start()

    def wait(self, seconds: float) -> bool:
        """Wait for a ring; says whether one came."""
        try:
            self._rung.get(timeout=seconds)
        except queue.Empty:
            return False
        with suppress(queue.Empty):
            while True:
                self._rung.get_nowait()
        return True

    def ring(self) -> None:
        """Ring from inside this process, for example from the broker's thread."""
        if self._rung.empty():
            self._rung.put(None)

    def tell_listeners(self) -> None:
        """Send a byte to everybody who listens: something they show has changed."""
        with self._listening:
            for line in self._listeners:
                # A line that is full has news waiting already; one that is gone removes itself.
                with suppress(OSError):
                    line.send(b".", socket.MSG_DONTWAIT)

    def close(self) -> None:
        """Stop answering; listeners see the end of the line."""
        self._server.shutdown()
        self._server.server_close()
        with self._listening:
            for line in self._listeners:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
        self._path.unlink(missing_ok=True)
        self._lock.close()

    def _answer(self, handler: socketserver.StreamRequestHandler) -> None:
        request = handler.rfile.readline(MAX_LINE).decode("ascii", "replace").split()
        match request:
            case ["wake"]:
                self.ring()
            case ["time", nonce] if self._time_answer:
                handler.wfile.write(self._time_answer(nonce))
            case ["listen"]:
                self._keep_telling(handler.connection)
            case _:
                pass

    def _keep_telling(self, line: socket.socket) -> None:
        with self._listening:
            if len(self._listeners) >= MAX_LISTENERS:
                return
            self._listeners.add(line)
        try:
            line.settimeout(None)
            line.recv(1)  # nothing more is said: this returns when the line ends
        finally:
            with self._listening:
                self._listeners.discard(line)


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    # The kernel turns callers away when their queue is full: more than there are web threads.
    request_queue_size = 1024


def _handler_of(
    answer: Callable[[socketserver.StreamRequestHandler], None],
) -> type[socketserver.StreamRequestHandler]:
    class Answering(socketserver.StreamRequestHandler):
        timeout = ANSWER_SECONDS  # whoever says nothing keeps no thread

        def handle(self) -> None:
            with suppress(OSError):
                answer(self)

    return Answering


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
        time.sleep(every)
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
        line.connect(str(short(path)))
        yield line


def short(path: Path) -> Path:
    """`path`, or its relative form when it is too long for the kernel."""
    if len(os.fsencode(path)) <= MAX_PATH_BYTES:
        return path
    return Path(os.path.relpath(path))
