"""Tells systemd how the service is: ready, alive, stopping; says nothing where there is none."""

import contextlib
import os
import socket


def notify(state: str) -> None:
    """Send `state` as sd_notify(3) does, such as READY=1 or WATCHDOG=1."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address or not hasattr(socket, "AF_UNIX"):
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    # Nobody is helped by a player that ends because its supervisor can't be told of it.
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as service:
        service.connect(address)
        service.send(state.encode())
