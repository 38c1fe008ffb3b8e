"""An unchanged playlist looked at again: nothing is drawn, and what a slide then costs."""

import tempfile
import time
from pathlib import Path
from typing import Any

from signage.domain.display import Profile
from signage.domain.playlist import PlaylistDraft
from signage.domain.slide import Slide
from signage.render.contact_sheet import SLIDES
from signage.render.usual_profiles import usual_profile
from signage.store import Store
from signage.workflows.content import drawing
from signage.workflows.content.previewing import previews_on

_SLIDES, _ROUNDS = 40, 5


def run() -> list[dict[str, Any]]:
    """Draw a playlist once, then look at it again; processor time in ms, of one slide."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/bench.sqlite3", Path(folder) / "media")
        store.upgrade()
        profile = usual_profile("hd-1920x1080")
        assert profile is not None
        draft = PlaylistDraft(id="bench", unit="city", title="bench", slides=_slides())
        first = _ms_a_slide(store, draft, profile)
        drawn = _counting_draws()
        again = [_ms_a_slide(store, draft, profile) for _ in range(_ROUNDS)]
        store.close()
    return [
        _result("first look, a slide", first, "ms"),
        _result("unchanged, a slide", sorted(again)[_ROUNDS // 2], "ms"),
        _result("unchanged, slides drawn", len(drawn), ""),
    ]


def _slides() -> list[Slide]:
    words = SLIDES["notice"].fields
    return [
        Slide(id=str(number), layout="notice", fields=words | {"title": f"Tin số {number}"})
        for number in range(_SLIDES)
    ]


def _ms_a_slide(store: Store, draft: PlaylistDraft, profile: Profile) -> float:
    began = time.process_time()
    previews_on(store, draft, profile)
    return (time.process_time() - began) * 1000 / _SLIDES


def _counting_draws() -> list[str]:
    """Let every slide drawn from now on be noted in the list returned."""
    drawn: list[str] = []
    draw = drawing.render_pages

    def noted(slide: Slide, *given: Any, **named: Any) -> Any:
        drawn.append(slide.id)
        return draw(slide, *given, **named)

    drawing.render_pages = noted
    return drawn


def _result(metric: str, value: float, unit: str) -> dict[str, Any]:
    return {"bench": "unchanged", "metric": metric, "value": value, "unit": unit, "peer": None}
