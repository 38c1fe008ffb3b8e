"""Wording: what can be said of a slide's words on every display, without drawing them."""

from collections.abc import Iterable, Sequence

import msgspec

from signage.domain.contact import only_online
from signage.domain.finding import Finding
from signage.domain.legacy_text import findings_of_legacy
from signage.domain.personal_data import PersonalNumber, findings_of_text
from signage.domain.reading import foreign_words, too_short
from signage.domain.slide import Slide, TickerLine
from signage.domain.starters import blanks_left


def findings_of_words(slide: Slide, *, pages: int = 1) -> list[Finding]:
    """Return what to tell about a spoken `slide`: how many words, the contact, people's numbers.

    `pages` is on how many pages its words stand, each for all of its seconds.
    """
    told = (too_short(slide, pages=pages), only_online(slide.fields), foreign_words(slide))
    found = [one for one in told if one]
    found += blanks_left(slide.fields)
    found += findings_of_legacy(slide.fields)
    for name, text in slide.fields.items():
        found += _personal(text, name)
    return found


def findings_of_lines(lines: Sequence[TickerLine]) -> list[Finding]:
    """Return what to tell about the words of ticker lines; they belong together."""
    contact = only_online({str(number): line.text for number, line in enumerate(lines)})
    found = [msgspec.structs.replace(contact, field="text")] if contact else []
    found += findings_of_legacy({"text": "\n".join(line.text for line in lines)})
    for line in lines:
        found += _personal(line.text, "text")
    return found


def findings_of_picture(numbers: Iterable[PersonalNumber]) -> list[Finding]:
    """Return what to tell about people's numbers in the text of a page that a slide shows."""
    return _told(numbers, "picture")


def _personal(text: str, field: str) -> list[Finding]:
    return _told(findings_of_text(text), field)


def _told(numbers: Iterable[PersonalNumber], field: str) -> list[Finding]:
    """Return a finding for each of the `numbers`, each once; the approver decides about them."""
    told = {}
    for one in numbers:
        said = one.sentence()
        told[one.kind, one.masked] = Finding(
            code=one.kind,
            severity="warn",
            msgid=said.msgid,
            params=dict(said.params),
            field=field,
        )
    return list(told.values())
