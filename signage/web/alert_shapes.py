"""What the pages of alerts share: levels in words, limits of fields, pages by profile."""

import msgspec

from signage.domain.alert import (
    MAX_AREA_LETTERS,
    MAX_BODY_LETTERS,
    MAX_HEADLINE_LETTERS,
    MAX_SENDER_LETTERS,
    AlertPage,
    Pages,
)
from signage.domain.display import Profile
from signage.domain.language import LANGUAGES, REVIEWED
from signage.domain.sentences import N_, Refused
from signage.web import naming

LEVELS = (
    (0, N_("Không xếp cấp")),
    (1, N_("Cấp 1 – thấp")),
    (2, N_("Cấp 2 – trung bình")),
    (3, N_("Cấp 3 – lớn")),
    (4, N_("Cấp 4 – rất lớn")),
    (5, N_("Cấp 5 – thảm họa")),
)
SYMBOLS = (
    ("", N_("Tam giác cảnh báo")),
    ("flood", N_("Lũ, ngập lụt")),
    ("storm", N_("Bão, gió mạnh")),
    ("lightning", N_("Dông, sét")),
    ("fire", N_("Cháy")),
    ("landslide", N_("Sạt lở")),
)
MOST = {
    "headline": MAX_HEADLINE_LETTERS,
    "area": MAX_AREA_LETTERS,
    "body": MAX_BODY_LETTERS,
    "sender": MAX_SENDER_LETTERS,
}


TONGUES = [(tag, LANGUAGES[tag]) for tag in REVIEWED]
"""The other languages of an alert, by tag."""


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """An alert on one profile: its pages, or why it can't be read there.

    `silent` says that there is no room for what people should do.
    """

    profile: Profile
    pages: list[AlertPage]
    refusal: Refused | None
    silent: bool = False


def drawn_of(pages: Pages) -> list[Drawn]:
    """Return pages with their profiles; those of profiles that are gone are left out."""
    return [
        Drawn(profile=naming.profiles()[profile], pages=drawn, refusal=None)
        for profile, drawn in pages.items()
        if profile in naming.profiles()
    ]
