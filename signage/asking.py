"""Questions between processes of one machine: one request, one answer, over a Unix socket.

Both have a limit of size and of time. Who may ask is decided by the permissions of the socket;
what is believed, by the factor that comes with the question.
"""

import os
import socket
import socketserver
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from players.contract.limits import KIB
from signage.wake import short

MAX_REQUEST_BYTES = 512 * KIB
MAX_ANSWER_BYTES = 512 * KIB
ANSWER_SECONDS = 20.0


class NoAnswer(Exception):
    """Nobody answered, or not in time."""


class Answering:
    """Answers each request by `answer`, in threads of its own, until it is closed."""

    def __init__(self, path: Path, answer: Callable[[bytes], bytes]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._path = path

        class Handler(socketserver.StreamRequestHandler):
            timeout = ANSWER_SECONDS  # whoever says nothing keeps no thread

            def handle(self) -> None:
                with suppress(OSError):
                    request = self.rfile.read(MAX_REQUEST_BYTES + 1)
                    if len(request) <= MAX_REQUEST_BYTES:
                        self.wfile.write(answer(request))

        self._server = _Server(str(short(path)), Handler)
        path.chmod(0o660)
        threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True, name="answering"
        ).start()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._path.unlink(missing_ok=True)


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 128


def asking_path(home: Path, process: str) -> Path:
    """Where `process` answers questions."""
    return home / "run" / f"{process}-asking.sock"


def ask(home: Path, process: str, request: bytes) -> bytes:
    """Ask `process` and return its answer; raises NoAnswer."""
    answer = bytearray()
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(ANSWER_SECONDS)
            line.connect(os.fspath(short(asking_path(home, process))))
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            while len(answer) <= MAX_ANSWER_BYTES and (part := line.recv(64 * KIB)):
                answer += part
    except OSError as error:
        raise NoAnswer(f"{process} does not answer: {error}") from error
    if not 0 < len(answer) <= MAX_ANSWER_BYTES:
        raise NoAnswer(f"{process} gave no answer that can be used")
    return bytes(answer)
