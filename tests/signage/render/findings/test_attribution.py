"""Words on a picture are led back to the field they came from, in every layout."""

import pytest

from signage.render.contact_sheet import SLIDES as SHOWPIECES
from signage.render.contents import contents_of
from signage.render.findings.attribution import attributed
from signage.render.layout import Page, checked_words
from signage.render.layouts import LAYOUTS
from tests.signage.render.samples import (
    NOTICE,
    PHOTO,
    PROFILES,
    RECEPTION,
    SLOGAN,
    chequered,
    slide,
)

# Days and points in time are written out, or counted down to.
SAID_IN_OTHER_WORDS = {"day", "issued", "expires", "to"}

SOURCED = slide("photo", PHOTO.picture, caption="Trồng cây.", source="Hạt Kiểm lâm")
LIST = slide("notice", title="LỊCH", body="- Sáng: tiêm\n- Chiều: nghỉ\n1. Mang sổ", source="")


@pytest.mark.parametrize("name", SHOWPIECES)
def test_no_layout_draws_words_past_the_gate(name: str) -> None:
    screen, what = PROFILES[0], SHOWPIECES[name]
    layout = LAYOUTS[what.layout]
    words = checked_words(layout, what)
    picture = layout.draw(Page(screen, screen.size, words, chequered(400, 300)))
    told = {one.field for one in attributed(contents_of(picture).written, words)}
    assert {field for field, text in words.items() if text} - told <= SAID_IN_OTHER_WORDS


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.id)
@pytest.mark.parametrize("what", [NOTICE, SOURCED, LIST, SLOGAN, RECEPTION], ids=lambda s: s.layout)
def test_every_field_with_words_is_found_on_the_picture(what, profile) -> None:
    layout = LAYOUTS[what.layout]
    words = checked_words(layout, what)
    picture = layout.draw(Page(profile, profile.size, words, chequered(400, 300)))
    told = attributed(contents_of(picture).written, words)
    assert {one.field for one in told} - {None} == {name for name, text in words.items() if text}


def test_what_a_layout_writes_itself_belongs_to_no_field() -> None:
    layout, words = LAYOUTS["reception"], checked_words(LAYOUTS["reception"], RECEPTION)
    screen = PROFILES[0]
    picture = layout.draw(Page(screen, screen.size, words))
    own = [
        one.written.text for one in attributed(contents_of(picture).written, words) if not one.field
    ]
    assert own == ["LỊCH TIẾP CÔNG DÂN", "Ngày", "Giờ", "Địa điểm", "Người tiếp"]
