"""Finds what looks like a person's number in a text, so that an approver looks twice."""

import re
from typing import Literal

import msgspec

from signage.domain.sentences import N_, Said

# Digits in one run, or in groups with one blank, dot or hyphen between them.
_RUN = re.compile(r"(?<![\d.,/-])\+?\d(?:[ .\-\u00a0]?\d){8,13}(?![\d]|[.,/-]\d)")
_CITIZEN_ID = re.compile(r"0\d{11}")
_MOBILE = re.compile(r"(?:0|\+?84)[35789]\d{8}")
_LANDLINE = re.compile(r"(?:0|\+?84)2\d{9}")
_MONEY = re.compile(r"\s*(?:đồng|vnđ|vnd|đ\b|₫|usd|m2|m²|kg|người|ha\b)", re.IGNORECASE)

_SENTENCES = {
    "citizen_id": N_(
        "Có số giống số căn cước công dân ({masked})."
        " Hãy xoá số này, trừ khi người đó đã đồng ý công khai."
    ),
    "phone": N_(
        "Có số giống số điện thoại ({masked})."
        " Hãy xoá số này, trừ khi đó là số của cơ quan hoặc người đó đã đồng ý công khai."
    ),
}


class PersonalNumber(msgspec.Struct, frozen=True):
    """A number in a text: what it looks like, its last three digits, and where it stands.

    `start` and `end` are positions in the text that was searched. The number itself is not kept.
    """

    kind: Literal["citizen_id", "phone"]
    masked: str
    start: int
    end: int

    def sentence(self) -> Said:
        """Return what to tell the author and the approver."""
        return Said(_SENTENCES[self.kind], {"masked": self.masked})


def findings_of_text(text: str) -> list[PersonalNumber]:
    """Return the 12-digit ID numbers and phone numbers in `text`, in the order of the text."""
    found = []
    for run in _RUN.finditer(text):
        kind = _kind_of(re.sub(r"[^\d+]", "", run[0]))
        if kind and not _MONEY.match(text, run.end()):
            masked = f"…{re.sub(r'[^0-9]', '', run[0])[-3:]}"
            found.append(PersonalNumber(kind, masked, run.start(), run.end()))
    return found


def _kind_of(digits: str) -> Literal["citizen_id", "phone"] | None:
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return "phone"
    # The first three digits are a province, 001 to 096; the fourth tells sex and century.
    if _CITIZEN_ID.fullmatch(digits) and 1 <= int(digits[:3]) <= 96:
        return "citizen_id"
    return None
