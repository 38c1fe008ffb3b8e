"""Text is set as large as the room allows, and refused with a number when it cannot be."""

import pytest

from signage.render.fitting import TooMuch, fit, loosened
from signage.render.legibility import ladder
from signage.render.typefaces import BOLD

FACES = ladder(False, 100, 40, BOLD)
TEXT = "Tiêm vắc-xin sởi cho trẻ từ một đến năm tuổi tại trạm y tế phường Hội Phú"


def test_short_text_takes_the_largest_face() -> None:
    assert fit("Cắt điện", (1000, 500), FACES).face.size == 100


@pytest.mark.parametrize("room", [(900, 300), (600, 420), (1700, 130)])
def test_text_stays_within_its_room(room: tuple[int, int]) -> None:
    block = fit(TEXT, room, FACES)
    assert block.width <= room[0]
    assert block.height <= room[1]
    assert 40 <= block.face.size < 100


def test_more_room_never_gives_smaller_letters() -> None:
    sizes = [fit(TEXT, (900, height), FACES).face.size for height in range(250, 600, 25)]
    assert sizes == sorted(sizes)


def test_too_much_text_says_how_many_words_would_fit() -> None:
    with pytest.raises(TooMuch) as error:
        fit(TEXT * 5, (900, 200), FACES)
    words = " ".join((TEXT * 5).split()[: error.value.words])
    assert fit(words, (900, 200), FACES)
    with pytest.raises(TooMuch):
        fit(" ".join((TEXT * 5).split()[: error.value.words + 1]), (900, 200), FACES)


def test_a_heading_takes_one_line_when_that_costs_little() -> None:
    assert len(fit("Lịch tiếp công dân", (860, 400), FACES, even=True).lines) == 1


def test_a_heading_gives_up_size_rather_than_tear_a_word() -> None:
    block = fit("Nhiệt liệt chào mừng Ngày Văn hóa", (1000, 420), FACES, even=True)
    assert "Văn hóa" in block.lines[-1].text


def test_lines_that_begin_with_a_dash_become_bullets_with_a_hanging_indent() -> None:
    block = fit("Nhớ:\n- Đậy kín bể nước trong nhà\n- Ngủ màn", (420, 900), FACES[-1:])
    assert [line.text for line in block.lines if line.marker == "•"] == [
        "Đậy kín bể nước",
        "Ngủ màn",
    ]
    assert all(line.x > 0 for line in block.lines[1:])
    assert block.lines[0].x == 0


def test_numbered_lines_hang_from_their_numbers() -> None:
    block = fit("1. Gọi 114 và nói rõ nơi cháy\n2) Ra ngoài", (420, 900), FACES[-1:])
    assert [line.marker for line in block.lines] == ["1.", "", "2)"]
    assert min(line.x for line in block.lines) > 0


def test_a_date_at_the_start_of_a_line_is_no_list() -> None:
    assert not any(line.marker for line in fit("24/11 nghỉ\n1.000 cây", (900, 900), FACES).lines)


def test_paragraphs_stand_apart() -> None:
    one, two = fit("một hai", (900, 900), FACES), fit("một\nhai", (900, 900), FACES)
    assert two.lines[1].baseline - two.lines[0].baseline > one.face.line


@pytest.mark.system("pixel faces")
def test_pixel_lines_move_apart_only_as_far_as_there_is_room() -> None:
    block = fit(TEXT, (300, 200), ladder(True, 16, 16, BOLD))
    assert loosened(block, block.height) == block
    assert block.height < loosened(block, 200).height <= 200
