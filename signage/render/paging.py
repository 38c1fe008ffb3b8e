"""Paging: words that a display can't hold at once become pages of one slide, shown in turn."""

import math
from collections.abc import Iterator

from msgspec.structs import replace
from PIL import Image

from signage.domain.display import Profile
from signage.domain.finding import Finding, gravest_first
from signage.domain.sentences import N_
from signage.domain.slide import Slide
from signage.render.frames import Frame, Illegible, checked_slide, render_slide
from signage.render.layout import Paged
from signage.render.layouts import LAYOUTS

MAX_PAGES = 4
"""Nobody who walks by waits for more."""
MAX_PAGES_AT_ROAD = 2


def render_pages(
    slide: Slide, profile: Profile, *, area: tuple[int, int], picture: Image.Image | None
) -> tuple[Frame, ...]:
    """Draw `slide` as `render_slide` does, on as few pages as hold its words.

    Letters shrink first, then lines break; only what still does not fit is paged. Raises as
    render_slide does, when even MAX_PAGES are too few.
    """
    try:
        return (render_slide(slide, profile, area=area, picture=picture),)
    except Illegible as refusal:
        paged = LAYOUTS[slide.layout].paged
        fit = refusal.params.get("words") or refusal.params.get("rows")
        if paged is None or refusal.field != paged.field or not isinstance(fit, int):
            raise
        whole = refusal
    most = MAX_PAGES_AT_ROAD if profile.traffic else MAX_PAGES
    for pages in _cuts(checked_slide(slide), paged, fit, most):
        try:
            frames = [render_slide(one, profile, area=area, picture=picture) for one in pages]
        except Illegible:
            continue
        return _told(frames, slide, profile)
    raise _too_much(whole, fit, most)


def _cuts(slide: Slide, paged: Paged, fit: int, most: int) -> Iterator[list[Slide]]:
    """Yield `slide` as pages, in the order in which they are worth trying."""
    text = slide.fields[paged.field]
    length = len(text.split("\n") if paged.rows else text.split())
    # What fits was told for the whole; a page may hold a little more.
    least = min(most, max(2, math.ceil(length / fit * 0.8)))
    for count in range(least, most + 1):
        for parts in paged.portions(text, count):
            for mark in (paged.mark, None) if paged.mark else (None,):
                yield [
                    _page(slide, paged.field, part, mark, f" ({number}/{len(parts)})")
                    for number, part in enumerate(parts, 1)
                ]


def _page(slide: Slide, field: str, part: str, mark: str | None, number: str) -> Slide:
    words = slide.fields | {field: part}
    if mark and words.get(mark):
        words[mark] += number
    return replace(slide, fields=words)


def _told(frames: list[Frame], slide: Slide, profile: Profile) -> tuple[Frame, ...]:
    """Return the pages; the first tells what is to be said of all, each thing once."""
    note = Finding(
        code="paged",
        severity="note",
        msgid=N_(
            "Chữ dài nên trên bảng này trang chia làm {pages}, lần lượt mỗi phần {seconds} giây."
        ),
        params={"pages": len(frames), "seconds": slide.seconds},
        profile=profile.id,
    )
    said = {(one.code, one.field): one for frame in frames[::-1] for one in frame.findings}
    first = replace(frames[0], findings=tuple(gravest_first([*said.values(), note])))
    return (first, *(replace(one, findings=()) for one in frames[1:]))


def _too_much(whole: Illegible, fit: int, most: int) -> Illegible:
    if "rows" in whole.params:
        msgid = N_(
            "Bảng {board} chứa khoảng {rows} dòng mỗi trang, tối đa {pages} trang."
            " Hãy bớt dòng hoặc tách làm nhiều trang chiếu."
        )
    elif "label" in whole.params:
        msgid = N_(
            "Ô “{label}” quá nhiều chữ cho bảng {board}, kể cả khi chia làm {pages} trang:"
            " hãy rút còn khoảng {words} chữ."
        )
        whole.params["words"] = fit * most
    else:
        return whole
    return Illegible(msgid, field=whole.field, **whole.params, pages=most)
