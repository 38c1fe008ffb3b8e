"""Slides written beforehand: each reads well everywhere, and none goes out with a blank in it."""

import pytest

from signage.domain.display import Profile
from signage.domain.finding import refuses
from signage.domain.slide import Slide
from signage.domain.starters import STARTERS, Starter
from signage.domain.wording import findings_of_words
from signage.render.judging import judge
from signage.render.legibility import is_led
from signage.render.usual_profiles import PROFILES


def filled(starter: Starter) -> Slide:
    address = {"address": "https://pleiku.gov.vn"} if starter.layout == "qr" else {}
    words = starter.fields | address
    return Slide(id="s", layout=starter.layout, fields=words, seconds=starter.seconds)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.id)
def test_every_starter_stands_on_one_page_of_every_shape(profile: Profile) -> None:
    for starter in STARTERS:
        if starter.layout == "qr" and is_led(profile):
            continue  # nobody scans a code on a board from the street; the page says so
        judged = judge(filled(starter), profile)
        assert len(judged.pages) == 1, starter.id
        others = [one for one in judged.findings if one.code != "blank" and one.severity != "note"]
        assert others == [], starter.id


def test_a_blank_keeps_a_slide_from_being_submitted_and_names_its_field() -> None:
    [left] = findings_of_words(Slide(id="s", layout="slogan", fields={"text": "Ngày ___"}))
    assert (left.code, left.field) == ("blank", "text")
    assert refuses([left])
