"""Words too long for a display become pages: few, alike in length, cut where a reader pauses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.domain.display import Profile
from signage.domain.slide import Slide
from signage.render.frames import Frame, Illegible
from signage.render.paging import MAX_PAGES, MAX_PAGES_AT_ROAD, render_pages
from signage.render.portions import portions_of_table, portions_of_text
from tests.signage.pleiku import HOUSE_SCREEN, ROAD_BOARD, SMALL_BOARD

SENTENCE = "Phụ huynh mang theo sổ tiêm chủng, đến Trạm Y tế trước 7 giờ 30. "


def notice(sentences: int) -> Slide:
    words = {"title": "Tiêm chủng", "body": SENTENCE * sentences, "source": ""}
    return Slide(id="s", layout="notice", fields=words)


def pages(what: Slide, profile: Profile) -> tuple[Frame, ...]:
    return render_pages(what, profile, area=profile.size, picture=None)


def test_what_fits_stays_on_one_page() -> None:
    assert len(pages(notice(4), HOUSE_SCREEN)) == 1
    assert len(pages(notice(1), SMALL_BOARD)) == 1


def test_a_long_notice_goes_on_upon_further_pages_and_says_so() -> None:
    first, *others = pages(notice(3), SMALL_BOARD)
    assert others
    assert {page.sha256 for page in others}.isdisjoint({first.sha256})
    [told] = [one for one in first.findings if one.code == "paged"]
    assert told.params["pages"] == 1 + len(others)


def test_a_long_table_has_the_names_of_its_columns_on_every_page() -> None:
    rows = ["Ngày | Nơi", *(f"{day:02}/12 | Tổ {day}" for day in range(1, 9))]
    [parts] = portions_of_table("\n".join(rows), 3)
    assert [part.split("\n")[0] for part in parts] == ["Ngày | Nơi"] * 3
    assert [row for part in parts for row in part.split("\n")[1:]] == rows[1:]


def test_drivers_get_no_more_than_two_pages_and_nobody_more_than_four() -> None:
    rows = "\n".join(f"{day:02}/12 | Nhà văn hóa tổ {day}" for day in range(1, 24))
    table = {"title": "Lịch tiêm", "rows": rows, "source": ""}
    with pytest.raises(Illegible, match=f"tối đa {MAX_PAGES_AT_ROAD} trang"):
        pages(Slide(id="s", layout="timetable", fields=table), ROAD_BOARD)
    with pytest.raises(Illegible, match=f"chia làm {MAX_PAGES} trang"):
        pages(notice(16), SMALL_BOARD)


def test_a_warning_is_never_torn_in_pages() -> None:
    words = {"level": "3", "hazard": "Lũ quét", "area": "Xã Gào", "source": "Đài KTTV"}
    flood = Slide(id="s", layout="disaster", fields=words | {"advice": "Lên chỗ cao ngay. " * 15})
    with pytest.raises(Illegible):
        pages(flood, SMALL_BOARD)


@given(st.text("ab. ,\n", min_size=1, max_size=80), st.integers(2, 4))
@settings(max_examples=60)
def test_no_word_is_lost_or_doubled_where_a_text_is_cut(text: str, count: int) -> None:
    for parts in portions_of_text(text, count):
        assert 1 <= len(parts) <= count
        kept = " ".join(part.removeprefix("… ").removesuffix("…") for part in parts)
        assert kept.split() == text.split()
