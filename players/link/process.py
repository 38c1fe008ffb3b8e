"""Starts the link process, talks to it over pipes and starts it again when it dies."""

import contextlib
import logging
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

import msgspec

from players.link.inbox import Inbox
from players.link.wire import (
    ALIVE,
    CONFIG,
    DISCONNECTED,
    BrokenPipe,
    LinkConfig,
    Message,
    pack,
    read_message,
)

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS: Final = 0.2
LONGEST_PAUSE_SECONDS: Final = 3.0
STEADY_SECONDS: Final = 10.0
HUNG_AFTER_SECONDS: Final = 20
CONNECTIONS_A_LIFE: Final = 1_000_000
"""Each new link process numbers its connections from a new million, so that numbers only grow."""


class LinkProcess:
    """The player's end of the link.

    `deliver` is called from a thread with each message that arrives.
    """

    def __init__(self, config: LinkConfig, deliver: Callable[[Message], None]) -> None:
        self._config = config
        self._deliver = deliver
        self.outbox = Inbox(max_topics=16)
        self._process: subprocess.Popen[bytes] | None = None
        self._lives = 0
        self._silent = 0
        self._stopping = threading.Event()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        threading.Thread(target=self._keep_alive, name="link", daemon=True).start()
        threading.Thread(target=self._send_all, name="link-out", daemon=True).start()
        threading.Thread(target=self._watch, name="link-watch", daemon=True).start()

    def send(self, message: Message) -> None:
        """Hand over a report without ever waiting; the newest of each topic wins."""
        self.outbox.put(message)

    def listen_to(self, limits: dict[str, int]) -> None:
        """Change what is subscribed to, by a new connection."""
        self._config = msgspec.structs.replace(self._config, limits=limits)
        if self._process:
            self._process.terminate()

    def stop(self) -> None:
        self._stopping.set()
        if process := self._process:
            process.terminate()
            process.wait(timeout=5)

    def _keep_alive(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not self._stopping.is_set():
            began = time.monotonic()
            self._live_once()
            self._deliver(Message(DISCONNECTED, b""))
            if time.monotonic() - began > STEADY_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            self._stopping.wait(pause * random.uniform(0.5, 1.5))
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _live_once(self) -> None:
        config = msgspec.structs.replace(
            self._config, first_connection=self._lives * CONNECTIONS_A_LIFE
        )
        self._lives += 1
        with subprocess.Popen(
            [sys.executable, "-m", "players.link.mqtt"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # One allocation arena: a second would reserve a quarter of the link's memory limit.
            env={**os.environ, "MALLOC_ARENA_MAX": "1"},
        ) as process:
            try:
                self._introduce(process, config)
                self._silent = 0
                self._process = process
                self._read_all(process)
            finally:
                process.kill()
                self._process = None
        if not self._stopping.is_set():
            log.warning("the link process ended with code %s", process.returncode)

    def _introduce(self, process: subprocess.Popen[bytes], config: LinkConfig) -> None:
        assert process.stdin  # noqa: S101 - opened just above
        with contextlib.suppress(OSError):
            process.stdin.write(pack(Message(CONFIG, msgspec.json.encode(config))))
            process.stdin.flush()

    def _read_all(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout  # noqa: S101 - opened just above
        try:
            while message := read_message(process.stdout):
                self._silent = 0
                if message.topic != ALIVE:
                    self._deliver(message)
        except BrokenPipe as error:
            log.warning("the link process sent %s", error)

    def _watch(self) -> None:
        """Kill a link that says nothing any more. Seconds are counted one by one: when the whole
        machine stood still, that is one.
        """
        while not self._stopping.wait(1.0):
            self._silent += 1
            process = self._process
            if process and self._silent > HUNG_AFTER_SECONDS:
                log.warning("the link process hangs")
                process.kill()

    def _send_all(self) -> None:
        while not self._stopping.is_set():
            for message in self.outbox.wait_for_all():
                self._write(message)

    def _write(self, message: Message) -> None:
        process = self._process
        if process is None or process.stdin is None:
            return  # a report of a moment ago; the next one says more
        try:
            process.stdin.write(pack(message))
            process.stdin.flush()
        except (OSError, ValueError):
            log.debug("the link process is gone; a report was not sent")
