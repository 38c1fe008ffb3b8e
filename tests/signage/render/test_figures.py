"""What players copy onto a picture: the widest figures have room, and stand inside it."""

import io
from datetime import date
from itertools import pairwise

import pytest
from PIL import Image

from players.contract.limits import MINUTE
from players.contract.manifest import UtcOffset
from players.contract.widgets import Almanac, copies_at, said_at
from signage.domain.lunar import months_from
from signage.domain.slide import Slide
from signage.render.frames import Frame, render_slide
from signage.render.rows import Row, fit_row
from signage.render.typefaces import BOLD, outline_face
from signage.render.usual_profiles import PROFILES
from tests.signage.pleiku import NOON
from tests.signage.render.samples import CLOCK, COUNTDOWN, PICTURE_CLOCK, ROAD_BOARD, chequered

WITH_FIGURES = [CLOCK, COUNTDOWN, PICTURE_CLOCK]

ALMANAC = Almanac([UtcOffset(begins_at=0, minutes=420)], months_from(date(2026, 11, 1), 2))
MOMENTS = [NOON + number * 3_601_117_000 for number in range(12)]
"""Hours and weeks apart, over more than a year."""


def drawn(slide: Slide, profile=ROAD_BOARD) -> Frame:
    picture = chequered(800, 600) if slide.picture else None
    return render_slide(slide, profile, area=profile.size, picture=picture)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
@pytest.mark.parametrize("slide", WITH_FIGURES, ids=lambda slide: slide.layout)
def test_figures_stand_inside_the_picture_at_any_moment(slide, profile):
    frame = drawn(slide, profile)
    for moment in MOMENTS:
        for one in frame.figures:
            copies = copies_at(one.widget, moment, ALMANAC)
            assert bool(copies) == bool(said_at(one.widget, moment, ALMANAC))
            for copy in copies:
                assert 0 <= copy.x <= copy.x + copy.width <= frame.width
                assert 0 <= copy.y <= copy.y + one.widget.sheet.height <= frame.height


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
@pytest.mark.parametrize("slide", WITH_FIGURES, ids=lambda slide: slide.layout)
def test_rows_of_figures_do_not_cover_each_other(slide, profile):
    frame = drawn(slide, profile)
    now = [
        (box[0].x, box[0].y, box[-1].x + box[-1].width, box[0].y + one.widget.sheet.height)
        for one in frame.figures
        if (box := copies_at(one.widget, MOMENTS[0], ALMANAC))
    ]
    for number, (left, top, right, bottom) in enumerate(now):
        for other in now[number + 1 :]:
            apart = other[0] >= right or other[2] <= left or other[1] >= bottom or other[3] <= top
            assert apart


def test_nothing_of_the_picture_is_drawn_where_figures_will_stand():
    frame = drawn(CLOCK)
    picture = Image.open(io.BytesIO(frame.bytes)).convert("RGB")
    for one in frame.figures:
        for copy in copies_at(one.widget, MOMENTS[0], ALMANAC):
            box = (copy.x, copy.y, copy.x + copy.width, copy.y + one.widget.sheet.height)
            assert len(picture.crop(box).getcolors()) == 1


def test_all_figures_are_equally_wide_so_that_a_clock_does_not_tremble():
    row = Row(("hour", ":", "minute"), outline_face(90, BOLD))
    assert len({glyph.width for glyph in row.glyphs if glyph.name.isdigit()}) == 1


def test_glyphs_stand_side_by_side_on_their_sheet():
    row = Row(("weekday", ", ", "day"), outline_face(40, BOLD))
    assert all(a.left + a.width == b.left for a, b in pairwise(row.glyphs))
    assert row.mask().size == (row.glyphs[-1].left + row.glyphs[-1].width, row.height)


def test_a_row_takes_the_largest_face_that_holds_its_widest_words():
    faces = [outline_face(size, BOLD) for size in (120, 80, 60, 40, 20)]
    row = fit_row(("weekday", ", ", "day", "/", "month"), (400, 200), faces)
    larger = next(face for face in reversed(faces) if face.size > row.face.size)
    assert row.width <= 400 < Row(row.says, larger).width


def test_a_countdown_at_a_road_has_no_seconds():
    says = {token for one in drawn(COUNTDOWN).figures for token in one.widget.says}
    assert "minutes_left" in says
    assert "seconds_left" not in says


def test_after_its_end_a_countdown_says_what_was_typed_and_nothing_else():
    figures = drawn(COUNTDOWN).figures
    end = figures[0].widget.to * MINUTE - 420 * MINUTE
    said = [said_at(one.widget, end, ALMANAC) for one in figures]
    assert [words for words in said if words] == [("Chúc mừng năm mới!",)]
