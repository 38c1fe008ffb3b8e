"""Spoken slides: the words of one slide in its languages, each checked as a slide of its own."""

from msgspec.structs import replace

from signage.domain.language import LANGUAGES
from signage.domain.sentences import N_, Refused
from signage.domain.slide import Slide, Version, checked_seconds
from signage.render.frames import checked_slide


def checked_versions(slide: Slide) -> Slide:
    """Return `slide` with the words of each language cleaned; languages without words go.

    Without words in its own language the first of the others takes its place. Raises Refused as
    `checked_slide`; its field is then "jra-title" for the title in Jrai, otherwise "title".
    """
    _require_known(slide)
    spoken = [one for one in slide.spoken() if any(map(str.strip, one.fields.values()))]
    if not spoken:
        return checked_slide(replace(slide, versions={}))
    own, *others = (_checked(one, slide.language) for one in spoken)
    versions = {one.language: Version(fields=one.fields, seconds=one.seconds) for one in others}
    return replace(own, versions=versions)


def _checked(spoken: Slide, own_language: str) -> Slide:
    try:
        return checked_slide(replace(spoken, seconds=checked_seconds(spoken.seconds)))
    except Refused as refusal:
        if spoken.language != own_language and refusal.field:
            refusal.field = f"{spoken.language}-{refusal.field}"
        raise


def _require_known(slide: Slide) -> None:
    for tag in (slide.language, *slide.versions):
        if tag not in LANGUAGES:
            raise Refused(
                N_("Không có bản ngữ “{language}”. Hãy dùng một trong: {known}."),
                field="versions",
                language=tag[:20],
                known=", ".join(LANGUAGES),
            )
