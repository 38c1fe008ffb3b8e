"""Alert pages say what, what to do, where, until when and who, on two or three pages at most."""

import msgspec
import pytest
from PIL import Image

from signage.domain.display import Profile
from signage.domain.sentences import Refused
from signage.render.alert_pages import (
    MAX_ALERT_PAGES,
    MAX_ALERT_PAGES_AT_ROAD,
    AlertWords,
    render_alert,
)
from signage.render.colours import ALL_CLEAR_GREEN, EMERGENCY_RED, RISK_COLOURS, contrast
from signage.render.frames import Illegible
from tests.signage.pleiku import HOUSE_SCREEN, ROAD_BOARD, SMALL_BOARD
from tests.signage.render.samples import BOARDS, PORTRAIT, PROFILES, STRIP, decoded

FLOOD = AlertWords(
    headline="Lũ quét, sạt lở đất",
    body="Rời ngay khu vực ven suối, lên chỗ cao. Cứu hộ: 114.",
    area="Phường Hội Phú, xã Gào",
    until_ms=1_795_433_400_000,
    sender="UBND phường Hội Phú",
    level=3,
)


def changed(**changes: object) -> AlertWords:
    return msgspec.structs.replace(FLOOD, **changes)


def pages(words: AlertWords, profile: Profile) -> list[Image.Image]:
    return [decoded(frame) for frame in render_alert(words, profile)]


def main_colour(picture: Image.Image) -> tuple[int, int, int]:
    return max(picture.getcolors(4096) or [])[1]  # type: ignore[return-value]


@pytest.mark.parametrize("profile", [*PROFILES, PORTRAIT], ids=lambda profile: profile.id)
@pytest.mark.parametrize("level", range(6))
def test_an_alert_fills_few_pages_of_the_exact_size(level: int, profile: Profile) -> None:
    drawn = pages(changed(level=level), profile)
    assert 1 <= len(drawn) <= (MAX_ALERT_PAGES_AT_ROAD if profile.traffic else MAX_ALERT_PAGES)
    assert {page.size for page in drawn} == {profile.size}


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
@pytest.mark.parametrize("level", range(1, 6))
def test_a_risk_level_has_its_national_colour_on_every_page(level: int, profile: Profile) -> None:
    for page in pages(changed(level=level), profile):
        assert main_colour(page) == RISK_COLOURS[level].paper


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_level_changes_the_words_and_not_the_colour_alone(profile: Profile) -> None:
    # White letters on both: only the printed level and the ground differ.
    four, five = (pages(changed(level=level), profile)[0] for level in (4, 5))
    masks = [
        page.convert("L").point([255 if value > 150 else 0 for value in range(256)])
        for page in (four, five)
    ]
    assert masks[0].tobytes() != masks[1].tobytes()


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_an_emergency_without_a_level_is_red_and_neutral(profile: Profile) -> None:
    page = pages(changed(level=0), profile)[0]
    assert page.getpixel((profile.width - 1, 0)) == EMERGENCY_RED
    assert main_colour(page) in {(0, 0, 0), (255, 255, 255)}


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_the_all_clear_is_green(profile: Profile) -> None:
    for page in pages(changed(kind="all_clear", level=4), profile):
        assert main_colour(page) == ALL_CLEAR_GREEN


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_every_page_of_a_drill_differs_from_the_real_one(profile: Profile) -> None:
    real, drill = (render_alert(changed(kind=kind), profile) for kind in ("alert", "drill"))
    assert not {frame.sha256 for frame in real} & {frame.sha256 for frame in drill}
    for page in pages(changed(kind="drill"), profile):
        assert page.getpixel((0, 0)) == (0, 0, 0)


@pytest.mark.parametrize("kind", ["alert", "drill", "all_clear"])
@pytest.mark.parametrize("level", range(6))
def test_letters_have_seven_to_one_in_the_pixels(level: int, kind: str) -> None:
    page = pages(changed(level=level, kind=kind), HOUSE_SCREEN)[0]
    counted = sorted(page.getcolors(4096) or [], reverse=True)
    paper, ink = counted[0][1], counted[1][1]
    assert contrast(paper, ink) >= 7  # type: ignore[arg-type]


