"""What the findings of legibility cost: milliseconds of processor time for each slide."""

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace
from PIL import Image

from signage.domain.display import Profile
from signage.domain.slide import Slide
from signage.domain.wording import findings_of_words
from signage.render.contact_sheet import SLIDES
from signage.render.findings.marks import forget
from signage.render.findings.measured import measured
from signage.render.layout import Page, checked_words
from signage.render.layouts import LAYOUTS
from signage.render.usual_profiles import PROFILES

_ROUNDS = 200
_SHORT = SLIDES["notice-short"]


class _Drawn(NamedTuple):
    picture: Image.Image
    words: Mapping[str, str]
    slide: Slide


def run() -> list[dict[str, Any]]:
    """Measure on slides drawn before: the first of a process, and one more of the same kind."""
    results = []
    for profile in PROFILES:
        size = f"{profile.width}×{profile.height}"
        drawn = _draw(_SHORT, profile)
        results.append(_line(f"findings of the first slide {size}", _first(drawn, profile)))
        results.append(_line(f"findings of a slide {size}", _each(drawn, profile)))
    return results


def _draw(slide: Slide, profile: Profile) -> _Drawn:
    layout = LAYOUTS[slide.layout]
    slide = replace(slide, fields=checked_words(layout, slide))
    picture = layout.draw(Page(profile, profile.size, slide.fields))
    return _Drawn(picture, slide.fields, slide)


def _first(drawn: _Drawn, profile: Profile) -> float:
    forget()
    return _milliseconds(drawn, profile, 1)


def _each(drawn: _Drawn, profile: Profile) -> float:
    return _milliseconds(drawn, profile, _ROUNDS)


def _milliseconds(drawn: _Drawn, profile: Profile, rounds: int) -> float:
    began = time.process_time()
    for _ in range(rounds):
        measured(drawn.picture, drawn.words, profile)
        findings_of_words(drawn.slide)
    return 1000 * (time.process_time() - began) / rounds


def _line(metric: str, value: float) -> dict[str, Any]:
    return {"bench": "legibility", "metric": metric, "value": value, "unit": "ms", "peer": None}
