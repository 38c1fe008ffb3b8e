"""The topic tree is made and read here; nothing but a player's own topic is taken for a report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from players.contract import topics
from tests.players.contract.strategies import modest

names = st.from_regex(r"[a-z0-9][a-z0-9._:-]{0,20}", fullmatch=True)
REPORTS = {
    "status": topics.status,
    "plays": topics.plays,
    "screenshot": topics.screenshot,
    "presence": topics.presence,
}


@modest
@given(names, names, st.sampled_from(sorted(REPORTS)))
def test_a_report_tells_its_fleet_display_and_kind(fleet: str, display: str, kind: str) -> None:
    assert topics.report_of(REPORTS[kind](fleet, display)) == (fleet, display, kind)


@pytest.mark.parametrize(
    "topic",
    [
        "",
        "signage/1/pleiku/displays/hoa-lu/status\n",
        "\nsignage/1/pleiku/displays/hoa-lu/status",
        "signage/1/pleiku/displays/hoa-lu/status/",
        "signage/1/pleiku/displays/hoa-lu/status/x",
        "signage/2/pleiku/displays/hoa-lu/status",
        "signage/1/pleiku/displays/hoa-lu/manifest",
        "signage/1/pleiku/displays/hoa-lu/plays-ack",
        "signage/1/pleiku/displays//status",
        "signage/1//displays/hoa-lu/status",
        "signage/1/pleiku/displays/+/status",
        "signage/1/+/displays/hoa-lu/status",
        "signage/1/#/displays/hoa-lu/status",
        "signage/1/pleiku/displays/../status",
        "signage/1/pleiku/displays/Hoa-Lu/status",
        f"signage/1/pleiku/displays/{'a' * 81}/status",
        "x/signage/1/pleiku/displays/hoa-lu/status",
    ],
)
def test_another_topic_is_no_report(topic: str) -> None:
    assert topics.report_of(topic) is None


@modest
@given(st.text(max_size=80))
def test_any_text_is_taken_as_a_topic_or_refused(text: str) -> None:
    assert topics.report_of(text) is None


def test_what_the_controller_says_is_never_a_report() -> None:
    said = [
        topics.keys("pleiku"),
        topics.beat("pleiku"),
        topics.manifest("pleiku", "hoa-lu"),
        topics.plays_ack("pleiku", "hoa-lu"),
        topics.alerts("pleiku", "led-384x192"),
        topics.page("pleiku", "led-384x192", "0" * 64),
    ]
    assert [topics.report_of(topic) for topic in said] == [None] * len(said)
    assert len(set(said)) == len(said)


def test_the_topics_are_those_of_the_contract() -> None:
    assert topics.keys("pleiku") == "signage/1/pleiku/keys"
    assert topics.beat("pleiku") == "signage/1/pleiku/beat"
    assert topics.manifest("pleiku", "ubnd") == "signage/1/pleiku/displays/ubnd/manifest"
    assert topics.plays_ack("pleiku", "ubnd") == "signage/1/pleiku/displays/ubnd/plays-ack"
    assert topics.alerts("pleiku", "led-192x96") == "signage/1/pleiku/sets/alert/led-192x96"
    assert topics.page("pleiku", "led-192x96", "ab") == "signage/1/pleiku/pages/led-192x96/ab"


def matches(topic_filter: str, topic: str) -> bool:
    """MQTT 3.1.1: + stands for one level."""
    wanted, levels = topic_filter.split("/"), topic.split("/")
    return len(wanted) == len(levels) and all(
        want in ("+", level) for want, level in zip(wanted, levels, strict=True)
    )


@pytest.mark.parametrize("kind", sorted(REPORTS))
def test_one_filter_catches_each_report_of_every_display(kind: str) -> None:
    topic = REPORTS[kind]("pleiku", "hoa-lu")
    caught = [each for each in topics.reports("pleiku") if matches(each, topic)]
    assert len(caught) == 1


def test_the_filter_of_pages_catches_the_pages_of_its_profile_alone() -> None:
    pages = topics.pages("pleiku", "led-192x96")
    assert matches(pages, topics.page("pleiku", "led-192x96", "0" * 64))
    assert not matches(pages, topics.page("pleiku", "led-384x192", "0" * 64))
