"""What the demo remembers from one start to the next: ports and the random passwords."""

from pathlib import Path

import msgspec

from signage.keys import write_atomically

FILE = "demo.json"


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """Ports of the last start, and the password of each sign-in of the sample by login."""

    web_port: int = 8080
    broker_port: int = 1883
    passwords: dict[str, str] = {}


def recall(home: Path) -> Memory:
    """Return what was remembered in `home`; defaults when nothing was, or when it can't be read."""
    try:
        return msgspec.json.decode((home / FILE).read_bytes(), type=Memory)
    except (OSError, msgspec.DecodeError):
        return Memory()


def remember(home: Path, memory: Memory) -> None:
    """Keep `memory` in `home`, for the owner's eyes only."""
    content = msgspec.json.format(msgspec.json.encode(memory), indent=2)
    write_atomically(home / FILE, content, mode=0o600)
