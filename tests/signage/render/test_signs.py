"""Signs: the fire dial, the scale of risk, QR codes and the greetings' motifs."""

import msgspec
import pytest

from signage.domain.sentences import Refused
from signage.render.colours import RISK_COLOURS
from signage.render.festive import SCENES, scene_for
from signage.render.frames import Illegible, checked_slide, render_slide
from signage.render.qr_codes import QUIET_MODULES, code_mask, least_module_px, modules_of
from tests.signage.pleiku import HOUSE_SCREEN, ROAD_BOARD, SMALL_BOARD
from tests.signage.render.samples import DISASTER, FOREST_FIRE, QR, decoded, slide


def colours_of(what, profile=HOUSE_SCREEN) -> set[tuple[int, int, int]]:  # type: ignore[no-untyped-def]
    picture = decoded(render_slide(what, profile, area=profile.size, picture=None))
    return {colour for _, colour in picture.getcolors(1 << 20) or []}  # type: ignore[misc]


def with_level(what, level: str):  # type: ignore[no-untyped-def]
    return msgspec.structs.replace(what, fields=what.fields | {"level": level})


@pytest.mark.parametrize("level", ["I", "II", "III", "IV", "V"])
def test_the_fire_dial_borrows_no_colour_of_the_risk_palette(level: str) -> None:
    risk = {colours.paper for colours in RISK_COLOURS.values()}
    assert not risk & colours_of(with_level(FOREST_FIRE, level))


def test_each_level_of_fire_points_elsewhere() -> None:
    frames = {
        render_slide(
            with_level(FOREST_FIRE, level), SMALL_BOARD, area=SMALL_BOARD.size, picture=None
        ).sha256
        for level in ("I", "2", "cấp III", "iv", "5")
    }
    assert len(frames) == 5


def test_the_scale_of_risk_shows_all_national_colours() -> None:
    assert {colours.paper for colours in RISK_COLOURS.values()} <= colours_of(DISASTER)


@pytest.mark.parametrize("what", [FOREST_FIRE, DISASTER], ids=lambda what: what.layout)
@pytest.mark.parametrize("level", ["0", "6", "VI", "cao"])
def test_a_level_that_there_is_not_is_refused_at_its_field(what, level: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused, match="Hãy sửa lại") as refusal:
        checked_slide(with_level(what, level))
    assert refusal.value.field == "level"


def test_a_code_has_modules_large_enough_for_where_people_stand() -> None:
    mask = code_mask("https://dichvucong.gov.vn", 500, HOUSE_SCREEN)
    assert mask is not None
    modules = modules_of("https://dichvucong.gov.vn").width
    assert mask.width // modules >= least_module_px(HOUSE_SCREEN)
    assert mask.width + 2 * QUIET_MODULES * mask.width // modules <= 500


def test_the_name_of_a_site_alone_needs_a_smaller_code() -> None:
    long = modules_of("https://dichvucong.gov.vn/p/home?a=1").width
    assert modules_of("https://dichvucong.gov.vn").width < long


def test_a_code_too_small_for_a_board_is_refused() -> None:
    with pytest.raises(Illegible, match="quá nhỏ để quét") as refusal:
        render_slide(QR, SMALL_BOARD, area=SMALL_BOARD.size, picture=None)
    assert refusal.value.field == "address"


def test_no_code_is_shown_to_drivers() -> None:
    with pytest.raises(Illegible, match="lái xe"):
        render_slide(QR, ROAD_BOARD, area=ROAD_BOARD.size, picture=None)


@pytest.mark.parametrize(
    "address", ["dichvucong.gov.vn", "javascript:x", "https://", "https://a b"]
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(Refused) as refusal:
        checked_slide(slide("qr", title="Xem", body="Xem", address=address))
    assert refusal.value.field == "address"


@pytest.mark.parametrize(
    ("text", "scene"),
    [
        ("Chúc các cháu Trung thu vui vẻ", 0),
        ("Chúc mừng năm mới", 1),
        ("Chào mừng Quốc khánh", 2),
        ("Tri ân thầy cô", 3),
    ],
)
def test_the_words_of_a_greeting_choose_its_motifs(text: str, scene: int) -> None:
    assert scene_for(text) == SCENES[scene]
