"""Laws of the timeline that hold for every schedule, alert set and moment."""

import random
from dataclasses import replace
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from players.contract.alerts import Alert, AllClear
from players.contract.holdings import Holdings
from players.contract.holds import Meeting
from players.contract.layers import Layer
from players.contract.limits import DAY, MAX_AHEAD
from players.contract.showing import BLANK, Showing
from players.contract.timeline import showing_at
from tests.players.contract.strategies import any_holdings, modest, moments, presented

LAYERS = {"alert": "alerts", "drill": "drills", "hold": "holds"}


def below(held: Holdings, showing: Showing) -> Holdings:
    """Without the layers above what is shown: they interrupt a loop, they do not begin it anew."""
    if showing.source == "hold":
        shown = next(one for one in held.holds.entries if one.id == showing.reason)
        same = [
            one
            for one in held.holds.entries
            if isinstance(one, Meeting) == isinstance(shown, Meeting)
        ]
        return replace(held, alerts=Layer(), holds=replace(held.holds, entries=tuple(same)))
    held = replace(held, holds=Layer())
    if showing.source != "alert":
        held = replace(held, alerts=Layer())
    return held if showing.source in {"alert", "drill"} else replace(held, drills=Layer())


def answer_of(showing: Showing) -> Showing:
    """All of it but the end, which is never further away than a day."""
    return replace(showing, until=0)


@modest
@given(any_holdings(), moments, presented)
def test_there_is_always_an_answer_and_it_ends_later_but_within_a_day(
    held: Holdings, moment: int, shown: frozenset[str]
) -> None:
    showing = showing_at(held, moment, shown)
    assert moment < showing.until <= moment + DAY


@modest
@given(any_holdings(), moments, presented)
def test_there_is_always_a_picture_while_a_manifest_is_held(
    held: Holdings, moment: int, shown: frozenset[str]
) -> None:
    showing = showing_at(held, moment, shown)
    assert showing.blob is not None or showing.item == BLANK


@modest
@given(any_holdings(), moments, presented, st.data())
def test_nothing_changes_before_the_end_that_was_told(
    held: Holdings, moment: int, shown: frozenset[str], data: st.DataObject
) -> None:
    showing = showing_at(held, moment, shown)
    between = [showing.until - 1, data.draw(st.integers(moment, showing.until - 1))]
    for later in between:
        assert answer_of(showing_at(held, later, shown)) == answer_of(showing)


@modest
@given(any_holdings(), moments, presented)
def test_what_is_shown_was_on_the_glass_since_when_it_says(
    held: Holdings, moment: int, shown: frozenset[str]
) -> None:
    one = showing_at(held, moment, shown)
    if one.since:
        assert answer_of(showing_at(below(held, one), one.since, shown)) == answer_of(one)


