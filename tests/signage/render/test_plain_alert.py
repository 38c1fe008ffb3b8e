"""The plain page of an alert refuses nothing."""

import msgspec
import pytest

from signage.domain.sentences import Refused
from signage.render.alert_pages import AlertWords, render_alert
from signage.render.pictures import open_clean
from signage.render.plain_alert import render_plain
from tests.signage.pleiku import HOUSE_SCREEN, ROAD_BOARD, SMALL_BOARD

WORDS = AlertWords(
    headline="Lũ trên sông Ba",
    body="Di chuyển ngay đến nơi cao.",
    area="Phường Hội Phú",
    sender="UBND phường",
    until_ms=1_795_410_000_000,
    level=4,
)
LONG = msgspec.structs.replace(WORDS, headline="Lũ quét và sạt lở đất đặc biệt nguy hiểm " * 20)
STRANGE = msgspec.structs.replace(WORDS, headline="Lũ 🌊 quét")


@pytest.mark.parametrize("profile", [HOUSE_SCREEN, ROAD_BOARD, SMALL_BOARD])
@pytest.mark.parametrize("words", [WORDS, LONG, STRANGE])
@pytest.mark.parametrize("kind", ["alert", "all_clear", "drill"])
def test_it_is_drawn_whatever_the_words(profile, words, kind):
    frame = render_plain(msgspec.structs.replace(words, kind=kind), profile)
    assert (frame.width, frame.height) == profile.size
    assert len(open_clean(frame.bytes).convert("RGB").getcolors(1 << 20)) > 1


def test_it_is_drawn_where_the_pages_are_refused():
    with pytest.raises(Refused):
        render_alert(STRANGE, SMALL_BOARD)
    assert render_plain(STRANGE, SMALL_BOARD)


def test_nothing_but_letters_that_no_face_has_is_still_a_page():
    words = msgspec.structs.replace(WORDS, headline="🌊", area="🌊", body="", sender="")
    assert render_plain(words, SMALL_BOARD).width == SMALL_BOARD.width


def test_an_all_clear_never_looks_like_the_alert():
    green = render_plain(msgspec.structs.replace(WORDS, kind="all_clear"), HOUSE_SCREEN)
    assert green.sha256 != render_plain(WORDS, HOUSE_SCREEN).sha256
