"""Who may connect to a locked broker: a user for each process and display, kept as a hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from signage.keys import write_atomically

if TYPE_CHECKING:
    from signage.settings import Settings

CONTROLLER: Final = {"worker": "worker", "worker-look": "worker", "sealer": "sealer"}
"""The controller's own users, and in which folder of keys each has its password."""
KIT: Final = "kit-"
"""So begin the users of emergency kits; those of displays begin otherwise."""
ROUNDS: Final = 101
"""Mosquitto's own number: passwords here are 256 random bits, which nobody guesses."""
_SALT_BYTES: Final = 12
NO_CHECK_TIME: Final = ssl.VerifyFlags(0x20_0000)
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which Python has no name for."""


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """With what one user connects; the files are read at each connection."""

    user: str
    password_file: Path
    ca_file: Path
    """Certificate (PEM) of the authority that signed the broker's."""

    def password(self) -> str:
        """Read the password; raises OSError."""
        return self.password_file.read_text("utf-8").strip()

    def trusting(self) -> ssl.SSLContext:
        """Trust brokers whose certificate the authority signed; raises OSError.

        Its dates are not looked at: one that ran out overnight must not hold up an alert.
        """
        # As text, so that the error of a missing file bears its path.
        authority = self.ca_file.read_text("ascii", errors="ignore")
        context = ssl.create_default_context(cadata=authority)
        context.verify_flags |= NO_CHECK_TIME
        return context


class BrokerUsers:
    """The users of one installation. `folder` holds a file for each, with its password's hash."""

    def __init__(self, folder: Path, ca_file: Path) -> None:
        self._folder, self._ca_file = folder, ca_file

    def admit(self, user: str, password_file: Path) -> None:
        """Let `user` in by the password in the file, which is made if it is not there.

        Doing it twice changes nothing. Raises OSError.
        """
        if not password_file.exists():
            password_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(password_file, secrets.token_urlsafe(32).encode(), mode=0o600)
        password = password_file.read_text("utf-8").strip()
        if not is_hash_of(password, self.hash_of(user)):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(self._folder / user, hashed(password).encode(), mode=0o600)

    def equip(self, user: str, folder: Path) -> Access:
        """Put into `folder` all that `user` connects with; raises OSError."""
        access = access_in(folder, user)
        write_atomically(access.ca_file, self._ca_file.read_bytes(), mode=0o644)
        self.admit(user, access.password_file)
        return access

    def hash_of(self, user: str) -> str:
        """The hash of a user's password; empty when it has none."""
        path = self._folder / user
        return path.read_text("utf-8") if path.exists() else ""

    def kits(self) -> list[str]:
        """The users of all emergency kits that were made."""
        return sorted(path.name for path in self._folder.glob(f"{KIT}*"))


def users_of(settings: Settings) -> BrokerUsers | None:
    """The users of this installation; None where the broker is open to all."""
    if not settings.broker_ca:
        return None
    home = settings.home_path
    return BrokerUsers(home / "broker", home / settings.broker_ca)


def access_of(settings: Settings, user: str) -> Access | None:
    """With what a process connects, `user` being one of `CONTROLLER`; None to an open broker."""
    if not settings.broker_ca:
        return None
    own, home = own_password_file(settings, user), settings.home_path
    return Access(
        user=settings.broker_user or user,
        password_file=home / settings.broker_password_file if settings.broker_user else own,
        ca_file=home / settings.broker_ca,
    )


def own_password_file(settings: Settings, user: str) -> Path:
    """Where the password of one of the controller's own users lies: beside the process's keys."""
    return settings.keys_folder / CONTROLLER[user] / f"broker-{user}.password"


def access_in(folder: Path, user: str) -> Access:
    """With what `user` connects, as `BrokerUsers.equip` put it into `folder`."""
    return Access(
        user=user,
        password_file=folder / "broker.password",
        ca_file=folder / "broker-ca.pem",
    )


def display_user(display_id: str) -> str:
    """The broker's user of a display."""
    return f"display-{display_id}"


def hashed(password: str, salt: bytes | None = None) -> str:
    """Hash as Mosquitto 2 does: `$7$rounds$salt$hash`, PBKDF2 with SHA-512."""
    salt = secrets.token_bytes(_SALT_BYTES) if salt is None else salt
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS)
    return f"$7${ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def is_hash_of(password: str, known: str) -> bool:
    """Say whether `known` is the hash of this password."""
    parts = known.split("$")
    if len(parts) != len(["", "7", "rounds", "salt", "hash"]):
        return False
    return hmac.compare_digest(hashed(password, base64.b64decode(parts[3])), known)
