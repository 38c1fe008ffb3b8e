"""Small frames are compared, pixel by pixel, with pictures that people have looked at.

After a wanted change: `UPDATE_GOLDEN=1 pytest tests/signage/render/test_golden_frames.py`, look at
tests/golden/render, commit. Only pixel faces here: outlines differ from one FreeType to the next.
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from signage.domain.slide import TickerLine
from signage.render.alert_pages import AlertWords, render_alert
from signage.render.fallback import render_safe
from signage.render.frames import Frame, render_slide
from signage.render.tickers import render_strip
from tests.signage.pleiku import SMALL_BOARD
from tests.signage.render.samples import (
    ANSWER,
    CORRECTION,
    DISASTER,
    EVENT,
    FOREST_FIRE,
    GREETING,
    NOTICE,
    RECEPTION,
    SLOGAN,
    TIMETABLE,
    TWO_COLUMNS,
    decoded,
    slide,
)

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "render"

JRAI = slide(
    "notice", title="Abih bang mơnuih-mơnam", body="tơkeng rai rơngai. Ê̆ Ô̆ Ơ̆ Ư̆ ê̆ ô̆ ơ̆ ư̆ ƀ Ƀ"
)
ALERT = AlertWords(
    headline="Lũ quét, sạt lở đất",
    area="Phường Hội Phú",
    until_ms=1_795_433_400_000,
    sender="UBND phường",
    level=3,
)
LINES = [TickerLine(id="1", text="Gọi 1022 khi thấy đường hỏng", speed=2)]


def slide_frame(what) -> Frame:  # type: ignore[no-untyped-def]
    return render_slide(what, SMALL_BOARD, area=SMALL_BOARD.size, picture=None)


FRAMES = {
    "notice": lambda: slide_frame(NOTICE),
    "notice-jrai": lambda: slide_frame(JRAI),
    "slogan": lambda: slide_frame(SLOGAN),
    "reception": lambda: slide_frame(RECEPTION),
    "event": lambda: slide_frame(EVENT),
    "timetable": lambda: slide_frame(TIMETABLE),
    "two-columns": lambda: slide_frame(TWO_COLUMNS),
    "answer": lambda: slide_frame(ANSWER),
    "correction": lambda: slide_frame(CORRECTION),
    "greeting": lambda: slide_frame(GREETING),
    "forest-fire": lambda: slide_frame(FOREST_FIRE),
    "disaster": lambda: slide_frame(DISASTER),
    "alert-1": lambda: render_alert(ALERT, SMALL_BOARD)[0],
    "alert-2": lambda: render_alert(ALERT, SMALL_BOARD)[1],
    "ticker": lambda: render_strip(LINES, SMALL_BOARD, alone=False).frame,
    "safe": lambda: render_safe(SMALL_BOARD, "Bảng UBND", "Phường Hội Phú"),
}


@pytest.mark.system("pixel faces")
@pytest.mark.parametrize("name", FRAMES)
def test_a_small_board_shows_what_people_have_looked_at(name: str) -> None:
    picture = decoded(FRAMES[name]())
    path = GOLDEN / f"{name}.png"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path)
    golden = Image.open(path).convert("RGB")
    assert picture.size == golden.size
    assert ImageChops.difference(picture, golden).getbbox() is None
