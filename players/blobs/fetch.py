"""Gets blobs in resumable parts, sealed documents and the time from the controller over HTTP."""

import contextlib
import http.client
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote, urlsplit

from players.contract import limits
from players.contract.types import BlobRef
from players.files import DISK, Disk

CONNECT_SECONDS: Final = 10.0
STALL_SECONDS: Final = 30.0
ANSWER_SECONDS: Final = 60.0
"""For a whole small answer, and for the beginning of a large one: it may drip, but not for ever."""
SLOW_AFTER_SECONDS: Final = 60.0
SLOWEST: Final = 200
"""Bytes a second; what drips slower than that for so long is put off for what else is wanted."""
CHUNK: Final = 64 * limits.KIB


class FetchFailed(Exception):
    """One English line on why nothing came; trying again later may help."""


class NotThere(FetchFailed):
    """The controller answered that it has no such thing."""


class Fetch(Protocol):
    """Where blobs, sealed documents and time answers come from.

    All raise `FetchFailed` or `OSError`.
    """

    def blob(self, ref: BlobRef, part: Path, go_on: Callable[[], bool]) -> bool:
        """Complete the file `part`, going on where it ends; its hash is for the caller to check.

        Gives False when `go_on`, which is asked now and then, said that this must wait.
        """

    def sealed(self, topic: str) -> bytes | None:
        """The sealed document that is retained on `topic`; None when there is none."""

    def time(self, nonce: str) -> bytes:
        """A sealed answer to `nonce` (32 hex digits)."""

    def close(self) -> None:
        """Let go of any connection."""


class HttpFetch:
    """The controller at `address`, over one connection that is kept while it serves."""

    def __init__(self, address: str, disk: Disk = DISK) -> None:
        self._disk = disk
        parts = urlsplit(address)
        self._secure = parts.scheme == "https"
        self._host = parts.netloc
        self._prefix = parts.path.rstrip("/")
        self._connection: http.client.HTTPConnection | None = None
        self._line: socket.socket | None = None

    def blob(self, ref: BlobRef, part: Path, go_on: Callable[[], bool]) -> bool:
        have = part.stat().st_size if part.exists() else 0
        if have > ref.bytes:
            self._disk.remove(part)
            have = 0
        if have == ref.bytes:
            return True
        response = self._get(f"/blobs/{ref.sha256}", {"Range": f"bytes={have}-"} if have else {})
        with self._hanging_up_on_trouble():
            if response.status == 416:
                self._disk.remove(part)
            _refuse_other_length(response, ref, have)
            resumed = response.status == 206
            if have and not resumed:
                self._disk.remove(part)
            return self._receive(response, part, ref, have if resumed else 0, go_on)

    def sealed(self, topic: str) -> bytes | None:
        try:
            return self._small(f"/sealed/{quote(topic)}", limits.MAX_SEALED_BYTES)
        except NotThere:
            return None

    def time(self, nonce: str) -> bytes:
        return self._small(f"/time?nonce={nonce}", limits.MAX_SEALED_BYTES)

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _receive(
        self,
        response: http.client.HTTPResponse,
        part: Path,
        ref: BlobRef,
        have: int,
        go_on: Callable[[], bool],
    ) -> bool:
        began, before = time.monotonic(), have
        # `read1` gives what has come: a line that drips is told from one that stalls.
        while chunk := response.read1(CHUNK):
            have += len(chunk)
            passed = time.monotonic() - began
            if passed > SLOW_AFTER_SECONDS and have - before < passed * SLOWEST:
                raise FetchFailed(f"blob {ref.sha256[:12]} came too slowly to be waited for")
            if have > ref.bytes:
                self._disk.remove(part)
                raise FetchFailed(
                    f"blob {ref.sha256[:12]} is larger than the {ref.bytes} bytes announced"
                )
            self._disk.append(part, chunk)
            if have < ref.bytes and not go_on():
                self.close()
                return False
        if have < ref.bytes:
            raise FetchFailed(f"blob {ref.sha256[:12]} ended after {have} of {ref.bytes} bytes")
        response.read()  # nothing more, but the connection is free for the next question
        return True

    def _small(self, path: str, limit: int) -> bytes:
        response = self._get(path, {})
        with self._hanging_up_on_trouble(), self._hanging_up_after(ANSWER_SECONDS):
            content = response.read(limit + 1)
            if response.status == 404:
                raise NotThere(f"{path.partition('?')[0]} answered 404")
            if response.status != 200:
                raise FetchFailed(f"{path.partition('?')[0]} answered {response.status}")
            if len(content) > limit:
                raise FetchFailed(f"{path} answered more than {limit} bytes")
            return content

    def _get(self, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        kept = self._connection is not None
        try:
            return self._ask(path, headers)
        except (http.client.HTTPException, OSError) as error:
            self.close()
            if not kept:
                raise FetchFailed(f"no answer from {self._host}: {error}") from error
        try:  # a kept connection may have been closed by the other side in the meantime
            return self._ask(path, headers)
        except (http.client.HTTPException, OSError) as error:
            self.close()
            raise FetchFailed(f"no answer from {self._host}: {error}") from error

    def _ask(self, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        if self._connection is None:
            kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
            self._connection = kind(self._host, timeout=CONNECT_SECONDS)
            self._connection.connect()
            self._connection.sock.settimeout(STALL_SECONDS)
            self._line = self._connection.sock
        self._connection.request("GET", self._prefix + path, headers=headers)
        with self._hanging_up_after(ANSWER_SECONDS):
            return self._connection.getresponse()

    @contextlib.contextmanager
    def _hanging_up_after(self, seconds: float) -> Iterator[None]:
        """End a wait for bytes that come one by one: no single one of them is late."""
        line, too_slow = self._line, threading.Event()

        def hang_up() -> None:
            too_slow.set()
            with contextlib.suppress(OSError):
                if line:
                    line.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(seconds, hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
        if too_slow.is_set():  # what came looks whole to the library
            raise TimeoutError("the answer came too slowly to be waited for")

    @contextlib.contextmanager
    def _hanging_up_on_trouble(self) -> Iterator[None]:
        try:
            yield
        except (http.client.HTTPException, TimeoutError) as error:
            self.close()
            raise FetchFailed(f"the answer broke off: {error}") from error
        except BaseException:
            self.close()
            raise


def _refuse_other_length(response: http.client.HTTPResponse, ref: BlobRef, have: int) -> None:
    """Tell a blob from the page of a captive portal before anything is kept."""
    name = ref.sha256[:12]
    expected = ref.bytes
    if response.status == 206:
        found = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
        if not found or int(found[1]) != have:
            raise FetchFailed(f"blob {name} was not resumed where it ended")
        expected -= have
    elif response.status != 200:
        raise FetchFailed(f"blob {name} answered {response.status}")
    if response.length is not None and response.length != expected:
        raise FetchFailed(
            f"blob {name}: {response.length} bytes came, not {expected}; is this the controller?"
        )
