"""Codes are good once, within a window of clock drift; wrong ones lock for a while."""

import pytest

from players.contract.limits import MINUTE, SECOND
from signage.domain.factor import LONGEST_LOCK, Factor, Tries, code_at, step_of
from signage.domain.sentences import Refused
from tests.signage.pleiku import NOON

PHONE = Factor(
    id="f", login="duty", kind="totp", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", made_at=0
)
STEP = 30 * SECOND


def used(step: int) -> Factor:
    return Factor(id="f", login="duty", kind="totp", secret=PHONE.secret, made_at=0, used=step)


@pytest.mark.parametrize("drift", [-STEP, 0, STEP])
def test_a_phone_whose_clock_is_half_a_minute_off_is_taken(drift):
    assert step_of([PHONE], code_at(PHONE.secret, NOON + drift), at=NOON)


@pytest.mark.parametrize("drift", [-2 * STEP, 2 * STEP])
def test_a_phone_whose_clock_is_a_minute_off_is_not(drift):
    assert step_of([PHONE], code_at(PHONE.secret, NOON + drift), at=NOON) is None


def test_a_code_may_be_typed_with_a_space():
    code = code_at(PHONE.secret, NOON)
    assert step_of([PHONE], f"{code[:3]} {code[3:]}", at=NOON)


def test_a_used_code_and_those_before_it_are_not_taken_again():
    now = NOON // STEP
    for drift in (0, -STEP):
        with pytest.raises(Refused, match="đã dùng"):
            step_of([used(now)], code_at(PHONE.secret, NOON + drift), at=NOON)


@pytest.mark.parametrize("digits", ["", "1", "１２３４５６", "x" * 1000])
def test_anything_may_be_typed(digits):
    assert step_of([PHONE], digits, at=NOON) is None


def test_each_lock_is_twice_as_long_up_to_a_quarter_of_an_hour():
    tries, locks = Tries(), []
    for _ in range(12):
        tries = tries.after_a_wrong_one(NOON)
        locks.append(max(0, tries.locked_until - NOON) // MINUTE)
    assert locks == [0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15, 15]


def test_a_clock_that_is_set_back_locks_nobody_for_ever():
    locked = Tries(wrong=9, locked_until=NOON + LONGEST_LOCK)
    assert locked.is_locked(NOON + 1)
    assert not locked.is_locked(NOON - 60 * MINUTE)
