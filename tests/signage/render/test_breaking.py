"""Lines break where a reader would: evenly, with words, names and numbers whole."""

from hypothesis import given
from hypothesis import strategies as st

from signage.render.breaking import break_lines, line_count, measured, pieces_of, torn_words


def broken(text: str, letters: int, *, even: bool = False) -> list[str]:
    return break_lines(measured(pieces_of(text), len), letters, even=even)


def test_text_that_fits_stays_on_one_line() -> None:
    assert broken("Cắt điện ngày mai", 20) == ["Cắt điện ngày mai"]


def test_no_syllable_stands_alone_on_the_last_line() -> None:
    assert broken("một hai ba bốn năm", 14) == ["một hai ba", "bốn năm"]


def test_headings_have_lines_of_like_length() -> None:
    lines = broken("Lễ ra quân trồng rừng đầu xuân", 26, even=True)
    assert lines == ["Lễ ra quân trồng", "rừng đầu xuân"]


def test_a_number_stays_with_its_unit_and_with_the_word_before() -> None:
    lines = broken("họp lúc 7 giờ ngày 25 tháng 11", 21)
    assert lines == ["họp lúc 7 giờ", "ngày 25 tháng 11"]


def test_a_word_of_two_syllables_is_not_torn() -> None:
    lines = broken("Ngày hội văn hóa các làng Jrai", 22, even=True)
    assert lines == ["Ngày hội văn hóa", "các làng Jrai"]


def test_a_name_is_not_torn() -> None:
    lines = broken("dọc đường Hùng Vương về chợ", 18)
    assert lines == ["dọc đường", "Hùng Vương về chợ"]


def test_a_weekday_is_not_torn_for_the_sake_of_its_date() -> None:
    assert broken("Sáng thứ Bảy 28/11/2026, tại chợ", 19) == ["Sáng thứ Bảy", "28/11/2026, tại chợ"]


def test_a_line_more_is_taken_where_that_tears_less() -> None:
    text = measured(pieces_of("28/11/2026, từ 7 giờ 30 đến 11 giờ"), len)
    lines = break_lines(text, 16, even=False, spare=True)
    assert lines == ["28/11/2026,", "từ 7 giờ 30", "đến 11 giờ"]


def test_torn_words_are_counted() -> None:
    assert torn_words(["dọc đường Hùng", "Vương về chợ lúc", "7 giờ"]) == 2


def test_a_jrai_compound_may_break_at_its_hyphen_and_a_date_may_not() -> None:
    assert broken("mơnuih-mơnam", 8) == ["mơnuih-", "mơnam"]
    assert line_count(measured(pieces_of("30/4-1/5"), len), 6) is None


def test_a_no_break_blank_keeps_its_words_together() -> None:
    assert broken("gặp ông\u00a0Ksor sáng nay", 8) == ["gặp", "ông\u00a0Ksor", "sáng nay"]


def test_a_piece_wider_than_the_room_is_told() -> None:
    assert line_count(measured(pieces_of("https://pleiku.gialai.gov.vn"), len), 20) is None


WORDS = st.lists(st.text("abơệ", min_size=1, max_size=9), min_size=1, max_size=40)


@given(WORDS, st.integers(9, 60), st.booleans())
def test_nothing_is_lost_and_no_line_is_too_wide(words: list[str], room: int, even: bool) -> None:
    lines = broken(" ".join(words), room, even=even)
    assert " ".join(lines) == " ".join(words)
    assert all(len(line) <= room for line in lines)
    assert len(lines) == line_count(measured(pieces_of(" ".join(words)), len), room)


def test_a_word_broken_at_its_hyphen_counts_as_torn() -> None:
    assert torn_words(["Tiêm vắc-", "xin sởi"]) == 1


def test_a_dash_ends_a_line_and_begins_none() -> None:
    assert broken("Sởi – rubella", 9)[0] == "Sởi –"
