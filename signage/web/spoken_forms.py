"""The languages of a slide in its form: a tab for each, and what was typed into them."""

import msgspec

from signage.domain.arrangement import MAIN
from signage.domain.fit import AUTO
from signage.domain.language import LANGUAGES, REVIEWED, VIETNAMESE, WITH_LETTERS
from signage.domain.legacy_text import legacy_of
from signage.domain.sentences import Refused
from signage.domain.slide import MAX_SLIDE_SECONDS, USUAL_SECONDS, Slide, Version, checked_seconds
from signage.web.forms import text, whole_number
from signage.workflows.content.layout_choice import Layout
from signage.workflows.content.previewing import UNSAVED


class TongueTab(msgspec.Struct, frozen=True, kw_only=True):
    """One language in the form; `prefix` stands before the names of its fields."""

    tag: str
    prefix: str
    fields: dict[str, str]
    seconds: int
    has_letters: bool


def tongues(layout: Layout, slide: Slide) -> list[TongueTab]:
    """Return the tabs of the form; a layout without words has Vietnamese alone."""
    spoken = {one.language: one for one in slide.spoken()}
    tags = LANGUAGES if layout.fields else (VIETNAMESE,)
    return [
        TongueTab(
            tag=tag,
            prefix=_prefix(tag),
            fields=spoken[tag].fields if tag in spoken else {},
            seconds=spoken[tag].seconds if tag in spoken else slide.seconds,
            has_letters=tag in WITH_LETTERS,
        )
        for tag in tags
    ]


def words(layout: Layout, tag: str = VIETNAMESE) -> dict[str, str]:
    """Return what was typed in one language, by field."""
    # Browsers send line ends as CR LF.
    typed = {one.name: text(_prefix(tag) + one.name) for one in layout.fields}
    return {name: one.replace("\r\n", "\n") for name, one in typed.items()}


def versions(layout: Layout) -> dict[str, Version]:
    """Return what was typed in the languages besides Vietnamese; raises Refused for no number."""
    own = whole_number("seconds", default=USUAL_SECONDS)
    typed = {tag: words(layout, tag) for tag in REVIEWED}
    return {
        tag: Version(fields=fields, seconds=whole_number(_prefix(tag) + "seconds", default=own))
        for tag, fields in typed.items()
        if any(map(str.strip, fields.values()))
    }


def typed(layout: Layout, seconds: int) -> Slide:
    """Return what is being typed; `seconds` is how long the Vietnamese words stay."""
    versions = {
        tag: Version(fields=fields, seconds=_seconds(f"{tag}-seconds", seconds))
        for tag in REVIEWED
        if any((fields := words(layout, tag)).values())
    }
    return Slide(
        id=UNSAVED,
        layout=layout.name,
        fields=words(layout),
        picture=text("picture") or None,
        video=text("video") or None,
        seconds=seconds,
        versions=versions,
        zone=text("zone") or MAIN,
        fit=text("fit") or AUTO,
    )


def legacy(layout: Layout) -> dict[str, str]:
    """Return what fields in an old code page most likely mean, by the field's name in the form."""
    names = [_prefix(tag) + field.name for tag in LANGUAGES for field in layout.fields]
    return {name: one.text for name in names if (one := legacy_of(text(name)))}


def _prefix(tag: str) -> str:
    return "" if tag == VIETNAMESE else f"{tag}-"


def _seconds(name: str, otherwise: int) -> int:
    try:
        return checked_seconds(whole_number(name, default=otherwise))
    except Refused:
        return MAX_SLIDE_SECONDS
