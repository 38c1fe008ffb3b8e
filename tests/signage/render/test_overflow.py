"""Whatever people write, a layout keeps its ink inside and apart, or refuses with a sentence."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from signage.domain.display import Profile
from signage.domain.sentences import Refused
from signage.domain.slide import Slide
from signage.render.fitting import Block
from signage.render.frames import render_slide
from signage.render.layout import Field, Layout
from signage.render.layouts import LAYOUTS
from signage.render.sheet import Sheet
from signage.render.usual_profiles import PROFILES
from tests.signage.render.samples import PICTURE, chequered

SAMPLE = """
Ấp Ẫy Ở Ỷ phường Nghiêng thường xuyên huyện đường Trường Khuyến nghị 24/11/2026 7 giờ 30 và
ở tại UBND Ủy ban nhân dân thành phố Pleiku “Chợ” – gia súc, gia cầm; ƀok mơnuih Ơ̆ ê̆
0269.3824.115 A5 (mới) nghiêng ngả quyết liệt QUYẾT ĐỊNH đồng/kg 1.250.000₫
"""
WORDS = SAMPLE.split()
KNOWN = {
    "day": st.dates().map(lambda day: f"{day:%d/%m}/{1901 + day.year % 198}"),
    "address": st.sampled_from(("https://pleiku.vn", "https://dichvucong.gov.vn/p/home?id=12")),
    "level": st.integers(1, 5).map(str),
}
PHOTO = chequered(400, 300)
Ink = tuple[int, int, int, int]


def texts(field: Field) -> st.SearchStrategy[str]:
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=min(80, field.most // 5))
    lines = words.map(" ".join)
    if field.rows > 1:
        lines = st.lists(words.map(" ".join), min_size=1, max_size=5).map("\n".join)
    return lines.map(lambda text: text[: field.most].strip() or "Ở")


def slides(layout: Layout) -> st.SearchStrategy[Slide]:
    fields = {
        field.name: KNOWN.get(field.name, texts(field))
        if field.name != "rows"
        else st.lists(texts(field).map(lambda text: text[:40].replace("\n", ";")), min_size=1,
                      max_size=9).map(lambda rows: "\n".join(f"{row}; 1" for row in rows))
        for field in layout.fields
    }  # fmt: skip
    picture = PICTURE if layout.picture else None
    return st.fixed_dictionaries(fields).map(
        lambda words: Slide(id="s", layout=layout.name, fields=words, picture=picture)
    )


class Watched:
    """Watches real sheets: where the ink of each text falls, even outside of its sheet."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.inks: dict[int, list[Ink]] = {}
        self.sizes: dict[int, tuple[int, int]] = {}
        self._sheets: list[Sheet] = []  # kept, so that no id is used twice
        stamp, write = Sheet.stamp, Sheet.write
        writing: list[bool] = []

        def watched_stamp(sheet: Sheet, mask: Image.Image, x: int, y: int, **how: Any) -> None:
            box = mask.getbbox()
            if writing and box:
                ink = (x + box[0], y + box[1], x + box[2], y + box[3])
                self._sheets.append(sheet)
                self.sizes[id(sheet)] = sheet.size
                self.inks.setdefault(id(sheet), []).append(ink)
            stamp(sheet, mask, x, y, **how)

        def watched_write(sheet: Sheet, block: Block, x: int, y: int, **how: Any) -> None:
            writing.append(True)
            write(sheet, block, x, y, **how)
            writing.pop()

        patch.setattr(Sheet, "stamp", watched_stamp)
        patch.setattr(Sheet, "write", watched_write)


def overlapping(one: Ink, other: Ink) -> bool:
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.name)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_ink_stays_inside_and_apart_or_the_slide_is_refused(
    layout: Layout, profile: Profile, data: st.DataObject
) -> None:
    what = data.draw(slides(layout))
    with pytest.MonkeyPatch.context() as patch:
        watched = Watched(patch)
        try:
            render_slide(what, profile, area=profile.size, picture=PHOTO)
        except Refused as refused:
            assert "hãy" in refused.text().casefold()  # noqa: PT017 - both ends are fine
            return
    for sheet, inks in watched.inks.items():
        width, height = watched.sizes[sheet]
        for left, top, right, bottom in inks:
            assert left >= 1
            assert top >= 1
            assert right <= width - 1
            assert bottom <= height - 1
        for one, other in combinations(inks, 2):
            assert not overlapping(one, other)
