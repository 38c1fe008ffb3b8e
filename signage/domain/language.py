"""Languages of slides: Vietnamese, those of the province's peoples, English; who has read which."""

from collections.abc import Mapping

import msgspec

from signage.domain.sentences import N_

VIETNAMESE = "vi"

LANGUAGES: Mapping[str, str] = {
    VIETNAMESE: N_("tiếng Việt"),
    "jra": N_("tiếng Jrai"),
    "bdq": N_("tiếng Bahnar"),
    "en": N_("tiếng Anh"),
}
"""By BCP 47 tag, in the order in which they are shown; the approver reads Vietnamese."""

REVIEWED = tuple(tag for tag in LANGUAGES if tag != VIETNAMESE)
"""Versions in these need a person who has the language."""


LETTERS: Mapping[str, str] = {
    "ƀ": N_("b có gạch"),
    "č": N_("c có mũ ngược"),
    "ĕ": N_("e trăng"),
    "ĭ": N_("i trăng"),
    "ñ": N_("n ngã"),
    "ŏ": N_("o trăng"),
    "ŭ": N_("u trăng"),
    "â\u0306": N_("â trăng"),
    "ê\u0306": N_("ê trăng"),
    "ô\u0306": N_("ô trăng"),
    "ơ\u0306": N_("ơ trăng"),
    "ư\u0306": N_("ư trăng"),
}
"""Letters of Jrai and Bahnar that no keyboard for Vietnamese types, and how they are called."""

WITH_LETTERS = ("jra", "bdq")


class LanguageDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What a language reviewer said of words in one language; `subjects` are their slide hashes.

    `by` is a user id, `at` milliseconds since the epoch, `comment` what to change when refused.
    """

    language: str
    approved: bool
    subjects: tuple[str, ...]
    by: str
    at: int
    comment: str = ""
