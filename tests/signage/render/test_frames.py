"""Frames: every layout on every profile, at its exact pixels, named by its bytes."""

import hashlib
import io
import unicodedata

import msgspec
import pytest
from PIL import Image

from signage.domain.display import Profile
from signage.domain.sentences import Refused
from signage.domain.slide import Slide
from signage.render.colours import luminance
from signage.render.frames import Frame, Illegible, checked_slide, render_slide
from signage.render.layouts import LAYOUTS
from tests.signage.pleiku import HOUSE_SCREEN, ROAD_BOARD, SMALL_BOARD
from tests.signage.render.samples import (
    BOARDS,
    FULL_PICTURE,
    NOTICE,
    PHOTO,
    PICTURE_CLOCK,
    PORTRAIT,
    PROFILES,
    QR,
    RECEPTION,
    SLIDES,
    SLOGAN,
    STRIP,
    TEXTS,
    chequered,
    decoded,
    slide,
)

LONG = "Sáng thứ Bảy mang theo sổ tiêm chủng đến trạm y tế của phường. " * 30


def drawn(what: Slide, profile: Profile, *, band: int = 0) -> Frame:
    area = (profile.width, profile.height - band)
    return render_slide(what, profile, area=area, picture=chequered(1200, 900))


@pytest.mark.system("pixel faces")  # in Noto Sans a small board holds less
@pytest.mark.parametrize("profile", [*PROFILES, PORTRAIT, STRIP], ids=lambda profile: profile.id)
@pytest.mark.parametrize(
    "what", [*TEXTS, PHOTO, FULL_PICTURE, PICTURE_CLOCK], ids=lambda what: what.layout
)
def test_each_layout_is_drawn_at_the_exact_pixels_of_each_profile(
    what: Slide, profile: Profile
) -> None:
    frame = drawn(what, profile)
    assert (frame.width, frame.height) == profile.size == decoded(frame).size
    assert hashlib.sha256(frame.bytes).hexdigest() == frame.sha256


@pytest.mark.parametrize("what", [NOTICE, SLOGAN], ids=lambda what: what.layout)
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_slide_over_a_ticker_is_drawn_lower(what: Slide, profile: Profile) -> None:
    assert drawn(what, profile, band=18).height == profile.height - 18


def test_every_layout_has_a_sample_here() -> None:
    assert {what.layout for what in SLIDES} == set(LAYOUTS)


@pytest.mark.parametrize("what", [*TEXTS, QR], ids=lambda what: what.layout)
def test_text_slides_are_palette_pngs(what: Slide) -> None:
    frame = drawn(what, HOUSE_SCREEN)
    assert frame.media_type == "image/png"
    assert Image.open(io.BytesIO(frame.bytes)).mode == "P"


def test_a_photo_slide_is_a_jpeg_with_full_colour_on_screens_and_lossless_on_boards() -> None:
    large, small = drawn(PHOTO, HOUSE_SCREEN), drawn(PHOTO, SMALL_BOARD)
    assert (large.media_type, small.media_type) == ("image/jpeg", "image/png")
    components = Image.open(io.BytesIO(large.bytes)).layer  # type: ignore[attr-defined]
    assert [sampling for _, *sampling, _ in components] == [[1, 1]] * 3


@pytest.mark.parametrize("what", [*TEXTS, PHOTO], ids=lambda what: what.layout)
def test_the_same_words_give_the_same_bytes(what: Slide) -> None:
    assert drawn(what, ROAD_BOARD) == drawn(what, ROAD_BOARD)


@pytest.mark.parametrize("what", SLIDES, ids=lambda what: what.layout)
def test_frames_carry_no_metadata(what: Slide) -> None:
    frame = drawn(what, HOUSE_SCREEN)
    if frame.media_type == "image/png":
        assert set(png_chunks(frame.bytes)) <= {"IHDR", "PLTE", "IDAT", "IEND"}
    else:
        picture = Image.open(io.BytesIO(frame.bytes))
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def png_chunks(data: bytes) -> list[str]:
    chunks, at = [], 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        chunks.append(data[at + 4 : at + 8].decode())
        at += 12 + length
    return chunks


@pytest.mark.system("pixel faces")  # in Noto Sans a small board holds less
@pytest.mark.parametrize("profile", BOARDS, ids=lambda profile: profile.id)
@pytest.mark.parametrize("what", [NOTICE, SLOGAN, RECEPTION], ids=lambda what: what.layout)
def test_text_on_boards_is_light_on_dark(what: Slide, profile: Profile) -> None:
    picture = drawn(what, profile)
    colours = decoded(picture).getcolors(4096) or []
    light = sum(count * luminance(colour) for count, colour in colours)  # type: ignore[arg-type]
    assert light / (profile.width * profile.height) < 0.25


@pytest.mark.system("pixel faces")
def test_a_small_board_shows_no_half_lit_dots() -> None:
    assert len(decoded(drawn(NOTICE, SMALL_BOARD)).getcolors() or []) == 5


