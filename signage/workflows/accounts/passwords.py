"""Passwords as argon2id hashes: made, compared in the same time for strangers, and renewed."""

import threading
from functools import cache

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class PasswordCost(msgspec.Struct, frozen=True, kw_only=True):
    """How dear one guess is: passes, memory in KiB, and parallel lanes."""

    passes: int = 3
    memory_kib: int = 65536
    lanes: int = 2


STRONG = PasswordCost()

# Each check takes its memory in full: without turns, a hundred strangers at the door would take
# all there is.
_TURNS = threading.BoundedSemaphore(2)


def hashed(password: str, cost: PasswordCost) -> str:
    """Return the argon2id hash to keep."""
    with _TURNS:
        return _hasher(cost).hash(password)


def matches(password_hash: str | None, password: str, cost: PasswordCost) -> bool:
    """Say whether `password` is right. None, for a login nobody has, takes the same time."""
    kept = password_hash or _nobody(cost)
    try:
        with _TURNS:
            _hasher(cost).verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def is_outdated(password_hash: str, cost: PasswordCost) -> bool:
    """Say whether the hash was made with another cost than today's."""
    return _hasher(cost).check_needs_rehash(password_hash)


@cache
def _hasher(cost: PasswordCost) -> PasswordHasher:
    return PasswordHasher(
        time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes
    )


@cache
def _nobody(cost: PasswordCost) -> str:
    return _hasher(cost).hash("nobody has this password")
