"""Starts a real Mosquitto on a free loopback port, in a child that ends with its test."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.broker import free_port

PROGRAM = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin") or "mosquitto"
_CONFIG = """
listener {port} 127.0.0.1
allow_anonymous true
persistence false
acl_file {acl}
user root
"""
EVERYTHING = "topic readwrite #\n"
"""Anybody may say anything: what players believe must not hang on the broker."""


class Mosquitto:
    """One broker; it forgets what it retained when it is stopped, as after a loss."""

    def __init__(self, folder: Path) -> None:
        self.host, self.port = "127.0.0.1", free_port()
        self._config, self._acl = folder / "mosquitto.conf", folder / "mosquitto.acl"
        self._config.write_text(_CONFIG.format(port=self.port, acl=self._acl))
        self._acl.write_text(EVERYTHING)
        self._process: subprocess.Popen[bytes] | None = None

    def reload(self) -> None:
        """Read users and rights again, as `systemctl reload mosquitto` does."""
        assert self._process
        self._process.send_signal(signal.SIGHUP)

    def start(self) -> None:
        """Start, and wait until somebody listens."""
        self._process = subprocess.Popen(
            [PROGRAM, "-c", str(self._config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex((self.host, self.port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError("Mosquitto did not start")

    def stop(self) -> None:
        """End at once; whatever was retained is gone."""
        if self._process:
            self._process.kill()
            self._process.wait(10)
        self._process = None

    def withholds(self, *filters: str) -> None:
        """From now on take these topics and pass them on to nobody; none: pass on everything."""
        self._acl.write_text("".join(f"topic deny {one}\n" for one in filters) + EVERYTHING)
        self.reload()


@contextmanager
def running(folder: Path) -> Iterator[Mosquitto]:
    """A broker that listens, until the block ends."""
    broker = Mosquitto(folder)
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()
