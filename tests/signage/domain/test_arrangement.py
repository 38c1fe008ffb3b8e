"""The glass is divided without gap or overlap, and a playlist says how its slides give way."""

import pytest

from players.contract.types import Area
from signage.domain.arrangement import ARRANGEMENTS, Staging, areas_of, checked_staging, sizes_of
from signage.domain.playlist import PlaylistDraft
from signage.domain.sentences import Refused
from signage.domain.slide import Slide, slide_hash

GLASSES = [(1920, 1080), (1080, 1920), (1920, 360), (384, 192), (193, 97)]


def areas(arrangement: str, glass: tuple[int, int]) -> dict[str, Area]:
    return areas_of(sizes_of(arrangement, glass, band=20, head=24))


@pytest.mark.parametrize("glass", GLASSES)
@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_zones_fill_all_that_the_ticker_leaves(arrangement: str, glass: tuple[int, int]) -> None:
    lit = [[0] * glass[0] for _ in range(glass[1] - 20)]
    for area in areas(arrangement, glass).values():
        for row in lit[area.y : area.y + area.height]:
            row[area.x : area.x + area.width] = [n + 1 for n in row[area.x : area.x + area.width]]
    assert {count for row in lit for count in row} == {1}


def test_the_side_is_a_column_and_on_an_upright_glass_a_row_at_the_foot() -> None:
    assert areas("side", (1920, 1080))["side"] == Area(x=1344, y=0, width=576, height=1060)
    assert areas("side", (1080, 1920))["side"] == Area(x=0, y=1330, width=1080, height=570)


@pytest.mark.parametrize(
    ("staging", "field"),
    [
        (Staging(arrangement="six"), "arrangement"),
        (Staging(transition="origami"), "transition"),
        (Staging(arrangement="header"), "header"),
        (Staging(arrangement="header", header="x" * 81), "header"),
    ],
)
def test_what_there_is_not_is_refused_at_its_field(staging: Staging, field: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_staging(staging)
    assert refused.value.field == field


def slide(name: str, zone: str = "main") -> Slide:
    return Slide(id=name, layout="slogan", fields={"text": "Một"}, zone=zone)


def draft(*slides: Slide, **staging: str) -> PlaylistDraft:
    empty = PlaylistDraft(id="p", unit="hoi-phu", title="Y tế", staging=Staging(**staging))
    for one in slides:
        empty = empty.with_slide(one)
    return empty


def test_the_slides_at_the_side_come_after_the_main_ones() -> None:
    names = [one.id for one in draft(slide("a", "side"), slide("b"), arrangement="side").slides]
    assert names == ["b", "a"]


def test_slides_of_a_zone_that_goes_are_not_lost() -> None:
    whole = draft(slide("b"), slide("a", "side"), arrangement="side").staged(Staging())
    assert [(one.id, one.zone) for one in whole.slides] == [("b", "main"), ("a", "main")]


def test_a_zone_that_is_not_there_takes_no_slide() -> None:
    with pytest.raises(Refused):
        draft(slide("a", "side"))


def test_the_same_words_in_another_zone_are_another_picture() -> None:
    assert slide_hash(slide("a")) != slide_hash(slide("a", "side"))


def test_the_header_is_drawn_with_the_slides_and_not_without_them() -> None:
    told = {"arrangement": "header", "header": "UBND phường"}
    assert [one.zone for one in draft(slide("a"), **told).spoken()] == ["main", "header"]
    assert draft(**told).spoken() == []
