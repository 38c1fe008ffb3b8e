"""An officer's own factor: a code of an authenticator (TOTP) or a passkey, and its locks."""

import hmac
from collections.abc import Collection
from typing import Any

import msgspec
import pyotp

from players.contract.limits import MINUTE
from signage.domain.sentences import N_, Refused

STEP_SECONDS = 30
WINDOW_STEPS = 1
"""The clock of a phone may be off by so many steps of 30 seconds."""
FREE_TRIES = 5
FIRST_LOCK = MINUTE
LONGEST_LOCK = 15 * MINUTE
ISSUER = "Bảng tin Pleiku"
ALERT, APPROVE, HOLD = "alert", "approve", "hold"
"""What a factor is for: alerts and drills; approving templates of alerts; holds alone."""
MAX_FACTORS = 10
"""Of one person: a phone, a spare one, some passkeys."""


class Code(msgspec.Struct, frozen=True, kw_only=True, tag="code"):
    """Six digits as typed."""

    digits: str


class Assertion(msgspec.Struct, frozen=True, kw_only=True, tag="passkey"):
    """What a browser answers to `navigator.credentials.get`, as JSON."""

    credential: dict[str, Any]


Given = Code | Assertion
"""What an officer gives to confirm an act."""


class Factor(msgspec.Struct, frozen=True, kw_only=True):
    """One factor as the sealer keeps it.

    `secret` is the TOTP secret in base32, or a passkey's public key; `credential` the id of a
    passkey, in base64url. `used` is the last time step or signature count that was accepted, `may`
    what the factor is for, `reach` for which targets: displays and units as they were when it was
    given; None is everything.
    """

    id: str
    login: str
    kind: str
    secret: str
    made_at: int
    credential: str = ""
    used: int = 0
    name: str = ""
    may: str = ALERT
    reach: list[str] | None = None

    def is_for(self, what: str) -> bool:
        """Say whether it confirms `what`; whoever may alert or approve may hold as well."""
        return what in (self.may, HOLD)

    def reaches(self, targets: Collection[str], *, ends: bool) -> bool:
        """Say whether an act on `targets` is within its reach; `ends` when it only ends something.

        What shows something must name each display: which displays a unit has, or a tag, is told
        by the database, and whoever can write there would move the whole city into a ward.
        """
        if self.reach is None:
            return True
        named = ends or all(one.startswith("display:") for one in targets)
        return named and set(targets) <= set(self.reach)


class Tries(msgspec.Struct, frozen=True, kw_only=True):
    """Wrong codes in a row of one person, and until when (ms) no code is looked at."""

    wrong: int = 0
    locked_until: int = 0

    def after_a_wrong_one(self, at: int) -> "Tries":
        """One more; beyond the free tries each lock is twice as long as the one before."""
        wrong = self.wrong + 1
        if wrong < FREE_TRIES:
            return Tries(wrong=wrong)
        lock = min(FIRST_LOCK << min(wrong - FREE_TRIES, 10), LONGEST_LOCK)
        return Tries(wrong=wrong, locked_until=at + lock)

    def is_locked(self, at: int) -> bool:
        """Say whether codes are not looked at; a clock that was set back locks nobody for ever."""
        return at < self.locked_until <= at + LONGEST_LOCK


def step_of(factors: Collection[Factor], digits: str, *, at: int) -> tuple[Factor, int] | None:
    """The factor and the time step that `digits` are the code of, or None when they are none.

    Raises Refused when it is right but was used already: each code is good for one act.
    """
    digits = "".join(digits.split())
    now, used = at // 1000 // STEP_SECONDS, False
    for factor in factors:
        for step in range(now - WINDOW_STEPS, now + WINDOW_STEPS + 1):
            code = pyotp.TOTP(factor.secret).generate_otp(step)
            if hmac.compare_digest(code.encode(), digits.encode()):
                if step > factor.used:
                    return factor, step
                used = True
    if used:
        raise Refused(
            N_("Mã này đã dùng. Hãy đợi ứng dụng xác thực hiện mã mới (tối đa 30 giây) rồi nhập."),
            field="code",
        )
    return None


def code_at(secret: str, at: int) -> str:
    """The code of `secret` at `at` (ms), as an authenticator shows it."""
    return str(pyotp.TOTP(secret).at(at // 1000))


def enrolment_address(secret: str, login: str) -> str:
    """The otpauth URI that an authenticator reads from a QR code."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER))
