"""Findings on pages: a word, an icon and a sentence for each, and the field it is about."""

from collections.abc import Iterable

from signage.domain.finding import Finding, Severity
from signage.domain.names import NotFound
from signage.domain.sentences import N_
from signage.web.language import gettext
from signage.workflows.content.layout_choice import layout_named
from signage.workflows.content.previewing import Preview

WORDS: dict[Severity, tuple[str, str]] = {
    "refuse": (N_("Phải sửa"), "stop"),
    "warn": (N_("Nên sửa"), "warning"),
    "note": (N_("Lưu ý"), "info"),
}
"""How each severity is called, and its icon."""

_OWN_FIELDS = {"seconds": N_("Thời lượng"), "picture": N_("Ảnh"), "video": N_("Video")}
MANY = 3
"""On how many slides the same sentence is said once for all."""

# What stands in the place of the picture already.
_SAID_INSTEAD = {"not_drawn", "not_yet", "motion"}


def beside_picture(found: Iterable[Finding]) -> list[Finding]:
    """Return `found` without the refusal that is shown where the picture would be."""
    return [one for one in found if one.code not in _SAID_INSTEAD]


def said_of_many(findings: Iterable[Iterable[Finding]]) -> list[tuple[Finding, int]]:
    """Return what is said word for word of MANY slides or more, and of how many.

    `findings` are those of each slide. What refuses a slide always stands beside it.
    """
    said = [one for slide in findings for one in slide if one.severity != "refuse"]
    counted = [
        (one, said.count(one)) for number, one in enumerate(said) if one not in said[:number]
    ]
    return [(one, count) for one, count in counted if count >= MANY]


def finding_sentence(finding: Finding) -> str:
    """Return the sentence in the language of the page."""
    return finding.text(gettext)


def finding_field(finding: Finding, layout: str | None) -> str:
    """Return the label of the field that a finding is about, or nothing."""
    if finding.field is None or layout is None:
        return ""
    if finding.field in _OWN_FIELDS:
        return str(gettext(_OWN_FIELDS[finding.field]))
    try:
        fields = layout_named(layout).fields
    except NotFound:
        return ""
    return next((str(gettext(one.label)) for one in fields if one.name == finding.field), "")


def warnings_in(previews: Iterable[Preview]) -> int:
    """Return how many things should be changed, though they need not, each counted once."""
    warnings = {
        (shown.subject_hash, one.code, one.field, one.profile)
        for shown in previews
        for one in shown.findings
        if one.severity == "warn"
    }
    return len(warnings)


TAUGHT = {
    "finding_words": WORDS,
    "finding_sentence": finding_sentence,
    "finding_field": finding_field,
    "beside_picture": beside_picture,
    "said_of_many": said_of_many,
}
"""What the templates may ask."""