def test_the_end_is_told_in_local_time() -> None:
    later = changed(until_ms=FLOOD.until_ms + 60_000)
    assert render_alert(later, HOUSE_SCREEN) != render_alert(FLOOD, HOUSE_SCREEN)
    same_minute = changed(until_ms=FLOOD.until_ms + 59_000)
    assert render_alert(same_minute, HOUSE_SCREEN) == render_alert(FLOOD, HOUSE_SCREEN)


def test_the_all_clear_does_not_tell_when_it_ends() -> None:
    one, other = (
        render_alert(changed(kind="all_clear", until_ms=until), HOUSE_SCREEN)
        for until in (FLOOD.until_ms, FLOOD.until_ms + 3_600_000)
    )
    assert one == other


def test_a_small_board_shows_what_then_what_to_do_then_where_until_and_who() -> None:
    what, what_to_do, facts = render_alert(FLOOD, SMALL_BOARD)
    assert render_alert(changed(area="Xã Biển Hồ"), SMALL_BOARD)[:2] == [what, what_to_do]
    assert render_alert(changed(body="Đóng kín cửa, ở trong nhà, tránh xa cây to."), SMALL_BOARD)[
        ::2
    ] == [what, facts]
    other = render_alert(changed(headline="Dông, sét, mưa đá"), SMALL_BOARD)
    assert other[1:] == [what_to_do, facts]


def test_a_small_board_at_a_road_says_what_to_do_on_two_pages() -> None:
    at_road = msgspec.structs.replace(SMALL_BOARD, id="led-at-road", traffic=True)
    told, silent = (render_alert(changed(body=body), at_road) for body in (FLOOD.body, ""))
    assert len(told) == MAX_ALERT_PAGES_AT_ROAD
    assert told[0] != silent[0]


@pytest.mark.parametrize("profile", BOARDS, ids=lambda profile: profile.id)
def test_a_long_body_never_stops_an_alert_on_a_board(profile: Profile) -> None:
    assert render_alert(changed(body="Lên chỗ cao, tránh xa bờ suối. " * 19), profile)


def test_on_a_strip_the_particulars_stand_beside_the_headline() -> None:
    (page,) = pages(changed(kind="drill"), STRIP)
    right = page.crop((1200, 110, 1920, 300))
    assert len(right.getcolors(4096) or []) > 1


def test_an_alert_with_only_a_headline_is_shown() -> None:
    for profile in PROFILES:
        assert render_alert(changed(body="", area="", sender=""), profile)


def test_an_alert_in_jrai_is_shown() -> None:
    words = changed(headline="Ia li mơđơ̆", body="Đuaĭ kơ anih glông ư̆", area="Plơi Ơ̆p")
    for profile in PROFILES:
        assert render_alert(words, profile)


def test_an_area_too_long_for_a_small_board_is_refused_with_a_number() -> None:
    area = (
        "Các phường Pleiku, Hội Phú, Thống Nhất, Diên Hồng, An Phú, xã Biển Hồ, xã Gào,"
        " xã Chư Păh, xã Ia Ly, xã Ia Khươl và xã Ia Phí"
    )
    with pytest.raises(Illegible, match=r"192×96: hãy rút còn khoảng \d+ chữ") as refusal:
        render_alert(changed(area=area), SMALL_BOARD)
    assert refusal.value.field == "area"
    assert render_alert(changed(area=area), ROAD_BOARD)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"headline": " "}, "headline"),
        ({"level": 6}, "level"),
        ({"level": -1}, "level"),
        ({"headline": "Lũ " * 60}, "headline"),
        ({"body": "a" * 601}, "body"),
        ({"sender": "UBND 漢"}, "sender"),
    ],
)
def test_wrong_words_are_refused_at_their_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        render_alert(changed(**changes), HOUSE_SCREEN)
    assert refusal.value.field == field
