"""Starts a real MQTT broker on a free loopback port, in a child that dies with its parent."""

import socket
from collections.abc import Callable

from iotcore import Broker


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_broker(port: int | None = None) -> tuple[str, int, Callable[[], None]]:
    """Host and port of a broker that is ready, and what stops it."""
    port = port or free_port()
    broker = Broker(port, "127.0.0.1", max_payload_size=4 * 1024 * 1024)
    broker.start()
    return "127.0.0.1", port, broker.stop
