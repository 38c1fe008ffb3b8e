"""Identifiers and titles: which are taken, so that they fit topics, file names and pages."""

import re
import unicodedata

from signage.domain.sentences import N_, Phrase, Refused

MAX_TITLE_LETTERS = 120

# ASCII only: identifiers stand in MQTT topics, file names and addresses.
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX_IDENTIFIER = 60


class NotFound(Refused):
    """There is nothing of that name, or no longer."""


def checked_id(text: str, *, field: str = "id") -> str:
    """Return `text`, or raise Refused when it is no identifier such as `hoa-lu`."""
    if len(text) > _MAX_IDENTIFIER or not _IDENTIFIER.fullmatch(text):
        raise Refused(
            N_(
                "Mã “{id}” không hợp lệ. Hãy chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối,"
                " ví dụ “hoa-lu”, tối đa {limit} ký tự."
            ),
            field=field,
            id=printable(text),
            limit=_MAX_IDENTIFIER,
        )
    return text


def checked_title(text: str, *, field: str = "title", what: str = N_("Tên")) -> str:
    """Return `text` in NFC without outer blanks; raise Refused when empty, long, unprintable."""
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        raise Refused(N_("{what} đang để trống. Hãy nhập."), field=field, what=Phrase(what))
    if text != printable(text):
        raise Refused(
            N_("{what} có ký tự điều khiển không nhìn thấy được. Hãy gõ lại bằng bàn phím."),
            field=field,
            what=Phrase(what),
        )
    if len(text) > MAX_TITLE_LETTERS:
        raise Refused(
            N_("{what} dài quá {limit} chữ. Hãy rút ngắn."),
            field=field,
            what=Phrase(what),
            limit=MAX_TITLE_LETTERS,
        )
    return text


def printable(text: str) -> str:
    """Return `text` without control and format characters, which can disguise what is read."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] != "C")


def without_accents(text: str) -> str:
    """Return `text` as search compares it: lower case, no marks, đ as d (NFKD leaves đ whole)."""
    # Folding can make letters that split again, and splitting letters that fold: ℠ becomes SM.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in text if not unicodedata.combining(letter)).casefold()
