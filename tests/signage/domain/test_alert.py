"""Tests of what an alert is at each moment of its life."""

import msgspec
import pytest

from players.contract.limits import HOUR, MAX_ALERT_LIFE, MINUTE, SECOND
from signage.domain.alert import (
    GREEN_PAGE_TIME,
    MAX_TARGETS,
    MIN_ALERT_LIFE,
    Alert,
    AlertState,
    AlertWords,
    checked_end,
    checked_targets,
    checked_words,
    covers_of,
    targets_of,
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


# Words


def words(**changes):
    return msgspec.structs.replace(WORDS, **changes)


def test_words_are_cleaned_of_what_comes_along_when_text_is_pasted():
    pasted = words(headline=" Lu\u0303\u200b tre\u0302n\u00ad so\u0302ng Ba\ufeff ")
    assert checked_words(pasted).headline == "Lũ trên sông Ba"


def test_only_the_body_keeps_its_lines():
    said = checked_words(words(body="Lên cao.\r\nTắt điện.", area="Hội Phú\nDiên Hồng"))
    assert (said.body, said.area) == ("Lên cao.\nTắt điện.", "Hội Phú Diên Hồng")


@pytest.mark.parametrize("field", ["headline", "area", "sender"])
@pytest.mark.parametrize("empty", ["", "   ", "\u200b", "\n"])
def test_an_alert_says_what_where_and_who(field, empty):
    with pytest.raises(Refused) as refused:
        checked_words(words(**{field: empty}))
    assert refused.value.field == field


def test_an_alert_may_have_no_advice():
    assert checked_words(words(body="")).body == ""


@pytest.mark.parametrize(
    ("field", "most"), [("headline", 120), ("body", 600), ("area", 160), ("sender", 120)]
)
def test_words_that_are_too_long_are_refused_by_name(field, most):
    assert checked_words(words(**{field: "x" * most}))
    with pytest.raises(Refused) as refused:
        checked_words(words(**{field: "x" * (most + 1)}))
    assert refused.value.field == field


@pytest.mark.parametrize("level", [-1, 6])
def test_there_are_five_levels_of_risk_and_none(level):
    with pytest.raises(Refused):
        checked_words(words(level=level))


# Targets


def test_targets_are_each_named_once():
    targets = ["unit:hoi-phu", "display:hoa-lu", "unit:hoi-phu"]
    assert checked_targets(targets, displays={"hoa-lu"}) == ["display:hoa-lu", "unit:hoi-phu"]


@pytest.mark.parametrize(
    "strange",
    ["", "hoa-lu", "display:", "display:nobody", "unit:HOI PHU", "unit:a\n", "đơn vị:x", "unit:"],
)
def test_a_strange_target_is_refused_before_it_spoils_a_sealed_set(strange):
    with pytest.raises(Refused) as refused:
        checked_targets(["unit:hoi-phu", strange], displays={"hoa-lu"})
    assert refused.value.field == "targets"


def test_more_targets_than_a_sealed_set_holds_are_refused():
    names = [f"d-{number}" for number in range(MAX_TARGETS + 1)]
    targets = [f"display:{name}" for name in names]
    assert checked_targets(targets[1:], displays=names)
    with pytest.raises(Refused):
        checked_targets(targets, displays=names)


@pytest.mark.parametrize(
    "targets", [["all"], ["display:hoa-lu", "unit:hoi-phu"], ["tag:nha-van-hoa"]]
)
def test_targets_go_into_the_contract_and_come_back(targets):
    assert targets_of(covers_of(targets)) == targets


# Ends


def test_an_end_in_the_past_is_refused():
    with pytest.raises(Refused) as refused:
        checked_end(NOW - 1, at=NOW)
    assert refused.value.field == "until"


def test_an_alert_lasts_at_most_three_days():
    assert checked_end(NOW + MAX_ALERT_LIFE, at=NOW)
    with pytest.raises(Refused):
        checked_end(NOW + MAX_ALERT_LIFE + 1, at=NOW)


# The life of an alert


def test_a_raised_alert_begins_when_it_is_raised(raised):
    assert (raised.state, raised.begins_at, raised.raised_at) == (AlertState.RAISED, NOW, NOW)


def test_an_alert_is_raised_once(raised):
    with pytest.raises(Refused):
        raised.raised(at=NOW + 1)


def test_an_alert_is_over_at_its_end_and_not_before(raised):
    assert not raised.is_over(NOW + HOUR - 1)
    assert raised.is_over(NOW + HOUR)


def test_a_draft_shows_nothing(raised):
    assert msgspec.structs.replace(raised, state=AlertState.DRAFT).is_over(NOW)


def revised(alert, at, **changes):
    details = {
        "words": WORDS,
        "targets": ["all"],
        "expires_at": at + HOUR,
        "pages": {},
        "green": {},
        "at": at,
    }
    return alert.revised(**(details | changes))


def test_an_extension_is_a_new_revision_of_the_same_alert(raised):
    longer = revised(raised, NOW + MINUTE)
    assert (longer.id, longer.revision) == (raised.id, 2)
    assert longer.expires_at == NOW + MINUTE + HOUR
    assert (longer.raised_at, longer.begins_at) == (NOW, NOW + MINUTE)


def test_what_has_ended_can_not_be_revised(raised):
    with pytest.raises(Refused):
        revised(raised, NOW + HOUR)
    with pytest.raises(Refused):
        revised(raised.cleared(at=NOW), NOW + 1)


def test_a_revision_can_not_end_in_the_past(raised):
    with pytest.raises(Refused):
        revised(raised, NOW + MINUTE, expires_at=NOW)


def test_an_alert_from_outside_is_ours_once_we_change_it(raised):
    outside = msgspec.structs.replace(raised, outside=True)
    assert not revised(outside, NOW + 1).outside
    assert not outside.cleared(at=NOW + 1).outside


def test_the_all_clear_is_a_new_revision(raised):
    cleared = raised.cleared(at=NOW + MINUTE)
    assert (cleared.state, cleared.revision) == (AlertState.CLEARED, 2)
