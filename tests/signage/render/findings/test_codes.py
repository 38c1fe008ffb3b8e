"""QR codes are large enough for a phone where people stand."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from signage.render.colours import BLACK, WHITE
from signage.render.contents import contents_of
from signage.render.findings.codes import codes
from signage.render.sheet import Sheet
from tests.signage.pleiku import HOUSE_SCREEN, ROAD_BOARD

NEAR = replace(HOUSE_SCREEN, pitch_um=1_000, viewing_cm=200)


def test_a_slide_without_a_code_has_no_finding() -> None:
    assert codes([], ROAD_BOARD) == []


def test_modules_of_one_pixel_are_refused() -> None:
    assert [one.severity for one in codes([1], NEAR)] == ["refuse"]


def test_a_code_is_scanned_from_400_times_its_module() -> None:
    assert codes([5], NEAR) == []
    [far] = codes([3], NEAR)
    assert (far.severity, far.params) == ("note", {"near": 1, "far": 2})


def test_a_code_for_which_people_must_come_very_near_is_a_warning() -> None:
    assert [one.severity for one in codes([2], replace(NEAR, viewing_cm=300))] == ["warn"]


def test_a_code_on_a_road_board_is_told_to_be_out_of_reach() -> None:
    [far] = codes([3], ROAD_BOARD)
    assert "30 m" in far.text()


def test_a_sheet_remembers_the_modules_of_its_codes() -> None:
    sheet = Sheet((40, 40), BLACK)
    sheet.fill((4, 4, 36, 36), WHITE)
    sheet.note_code(3)
    assert contents_of(sheet.finished()).modules == (3,)


@given(st.integers(1, 60), st.integers(1, 60))
def test_a_larger_module_is_never_worse(one: int, more: int) -> None:
    worse = {"refuse": 3, "warn": 2, "note": 1}
    smaller, larger = codes([one], NEAR), codes([one + more], NEAR)
    assert [worse[f.severity] for f in larger] <= [worse[f.severity] for f in smaller]
