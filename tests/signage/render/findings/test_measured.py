"""What is measured comes with the frame, from the pass that drew it."""

import pytest

from signage.domain.finding import refuses
from signage.render.contact_sheet import SLIDES as SHOWPIECES
from signage.render.frames import Illegible, render_slide
from signage.render.layouts import LAYOUTS
from tests.signage.render.samples import FULL_PICTURE, PORTRAIT, PROFILES, chequered, slide


@pytest.mark.parametrize("profile", [*PROFILES, PORTRAIT], ids=lambda one: one.id)
@pytest.mark.parametrize("name", SHOWPIECES)
def test_our_own_layouts_refuse_nothing_that_they_can_draw(name: str, profile) -> None:
    what = SHOWPIECES[name]
    picture = chequered(1200, 900) if LAYOUTS[what.layout].picture else None
    try:
        frame = render_slide(what, profile, area=profile.size, picture=picture)
    except Illegible:
        return
    assert refuses(frame.findings) is None, frame.findings


def test_words_in_a_picture_are_told_to_be_unmeasured() -> None:
    screen = PROFILES[0]
    frame = render_slide(FULL_PICTURE, screen, area=screen.size, picture=chequered(400, 300))
    assert [one.code for one in frame.findings] == ["words_in_picture"]


def test_a_finding_names_its_profile() -> None:
    board = PROFILES[2]
    white = chequered(40, 30).point(lambda _: 255)
    frame = render_slide(FULL_PICTURE, board, area=board.size, picture=white)
    assert {one.profile for one in frame.findings} == {board.id}
    assert "white_level" in {one.code for one in frame.findings}


def test_a_plain_slide_has_no_finding_on_the_house_screen() -> None:
    screen = PROFILES[0]
    what = slide("slogan", text="Toàn dân đoàn kết", source="")
    assert render_slide(what, screen, area=screen.size, picture=None).findings == ()
