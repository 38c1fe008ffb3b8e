"""Puts packets on the wire: many with one call where the kernel can cut them (UDP GSO)."""

from __future__ import annotations

import errno
import socket
import struct
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from players.outputs.led.packets import Burst

UDP_SEGMENT: Final = 103
"""Linux 4.18 and later: one `sendmsg` becomes datagrams of equal size, in kernel or card."""
MOST_SEGMENTS: Final = 64
MOST_BYTES: Final = 65_000
LOOK_EVERY: Final = 10.0
"""Seconds between two questions for the address of a receiver."""
SEND_BUFFER: Final = 4 << 20
"""A whole frame fits, so that sending does not wait for the line."""


class Transport(Protocol):
    """Where packets go. Raises OSError when the network won't take them."""

    def send(self, bursts: Sequence[Burst]) -> None:
        """Send all packets in order."""

    def close(self) -> None:
        """Let go of the socket."""


class Udp:
    """To one receiver. Its name is looked up when the first frame goes out, and after errors again:
    a player starts before its network does.
    """

    def __init__(self, host: str, port: int) -> None:
        self._where = host, port
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self._address: tuple[str, int] | None = None
        self._look_again_at = 0.0
        self.cuts_in_kernel = _can_cut(self._socket)

    def send(self, bursts: Sequence[Burst]) -> None:
        if self._address is None:
            self._address = self._looked_up()
        try:
            for burst in bursts:
                self._send(burst, self._address)
        except OSError:
            if time.monotonic() >= self._look_again_at:
                self._address = None
            raise

    def close(self) -> None:
        self._socket.close()

    def _looked_up(self) -> tuple[str, int]:
        """The address; asked for rarely, since a question without an answer takes seconds."""
        host, port = self._where
        if time.monotonic() < self._look_again_at:
            raise OSError(f"nobody knows the address of {host}")
        self._look_again_at = time.monotonic() + LOOK_EVERY
        found = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_DGRAM)
        address: tuple[str, int] = found[0][4][:2]  # type: ignore[assignment]
        return address

    def _send(self, burst: Burst, address: tuple[str, int]) -> None:
        if self.cuts_in_kernel and burst.packets > 1:
            try:
                _send_cut(self._socket, burst, address)
                return
            except OSError as error:
                if _is_of_network(error):
                    raise
                self.cuts_in_kernel = False  # the trial passed, but this card or route can't
        data = burst.view
        for start in range(0, len(data), burst.size):
            self._socket.sendto(data[start : start + burst.size], address)


class Multicast:
    """Each packet to a group of its own; `groups` are the addresses in order of the packets."""

    def __init__(self, group_of: Callable[[int], str], first: int, sync: int, port: int) -> None:
        self._group_of, self._first, self._sync, self._port = group_of, first, sync, port
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 4)

    def send(self, bursts: Sequence[Burst]) -> None:
        pixels, *sync = bursts
        data = pixels.view
        for number, start in enumerate(range(0, len(data), pixels.size), self._first):
            self._to(data[start : start + pixels.size], number)
        for burst in sync:
            self._to(burst.view, self._sync)

    def close(self) -> None:
        self._socket.close()

    def _to(self, packet: memoryview, universe: int) -> None:
        self._socket.sendto(packet, (self._group_of(universe), self._port))


class RawEthernet:
    """Whole Ethernet frames out of one interface; needs the right to do so (CAP_NET_RAW)."""

    def __init__(self, interface: str) -> None:
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self._socket.bind((interface, 0))

    def send(self, bursts: Sequence[Burst]) -> None:
        for burst in bursts:
            if burst.pause:
                time.sleep(burst.pause)
            data = burst.view
            for start in range(0, len(data), burst.size):
                self._socket.send(data[start : start + burst.size])

    def close(self) -> None:
        self._socket.close()


def _can_cut(sock: socket.socket) -> bool:
    """A trial on this kernel: set the size of a cut and take it back."""
    try:
        sock.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, 1200)
        sock.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, 0)
    except OSError:
        return False
    return hasattr(sock, "sendmsg")


def _send_cut(sock: socket.socket, burst: Burst, address: tuple[str, int]) -> None:
    data = burst.view
    piece = min(MOST_SEGMENTS, MOST_BYTES // burst.size) * burst.size
    ancillary = [(socket.IPPROTO_UDP, UDP_SEGMENT, struct.pack("=H", burst.size))]
    for start in range(0, len(data), piece):
        part = data[start : start + piece]
        sock.sendmsg([part], ancillary if len(part) > burst.size else [], 0, address)


def _is_of_network(error: OSError) -> bool:
    """Whether plain packets would fail as well: no route, no line, no buffers."""
    return error.errno in {
        errno.ENETUNREACH,
        errno.EHOSTUNREACH,
        errno.ENETDOWN,
        errno.ENOBUFS,
        errno.ENODEV,
        errno.EAGAIN,
    }
