"""Says what is on the glass: status, screenshots and plays, sealed with the player's own key."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from players.contract import SCHEMA, documents, topics
from players.contract.limits import KIB
from players.contract.reports import (
    Health,
    Held,
    Obeyed,
    OnGlass,
    Pace,
    PanelState,
    Plays,
    Presented,
    Screenshot,
    Sending,
    Status,
)
from players.contract.signature import Kind, seal
from players.link.wire import Message

SCREENSHOT_WIDTH: Final = 480
EXACT_SCREENSHOT_BYTES: Final = 64 * KIB
"""A board no wider than a screenshot is told pixel by pixel, when that takes no more than this."""


@dataclass(frozen=True)
class Account:
    """What changes from one status to the next; see `reports.Status`."""

    at: int
    showing: OnGlass | None
    next: OnGlass | None
    holds: dict[str, Held]
    alerts: list[Presented]
    clock_offset: int
    connected: bool
    health: Health
    pace: Pace | None = None
    sending: Sending | None = None
    brightness: int | None = None
    armed: list[str] = field(default_factory=list)
    command: Obeyed | None = None
    commands: list[Obeyed] = field(default_factory=list)
    panel: PanelState | None = None


class Reporter:
    """Seals and sends.

    `send` must not wait; statuses and plays may be sent from different threads.
    """

    def __init__(
        self,
        fleet: str,
        display: str,
        key: Ed25519PrivateKey,
        send: Callable[[Message], None],
        *,
        boot: str,
        started_at: int,
        output: str,
        formats: Sequence[str] = documents.FORMATS,
    ) -> None:
        self._fleet, self._display, self._key, self._send = fleet, display, key, send
        self._boot, self._started_at, self._output = boot, started_at, output
        self._formats = list(formats)
        self._number = 0
        self._version = _installed_version()

    def status(self, account: Account) -> None:
        self._number += 1
        status = Status(
            schema=SCHEMA,
            fleet=self._fleet,
            display=self._display,
            boot=self._boot,
            number=self._number,
            started_at=self._started_at,
            version=self._version,
            kinds=list(documents.KINDS),
            formats=self._formats,
            output=self._output,
            **vars(account),
        )
        topic = topics.status(self._fleet, self._display)
        self._send(Message(topic, self._sealed(Kind.STATUS, status), retain=True))

    def plays(self, batch: Plays) -> None:
        topic = topics.plays(self._fleet, self._display)
        self._send(Message(topic, self._sealed(Kind.PLAYS, batch)))

    def screenshot(self, picture: Image.Image, sha256: str, at: int) -> None:
        """Send a small picture of what was presented; `sha256` names the picture on the glass."""
        encoded, media_type, size = shrunk(picture)
        shot = Screenshot(
            fleet=self._fleet,
            display=self._display,
            at=at,
            sha256=sha256,
            media_type=media_type,
            width=size[0],
            height=size[1],
            picture=encoded,
        )
        topic = topics.screenshot(self._fleet, self._display)
        self._send(Message(topic, self._sealed(Kind.SCREENSHOT, shot)))

    def _sealed(self, kind: Kind, document: msgspec.Struct) -> bytes:
        return seal(documents.encode(document), kind, self._key)


def shrunk(picture: Image.Image) -> tuple[bytes, str, tuple[int, int]]:
    """Encode a picture at most 480 pixels wide: the exact pixels where they are few, else a small
    JPEG.
    """
    file = io.BytesIO()
    if picture.width <= SCREENSHOT_WIDTH:
        picture.save(file, "PNG", compress_level=6)
        if file.tell() <= EXACT_SCREENSHOT_BYTES:
            return file.getvalue(), "image/png", picture.size
    height = max(1, picture.height * SCREENSHOT_WIDTH // picture.width)
    small = picture.convert("RGB")
    if picture.width > SCREENSHOT_WIDTH:
        small = small.resize((SCREENSHOT_WIDTH, height), Image.Resampling.BOX, reducing_gap=2.0)
    file = io.BytesIO()
    small.save(file, "JPEG", quality=80)
    return file.getvalue(), "image/jpeg", small.size


def _installed_version() -> str:
    try:
        return version("signage")
    except PackageNotFoundError:
        return "unknown"