@modest
@given(any_holdings(), moments, presented)
def test_the_end_that_is_told_never_moves_nearer(
    held: Holdings, moment: int, shown: frozenset[str]
) -> None:
    showing = showing_at(held, moment, shown)
    assert showing_at(held, (moment + showing.until) // 2, shown).until >= showing.until


@modest
@given(any_holdings(), moments, presented)
def test_what_is_shown_has_begun_by_the_clock_or_was_sealed_as_running(
    held: Holdings, moment: int, shown: frozenset[str]
) -> None:
    showing = showing_at(held, moment, shown)
    layer: Layer[Any] = getattr(held, LAYERS.get(showing.source, ""), Layer())
    assert showing.since <= moment + (MAX_AHEAD if layer.entries else 0)
    assert showing.since <= max(moment, layer.sealed_at)


@modest
@given(any_holdings(), moments, presented)
def test_an_alert_that_covers_is_alone_on_the_glass_unless_the_glass_is_held(
    held: Holdings, moment: int, shown: frozenset[str]
) -> None:
    mine = held.covering()
    running = [
        one
        for one in mine.alerts.begun(moment)
        if isinstance(one, Alert) and moment < one.expires_at
    ]
    stopped = [
        one
        for one in mine.holds.begun(moment)
        if not isinstance(one, Meeting) and moment < one.expires_at
    ]
    showing = showing_at(held, moment, shown)
    assert (showing.source == "hold") or not stopped
    if running and not stopped:
        highest = max(one.level for one in running)
        assert showing.source == "alert"
        assert showing.reason in {one.id for one in running if one.level == highest}
        assert showing.ticker is None


@modest
@given(any_holdings(), moments, presented)
def test_nothing_is_shown_after_its_own_end(
    held: Holdings, moment: int, shown: frozenset[str]
) -> None:
    showing = showing_at(held, moment, shown)
    if showing.source in LAYERS:
        layer: Layer[Any] = getattr(held, LAYERS[showing.source])
        (one,) = (one for one in layer.entries if one.id == showing.reason)
        assert moment < one.expires_at
        assert showing.until <= one.expires_at
    if showing.source == "schedule":
        assert held.manifest is not None
        assert moment < held.manifest.valid_until
        assert showing.until <= held.manifest.valid_until


@modest
@given(any_holdings(), moments, presented)
def test_a_green_page_is_shown_only_where_its_alert_was(
    held: Holdings, moment: int, shown: frozenset[str]
) -> None:
    showing = showing_at(held, moment, shown)
    if showing.source in LAYERS:
        layer: Layer[Any] = getattr(held, LAYERS[showing.source])
        (one,) = (one for one in layer.entries if one.id == showing.reason)
        assert not isinstance(one, AllClear) or one.id in shown


@modest
@given(any_holdings(), moments, presented, st.randoms(use_true_random=False))
def test_the_order_of_entries_in_the_set_does_not_matter(
    held: Holdings, moment: int, shown: frozenset[str], chance: random.Random
) -> None:
    shuffled = list(held.alerts.entries)
    chance.shuffle(shuffled)
    other = replace(held, alerts=replace(held.alerts, entries=tuple(shuffled)))
    assert showing_at(other, moment, shown) == showing_at(held, moment, shown)


def _of_groups(layer: Layer[Any]) -> Layer[Any]:
    entries = tuple(one for one in layer.entries if not one.covers.displays)
    return replace(layer, entries=entries)


@modest
@given(any_holdings(), moments)
def test_two_displays_that_hold_the_same_agree(held: Holdings, moment: int) -> None:
    here = replace(held, alerts=_of_groups(held.alerts), drills=_of_groups(held.drills))
    assert showing_at(replace(here, display="ubnd"), moment) == showing_at(here, moment)


@modest
@given(any_holdings(), st.lists(moments, min_size=2, max_size=5), st.randoms())
def test_a_restart_changes_nothing(
    held: Holdings, several: list[int], chance: random.Random
) -> None:
    first = {moment: showing_at(held, moment) for moment in several}
    chance.shuffle(several)
    assert {moment: showing_at(held, moment) for moment in several} == first


@modest
@given(any_holdings(), moments)
def test_only_an_entry_of_the_highest_priority_that_is_on_and_held_is_shown(
    held: Holdings, moment: int
) -> None:
    held = replace(held, alerts=Layer(), drills=Layer(), holds=Layer())
    showing = showing_at(held, moment)
    if showing.source == "schedule":
        priority = {one.id: one.priority for one in held.entries}
        for one in held.entries:
            alone = showing_at(replace(held, entries=(one,)), moment)
            if alone.source == "schedule":
                assert one.priority <= priority[showing.reason]


@modest
@given(any_holdings(), moments)
def test_a_display_of_a_retired_manifest_shows_nothing_of_the_fleet(
    held: Holdings, moment: int
) -> None:
    assert held.manifest is not None
    retired = replace(held, manifest=msgspec.structs.replace(held.manifest, retired=True))
    assert showing_at(retired, moment).blob is None
