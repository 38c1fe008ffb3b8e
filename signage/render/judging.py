"""Judging: a slide drawn for one profile with everything that there is to say about it."""

from typing import NamedTuple

from PIL import Image

from signage.domain.display import Profile
from signage.domain.finding import Finding, gravest_first
from signage.domain.sentences import Refused
from signage.domain.slide import Slide
from signage.domain.wording import findings_of_words
from signage.render.frames import Frame
from signage.render.paging import render_pages


class Judged(NamedTuple):
    """The pages, none when the slide can't be drawn, and its findings, the gravest first."""

    pages: tuple[Frame, ...]
    findings: list[Finding]

    @property
    def frame(self) -> Frame | None:
        """The first page."""
        return self.pages[0] if self.pages else None


def judge(
    slide: Slide,
    profile: Profile,
    *,
    area: tuple[int, int] | None = None,
    picture: Image.Image | None = None,
) -> Judged:
    """Draw a spoken `slide` at `area` px (by default the whole profile) and say all about it.

    `picture` is the clean asset that the slide names, or None. Raises nothing: a slide that can't
    be drawn has a finding that refuses it.
    """
    said = findings_of_words(slide)
    try:
        pages = render_pages(slide, profile, area=area or profile.size, picture=picture)
    except Refused as refused:
        return Judged((), [Finding.of(refused, profile=profile.id), *gravest_first(said)])
    said = findings_of_words(slide, pages=len(pages))
    return Judged(pages, gravest_first([*pages[0].findings, *said]))


def findings_of(
    slide: Slide,
    profile: Profile,
    *,
    area: tuple[int, int] | None = None,
    picture: Image.Image | None = None,
) -> list[Finding]:
    """Return what there is to say about `slide` on `profile`; see judge."""
    return judge(slide, profile, area=area, picture=picture).findings
