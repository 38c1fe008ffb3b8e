"""Who may do what."""

import msgspec
import pytest

from signage.domain.people import ROLE_NAMES, Action, NotAllowed, Role, grants, may, require
from tests.signage.pleiku import (
    ADMINISTRATOR,
    APPROVER,
    DUTY_OFFICER,
    OFFICER,
    OTHER_OFFICER,
    VIEWER,
)

WARD_CHAIN = ("hoi-phu", "pleiku-city")
CITY_CHAIN = ("pleiku-city",)


def test_an_officer_edits_in_the_own_ward_only() -> None:
    assert may(OFFICER, Action.EDIT, WARD_CHAIN)
    assert not may(OTHER_OFFICER, Action.EDIT, WARD_CHAIN)
    assert not may(OFFICER, Action.EDIT, CITY_CHAIN)


def test_an_approver_of_the_city_reviews_every_ward() -> None:
    assert may(APPROVER, Action.REVIEW, WARD_CHAIN)


def test_only_the_duty_officer_raises_alerts() -> None:
    others = [role for role in Role if Action.ALERT in grants(role)]
    assert others == [Role.DUTY_OFFICER]
    assert may(DUTY_OFFICER, Action.ALERT, WARD_CHAIN)


def test_an_administrator_decides_nothing_that_is_shown() -> None:
    shown = {Action.EDIT, Action.SUBMIT, Action.REVIEW, Action.SCHEDULE, Action.ALERT}
    assert not shown & grants(ADMINISTRATOR.role)


def test_a_viewer_changes_nothing() -> None:
    assert grants(VIEWER.role) == {Action.VIEW}


def test_a_locked_person_may_do_nothing() -> None:
    locked = msgspec.structs.replace(OFFICER, active=False)
    assert not may(locked, Action.VIEW, WARD_CHAIN)
    with pytest.raises(NotAllowed, match="bị khóa"):
        require(locked, Action.VIEW, WARD_CHAIN)


def test_a_token_narrows_the_role_and_never_widens_it() -> None:
    scopes = frozenset({Action.VIEW, Action.ALERT})
    program = msgspec.structs.replace(OFFICER, scopes=scopes)
    assert may(program, Action.VIEW, WARD_CHAIN)
    assert not may(program, Action.EDIT, WARD_CHAIN)
    assert not may(program, Action.ALERT, WARD_CHAIN)


def test_the_refusal_says_whether_role_or_unit_is_the_reason() -> None:
    with pytest.raises(NotAllowed, match="Vai trò"):
        require(VIEWER, Action.EDIT, WARD_CHAIN)
    with pytest.raises(NotAllowed, match="đơn vị khác"):
        require(OTHER_OFFICER, Action.EDIT, WARD_CHAIN)


def test_every_role_has_a_name_for_people() -> None:
    assert set(ROLE_NAMES) == set(Role)
