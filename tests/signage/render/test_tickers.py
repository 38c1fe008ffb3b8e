"""Ticker strips: all lines in one picture that runs round without a seam."""

import pytest
from PIL import Image

from signage.domain.display import Profile
from signage.domain.sentences import Refused
from signage.domain.slide import TickerLine
from signage.render.frames import Illegible
from signage.render.tickers import (
    MAX_STRIP_PIXELS,
    MAX_STRIP_WIDTH,
    MAX_TICKER_LINES,
    band_height,
    render_strip,
)
from tests.signage.pleiku import HOUSE_SCREEN, SMALL_BOARD
from tests.signage.render.samples import PORTRAIT, PROFILES, decoded


def line(text: str, speed: int = 2) -> TickerLine:
    return TickerLine(id="t", text=text, speed=speed)


LINES = [line("Thu gom rác cồng kềnh sáng Chủ nhật 29/11/2026"), line("Gọi 1022", 3)]


@pytest.mark.parametrize("profile", [*PROFILES, PORTRAIT], ids=lambda profile: profile.id)
def test_a_strip_has_the_height_of_the_band_or_of_the_display(profile: Profile) -> None:
    assert render_strip(LINES, profile, alone=False).frame.height == band_height(profile)
    assert render_strip(LINES, profile, alone=True).frame.height == profile.height


@pytest.mark.system("pixel faces")  # in Noto Sans a small board holds less
@pytest.mark.parametrize("profile", [*PROFILES, PORTRAIT], ids=lambda profile: profile.id)
def test_the_band_leaves_most_of_the_display_to_the_slides(profile: Profile) -> None:
    assert band_height(profile) <= profile.height // 4


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
@pytest.mark.parametrize("alone", [False, True])
def test_a_strip_begins_with_its_first_letter_and_ends_with_a_gap(
    profile: Profile, alone: bool
) -> None:
    picture = decoded(render_strip(LINES, profile, alone=alone).frame)
    ground = picture.getpixel((picture.width - 1, picture.height - 1))
    seam = picture.crop((picture.width - 8, picture.height // 3, picture.width, picture.height))
    assert seam.getcolors() == [(seam.width * seam.height, ground)]
    start = picture.crop((0, picture.height // 3, 30, picture.height))
    assert len(start.getcolors(4096) or []) > 1


def test_a_short_strip_is_as_wide_as_the_display() -> None:
    strip = render_strip([line("Gọi 1022")], HOUSE_SCREEN, alone=False)
    assert strip.frame.width == HOUSE_SCREEN.width


def test_the_slowest_line_sets_the_pace() -> None:
    strip = render_strip([line("Gọi 1022", 3), line("Gọi 114", 1)], SMALL_BOARD, alone=False)
    assert (strip.step, strip.every) == (1, 1)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_nothing_of_a_line_is_cut_off_above_or_below(profile: Profile) -> None:
    strip = render_strip([line("ẪỂỘgjy Ê̆Ơ̆ỰQ")], profile, alone=False)
    picture = decoded(strip.frame)
    last_row = picture.crop((0, picture.height - 1, picture.width, picture.height))
    first_rows = picture.crop((0, 0, picture.width, 1))
    assert len(first_rows.getcolors() or []) == 1
    taller = Image.new("RGB", picture.size)
    taller.paste(last_row, (0, 0))
    assert len(last_row.getcolors() or []) <= 2


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_strip_is_never_larger_than_a_player_can_hold(profile: Profile, alone: bool) -> None:
    lines = [line("Phản ánh hiện trường gọi tổng đài " * 5)] * 3
    try:
        frame = render_strip(lines, profile, alone=alone).frame
    except Illegible as refusal:
        assert refusal.field == "text"  # noqa: PT017 - either end is fine, a larger strip is not
    else:
        assert frame.width <= MAX_STRIP_WIDTH
        assert frame.width * frame.height <= MAX_STRIP_PIXELS


def test_an_endless_ticker_is_refused_with_the_number_of_letters() -> None:
    with pytest.raises(Illegible, match=r"khoảng \d+"):
        render_strip([line("Một hai ba bốn " * 26)] * 20, HOUSE_SCREEN, alone=False)


@pytest.mark.parametrize(
    "lines", [[], [line("a")] * (MAX_TICKER_LINES + 1), [line("  ")], [line("漢")]]
)
def test_wrong_tickers_are_refused(lines: list[TickerLine]) -> None:
    with pytest.raises(Refused):
        render_strip(lines, SMALL_BOARD, alone=False)
