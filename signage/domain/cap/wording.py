"""What an alert says that comes from a CAP message: whole sentences of one language."""

import re

from signage.domain.alert import (
    MAX_AREA_LETTERS,
    MAX_BODY_LETTERS,
    MAX_HEADLINE_LETTERS,
    MAX_SENDER_LETTERS,
    AlertWords,
    Tongue,
)
from signage.domain.cap.message import CapMessage, Info
from signage.domain.cap.reasons import Why, why
from signage.domain.cap.table import CapTable
from signage.domain.language import REVIEWED

HOME_LANGUAGE = "vi"
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")
_TAGS = re.compile(r"<[^<>]{0,200}>")


class Words(AlertWords, frozen=True, kw_only=True):
    """The words, and why an officer must look at them first; empty: no need."""

    doubts: tuple[Why, ...] = ()


def words_of(message: CapMessage, info: Info, table: CapTable) -> Words:
    """Return what stands on the glass for `info`, with the city's approved words where it must."""
    rule = table.rule_for(info)
    sender = table.sender_of(message)
    doubts = []
    headline, body = _plain(info.headline) or _plain(info.event), ""
    if info.speaks(HOME_LANGUAGE):
        if len(headline) > MAX_HEADLINE_LETTERS:
            headline = _plain(info.event)
        body = _sentences(_plain(info.instruction) or _plain(info.description), MAX_BODY_LETTERS)
    elif rule and rule.headline:
        headline, body = rule.headline, rule.body
    else:
        doubts.append(why("no-vietnamese"))
        body = _sentences(_plain(info.instruction) or _plain(info.description), MAX_BODY_LETTERS)
    if len(headline) > MAX_HEADLINE_LETTERS:
        doubts.append(why("long-headline"))
        headline = headline[:MAX_HEADLINE_LETTERS].rsplit(" ", 1)[0]
    return Words(
        headline=headline,
        body=body,
        area=_area(info),
        sender=(_plain(info.sender_name) or (sender.name if sender else message.sender))[
            :MAX_SENDER_LETTERS
        ],
        level=table.level_of(info, rule),
        tongues=_tongues(message, table),
        in_programme=rule is not None and rule.bulletin == "priority",
        doubts=tuple(doubts),
    )


def _tongues(message: CapMessage, table: CapTable) -> list[Tongue]:
    """The sender's own words in the other languages of the table, each from one block alone."""
    tongues = []
    for language in REVIEWED:
        block = next((info for info in message.infos if info.speaks(language)), None)
        headline = _plain(block.headline) or _plain(block.event) if block else ""
        if block and language in table.languages and 0 < len(headline) <= MAX_HEADLINE_LETTERS:
            body = _sentences(_plain(block.instruction or block.description), MAX_BODY_LETTERS)
            tongues.append(Tongue(language=language, headline=headline, body=body))
    return tongues


def _plain(text: str) -> str:
    """Text as read: some senders put HTML where the standard wants words."""
    return " ".join(_TAGS.sub(" ", text).split(" ")).strip()


def _sentences(text: str, limit: int) -> str:
    """As many whole sentences from the beginning as fit: half an instruction can be a wrong one."""
    kept = ""
    for sentence in _SENTENCE_ENDS.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > limit:
            break
        kept = longer
    return kept


def _area(info: Info) -> str:
    """All areas in words, as many as fit, and how many more there are."""
    names = list(dict.fromkeys(_plain(area.description) for area in info.areas))
    names = [name for name in names if name]
    for kept in range(len(names), 0, -1):
        more = len(names) - kept
        text = "; ".join(names[:kept]) + (f" và {more} khu vực khác" if more else "")
        if len(text) <= MAX_AREA_LETTERS:
            return text
    return names[0][:MAX_AREA_LETTERS].rsplit(" ", 1)[0] if names else "—"
