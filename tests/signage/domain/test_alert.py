"""Tests of what an alert is at each moment of its life."""

import msgspec
import pytest

from players.contract.limits import HOUR, MINUTE, SECOND
from signage.domain.alert import (
    GREEN_PAGE_TIME,
    MIN_ALERT_LIFE,
    Alert,
    AlertState,
    AlertWords,
    checked_end,
)
from signage.domain.sentences import Refused

NOW = 1_800_000_000_000
WORDS = AlertWords(
    headline="Lũ trên sông Ba", body="", area="Phường Hội Phú", sender="UBND phường Hội Phú"
)


@pytest.fixture
def raised():
    draft = Alert(
        id="a1",
        revision=1,
        state=AlertState.DRAFT,
        words=WORDS,
        targets=["all"],
        begins_at=NOW,
        expires_at=NOW + HOUR,
        pages={},
        green={},
        created_by="truc",
        created_at=NOW,
    )
    return draft.raised(at=NOW)


def test_the_green_page_stands_ten_minutes_unless_told(raised):
    assert raised.cleared(at=NOW + MINUTE).green_until == NOW + MINUTE + GREEN_PAGE_TIME


def test_the_green_page_stands_as_long_as_told(raised):
    cleared = raised.cleared(at=NOW, green_for=20 * SECOND)
    assert not cleared.is_over(NOW + 20 * SECOND - 1)
    assert cleared.is_over(NOW + 20 * SECOND)


def test_an_alert_kept_before_green_pages_had_a_length_stands_ten_minutes(raised):
    document = msgspec.to_builtins(raised.cleared(at=NOW))
    del document["green_for"]
    assert msgspec.convert(document, Alert).green_until == NOW + GREEN_PAGE_TIME


def test_a_cleared_alert_cannot_be_cleared_again(raised):
    with pytest.raises(Refused):
        raised.cleared(at=NOW).cleared(at=NOW + 1)


def test_an_alert_lasts_at_least_as_long_as_its_pages_take_to_read():
    assert checked_end(NOW + MIN_ALERT_LIFE, at=NOW) == NOW + MIN_ALERT_LIFE
    with pytest.raises(Refused):
        checked_end(NOW + MIN_ALERT_LIFE - 1, at=NOW)
