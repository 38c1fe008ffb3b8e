"""Tests that the timeline tells each step once, with a column for each display."""

import io

from rich.console import Console

from signage.demo.journey.timeline import Timeline, table_of


def told(timeline: Timeline) -> list[list[str]]:
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(table_of(timeline.moments, {"hoa-lu": "Hoa Lư", "ubnd": "UBND"}))
    lines = console.export_text().splitlines()
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if "│" in line]


def test_a_step_of_the_controller_stands_in_its_column():
    timeline = Timeline()
    timeline.note("submit", 1234)
    assert told(timeline) == [["submit", "1,234", "", ""]]


def test_what_came_on_displays_is_counted_from_the_click():
    timeline = Timeline()
    timeline.note_each("alert", {"ubnd": 1_040, "hoa-lu": 1_065}, since=1_000)
    assert told(timeline) == [["alert", "", "65", "40"]]


def test_steps_stand_in_the_order_in_which_they_took_place():
    timeline = Timeline()
    for step in ("upload", "approve", "alert"):
        timeline.note(step, 1)
    assert [row[0] for row in told(timeline)] == ["upload", "approve", "alert"]


def test_a_display_that_was_left_out_of_a_step_has_an_empty_cell():
    timeline = Timeline()
    timeline.note_each("restart", {"hoa-lu": 5}, since=0)
    assert told(timeline) == [["restart", "", "5", ""]]