def test_decomposed_words_give_the_same_frame() -> None:
    fields = {name: unicodedata.normalize("NFD", text) for name, text in NOTICE.fields.items()}
    decomposed = msgspec.structs.replace(NOTICE, fields=fields)
    assert drawn(decomposed, ROAD_BOARD) == drawn(NOTICE, ROAD_BOARD)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_too_many_words_are_refused_with_the_number_that_fits(profile: Profile) -> None:
    with pytest.raises(Illegible, match=r"hãy rút còn khoảng \d+ chữ") as refusal:
        drawn(slide("notice", title="Tiêm chủng", body=LONG[:1190]), profile)
    assert refusal.value.field == "body"
    assert f"{profile.width}×{profile.height}" in refusal.value.text()


def test_the_number_of_words_in_the_refusal_does_fit() -> None:
    with pytest.raises(Illegible) as refusal:
        drawn(slide("notice", title="Tiêm chủng", body=LONG[:400]), SMALL_BOARD)
    words = LONG.split()[: int(refusal.value.params["words"])]
    assert drawn(slide("notice", title="Tiêm chủng", body=" ".join(words)), SMALL_BOARD)


def test_a_word_wider_than_the_board_is_refused() -> None:
    with pytest.raises(Illegible, match="từ quá dài"):
        drawn(slide("notice", title="Xem", body="https://pleiku.gialai.gov.vn/tin"), SMALL_BOARD)


def test_a_source_too_long_for_a_board_is_refused_at_its_field() -> None:
    with pytest.raises(Illegible) as refusal:
        drawn(slide("notice", title="Xem", body="Tin", source=LONG[:118]), SMALL_BOARD)
    assert refusal.value.field == "source"


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (slide("notice", title="", body="Tin"), "title"),
        (slide("notice", title="Tin", body=" \u200b "), "body"),
        (slide("notice", title="a" * 121, body="Tin"), "title"),
        (slide("notice", title="Tết 漢", body="Tin"), "title"),
        (slide("notice", title="Tin", body="Tin", footer="x"), "footer"),
        (slide("poster", title="Tin"), "layout"),
        (slide("photo", caption="Tin"), "picture"),
    ],
)
def test_a_wrong_slide_is_refused_at_its_field(what: Slide, field: str) -> None:
    for refused in (lambda: drawn(what, HOUSE_SCREEN), lambda: checked_slide(what)):
        with pytest.raises(Refused) as refusal:
            refused()
        assert refusal.value.field == field
        assert refusal.value.text()


def test_a_slide_whose_picture_is_gone_is_refused() -> None:
    with pytest.raises(Refused, match="chọn ảnh khác"):
        render_slide(PHOTO, HOUSE_SCREEN, area=HOUSE_SCREEN.size, picture=None)


def test_a_checked_slide_has_clean_words_and_every_field() -> None:
    checked = checked_slide(slide("notice", title=" Cắt \u200b điện ", body="Một\r\nhai"))
    assert checked.fields == {"title": "Cắt điện", "body": "Một\nhai", "source": ""}


def test_a_poster_of_another_shape_is_shown_whole() -> None:
    red_edge, blue_edge = 10, -10
    poster = chequered(900, 1200)
    frame = decoded(render_slide(FULL_PICTURE, HOUSE_SCREEN, area=(1920, 1080), picture=poster))
    row = [frame.getpixel((x, 540)) for x in range(1920)]
    shown = [x for x, pixel in enumerate(row) if max(pixel) > 140]  # type: ignore[arg-type]
    assert shown[0] > 1920 * 0.25
    assert shown[-1] < 1920 * 0.75
    assert row[shown[0] + red_edge][0] > 200  # type: ignore[index]
    assert row[shown[-1] + blue_edge][2] > 200  # type: ignore[index]


def test_a_photo_of_nearly_the_same_shape_fills_the_screen() -> None:
    photo = chequered(1500, 1000)
    frame = decoded(render_slide(FULL_PICTURE, HOUSE_SCREEN, area=(1920, 1080), picture=photo))
    assert all(max(frame.getpixel((x, y))) > 90 for x in (2, 1917) for y in (2, 1077))  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(16, 16), (64, 32), (1024, 64), (64, 512), (960, 540)])
@pytest.mark.parametrize("viewing_cm", [1, 2000, 10_000_000])
def test_displays_of_any_shape_show_a_slide_or_say_why_not(
    size: tuple[int, int], viewing_cm: int
) -> None:
    odd = msgspec.structs.replace(
        SMALL_BOARD, width=size[0], height=size[1], pitch_um=4000, viewing_cm=viewing_cm
    )
    for what in SLIDES:
        try:
            frame = drawn(what, odd)
        except Illegible as refusal:
            assert "Hãy" in refusal.text() or "hãy" in refusal.text()  # noqa: PT017 - both are fine
        else:
            assert (frame.width, frame.height) == size
