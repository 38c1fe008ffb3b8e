"""Templates of alerts: words that an approver has approved before anybody needs them."""

import hashlib
from collections.abc import Sequence

import msgspec

from players.contract.limits import MINUTE
from signage.domain.alert import (
    MAX_AREA_LETTERS,
    AlertWords,
    Pages,
    checked_words,
)
from signage.domain.names import checked_title
from signage.domain.sentences import N_, Refused

MAX_AREAS = 60
MINUTES = (30, 60, 120, 180, 360, 720)


class AlertTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """A wording of a hazard; only the place changes when it is used, and is one of `areas`.

    `pages` are those that the approver saw, for the first of the areas, by profile (rule A).
    `minutes` is how long an alert from it lasts unless the officer says otherwise.
    """

    id: str
    title: str
    words: AlertWords
    areas: list[str]
    minutes: int
    made_by: str
    made_at: int
    pages: Pages = {}
    approved_by: str = ""
    approved_at: int = 0

    @property
    def binds(self) -> str:
        """SHA-256 (hex) of what an approver confirms."""
        bound = {
            "act": "approve-template",
            "id": self.id,
            "title": self.title,
            "words": self.words,
            "areas": self.areas,
            "minutes": self.minutes,
            "pages": {name: [page.blob for page in drawn] for name, drawn in self.pages.items()},
        }
        return hashlib.sha256(msgspec.json.encode(bound, order="deterministic")).hexdigest()

    def allows(self, words: AlertWords) -> bool:
        """Say whether `words` are those of the template, at one of its places."""
        return words.area in self.areas and self.at(words.area) == words

    def at(self, area: str) -> AlertWords:
        """The words for one place."""
        return msgspec.structs.replace(self.words, area=area)


def checked_template(template: AlertTemplate) -> AlertTemplate:
    """Return `template` cleaned, or raise Refused naming the field at fault."""
    areas = checked_areas(template.areas)
    words = checked_words(msgspec.structs.replace(template.words, area=areas[0]))
    if not MINUTES[0] <= template.minutes <= MINUTES[-1]:
        raise Refused(
            N_("Mẫu kéo dài từ {least} đến {most} phút. Hãy chọn lại."),
            field="minutes",
            least=MINUTES[0],
            most=MINUTES[-1],
        )
    title = checked_title(template.title, field="title", what=N_("Tên mẫu"))
    return msgspec.structs.replace(template, title=title, words=words, areas=areas)


def checked_areas(areas: Sequence[str]) -> list[str]:
    """Return the places, each once and in order; raises Refused for none, too many or too long."""
    clean = list(dict.fromkeys(" ".join(area.split()) for area in areas if area.strip()))
    if not 0 < len(clean) <= MAX_AREAS or max(map(len, clean)) > MAX_AREA_LETTERS:
        raise Refused(
            N_("Cần từ 1 đến {most} khu vực, mỗi dòng một khu vực ngắn. Hãy sửa lại."),
            field="areas",
            most=MAX_AREAS,
        )
    return clean


def lasts(template: AlertTemplate) -> int:
    """How long an alert from it lasts, in ms."""
    return template.minutes * MINUTE
