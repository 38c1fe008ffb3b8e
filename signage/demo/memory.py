"""What the demo remembers from one start to the next: its ports. Passwords are the sample's."""

from pathlib import Path

import msgspec

from signage.keys import write_atomically

FILE = "demo.json"


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """The ports of the last start, so that addresses people noted stay good."""

    web_port: int = 8080
    broker_port: int = 1883


def recall(home: Path) -> Memory:
    """Return what was remembered in `home`; defaults when nothing was, or when it can't be read."""
    try:
        return msgspec.json.decode((home / FILE).read_bytes(), type=Memory)
    except (OSError, msgspec.DecodeError):
        return Memory()


def remember(home: Path, memory: Memory) -> None:
    """Keep `memory` in `home`."""
    write_atomically(home / FILE, msgspec.json.encode(memory), mode=0o644)
