"""What a request works with: the store, the settings, the time and the person."""

import time
from dataclasses import dataclass
from typing import cast

import msgspec
from flask import Flask, current_app
from flask_login import current_user

from signage.domain.people import User
from signage.settings import Settings
from signage.store import Store
from signage.store.incoming import Incoming
from signage.web.pulse import Pulse
from signage.workflows.accounts.passwords import STRONG, PasswordCost
from signage.workflows.sealer.at_sealer import AtSealer

_NAME = "signage"


@dataclass(frozen=True)
class House:
    """The parts that `signage.app` put together for this process."""

    store: Store
    settings: Settings
    pulse: Pulse
    sealer: AtSealer


def move_in(app: Flask, house: House) -> None:
    """Make `house` the one of `app`."""
    app.extensions[_NAME] = house


def house() -> House:
    """Return the parts of the current application."""
    return cast("House", current_app.extensions[_NAME])


def store() -> Store:
    """Return the store of the current application."""
    return house().store


def incoming() -> Incoming:
    """Return the uploads on their way, which lie in the home folder."""
    return Incoming(settings().home_path / "uploads")


def sealer() -> AtSealer:
    """Return the sealer, which is asked for every act on an alert."""
    return house().sealer


def settings() -> Settings:
    """Return the settings of the current application."""
    return house().settings


def person() -> User:
    """Return who is signed in, or whose token it is; the gate lets nobody else in."""
    return cast("User", current_user.user)


def now() -> int:
    """Return the time in milliseconds since the epoch, UTC."""
    return time.time_ns() // 1_000_000


def password_cost() -> PasswordCost:
    """Return how much work a password check is, as the settings say."""
    wanted = settings()
    return msgspec.structs.replace(
        STRONG, passes=wanted.password_passes, memory_kib=wanted.password_memory_kib
    )
