"""Finds ports on loopback on which nobody listens yet."""

import socket

LOOPBACK = "127.0.0.1"
TRIES = 50


class NoPort(Exception):
    """No port is free near the one that was wanted."""


def is_free(port: int) -> bool:
    """Say whether a server could listen on `port` of loopback now."""
    with socket.socket() as probe:
        # As servers do: connections that ended a moment ago do not keep the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def next_free(wanted: int, *, taken: frozenset[int] = frozenset()) -> int:
    """Return `wanted` or the first free port above it that is not in `taken`; raises NoPort."""
    last = min(wanted + TRIES, 65536)
    for port in range(wanted, last):
        if port not in taken and is_free(port):
            return port
    raise NoPort(f"No port from {wanted} to {last - 1} is free. End what listens there.")


def any_free(number: int) -> list[int]:
    """Return `number` different free ports, as the system chooses them."""
    probes = [socket.socket() for _ in range(number)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
