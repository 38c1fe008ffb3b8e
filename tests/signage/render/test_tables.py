"""Tables: rows from Excel, Word and people's own hands."""

import pytest

from signage.domain.sentences import Refused
from signage.render.frames import Illegible, checked_slide, render_slide
from signage.render.tables import checked_table, has_heading, is_amounts, rows_of, table_text
from tests.signage.pleiku import SMALL_BOARD
from tests.signage.render.samples import slide

ROWS = (("Loại", "đ/kg"), ("Heo hơi", "62.000"))


@pytest.mark.parametrize(
    "pasted",
    [
        "Loại\tđ/kg\r\nHeo hơi\t62.000\r\n",
        "Loại; đ/kg\nHeo hơi ;62.000",
        "Loại   đ/kg\n\n  Heo hơi      62.000  ",
        "Loại | đ/kg\nHeo hơi | 62.000",
    ],
)
def test_cells_are_told_apart_by_what_people_paste(pasted: str) -> None:
    assert rows_of(table_text(pasted)) == ROWS


def test_a_table_once_tidied_stays_so() -> None:
    once = table_text("a\tb; c\nd\te")
    assert table_text(once) == once
    assert rows_of(once)[0] == ("a", "b; c")


def test_short_rows_are_filled_up() -> None:
    assert rows_of(table_text("a;b;c\nd;e")) == (("a", "b", "c"), ("d", "e", ""))


def test_a_first_row_without_figures_names_the_columns() -> None:
    assert has_heading(ROWS)
    assert not has_heading((("01/12", "Gào"), ("02/12", "Gào")))


def test_amounts_stand_at_the_right_and_times_do_not() -> None:
    assert is_amounts(ROWS, 1)
    assert not is_amounts(ROWS, 0)
    assert not is_amounts((("7:30", "x"), ("8:00", "y")), 0)


@pytest.mark.parametrize("rows", ["một cột", "a;" * 9, "\n".join(["a;b"] * 40)])
def test_what_is_no_table_is_refused_at_its_field(rows: str) -> None:
    with pytest.raises(Refused, match=r"[Hh]ãy") as refusal:
        checked_table(table_text(rows))
    assert refusal.value.text()
    with pytest.raises(Refused) as refusal:
        checked_slide(slide("timetable", title="Giá", rows=rows))
    assert refusal.value.field == "rows"


def test_too_many_rows_for_a_board_are_refused_with_how_many_it_holds() -> None:
    rows = "\n".join(f"Mặt hàng {number};{number}.000" for number in range(12))
    with pytest.raises(Illegible, match=r"chứa khoảng \d+ dòng"):
        what = slide("timetable", title="Giá", rows=rows)
        render_slide(what, SMALL_BOARD, area=SMALL_BOARD.size, picture=None)
