"""Reading time: whether the public can read all words of a slide while it stands."""

import math
import unicodedata
from collections.abc import Iterable

from signage.domain.finding import Finding
from signage.domain.language import VIETNAMESE
from signage.domain.sentences import N_
from signage.domain.slide import MAX_SLIDE_SECONDS, Slide

# Passers-by look up, then read: 1.5 s and 0.35 s a word. Jrai and Bahnar readers read their second
# script and take about a third longer. Rules of thumb of the trade, not laws.
LOOK_UP_MS = 1_500
WORD_MS = 350
SECOND_SCRIPT_PERCENT = 130

# Letters that Vietnamese does without; every longer Jrai or Bahnar text has some.
_SECOND_SCRIPT = frozenset("ƀɃčČñÑĕĔĭĬŏŎŭŬ\u0306")
_A_TEXT = 3  # words; fewer are the name of a village or a person


def word_count(texts: Iterable[str]) -> int:
    """Return how many words there are to read; a dash or a bullet alone is none."""
    words = (word for text in texts for word in text.split())
    return sum(any(letter.isalnum() for letter in word) for word in words)


def in_second_script(text: str) -> bool:
    """Say whether `text` has letters of Jrai or Bahnar that Vietnamese lacks."""
    return not _SECOND_SCRIPT.isdisjoint(unicodedata.normalize("NFC", text))


def seconds_to_read(texts: Iterable[str]) -> int:
    """Return the whole seconds in which the public reads `texts`."""
    texts = list(texts)
    milliseconds = LOOK_UP_MS + WORD_MS * word_count(texts)
    if any(map(in_second_script, texts)):
        milliseconds = milliseconds * SECOND_SCRIPT_PERCENT // 100
    return math.ceil(milliseconds / 1000)


def too_short(slide: Slide, *, pages: int = 1) -> Finding | None:
    """Return what to tell when `slide` goes before its words are read.

    `pages` is on how many pages they stand, each for all of its seconds.
    """
    texts = list(slide.fields.values())
    needed = seconds_to_read(texts)
    if not word_count(texts) or needed <= slide.seconds * pages:
        return None
    params: dict[str, str | int] = {
        "words": word_count(texts),
        "needed": needed,
        "seconds": slide.seconds,
    }
    if pages > 1:
        params |= {"pages": pages, "each": math.ceil(needed / pages)}
        msgid = N_(
            "Trang có {words} chữ trên {pages} phần, đọc hết mất khoảng {needed} giây mà mỗi phần"
            " chỉ hiện {seconds} giây. Hãy cho hiện {each} giây hoặc bớt chữ."
        )
    elif needed > MAX_SLIDE_SECONDS:
        msgid = N_(
            "Trang có {words} chữ, đọc hết mất khoảng {needed} giây mà chỉ hiện {seconds} giây."
            " Hãy chia thành nhiều trang."
        )
    else:
        msgid = N_(
            "Trang có {words} chữ, đọc hết mất khoảng {needed} giây mà chỉ hiện {seconds} giây."
            " Hãy cho hiện {needed} giây hoặc bớt chữ."
        )
    return Finding(
        code="reading_time", severity="warn", msgid=msgid, params=params, field="seconds"
    )


def foreign_words(slide: Slide) -> Finding | None:
    """Return what to tell when Jrai or Bahnar words stand where Vietnamese is meant."""
    text = " ".join(slide.fields.values())
    if slide.language != VIETNAMESE or not in_second_script(text):
        return None
    if sum(map(in_second_script, text.split())) < _A_TEXT:
        return None
    return Finding(
        code="language",
        severity="warn",
        msgid=N_(
            "Chữ Jrai hoặc Bahnar đang nằm trong phần tiếng Việt."
            " Hãy chuyển sang thẻ ngôn ngữ của nó để người biết tiếng thẩm định."
        ),
    )


def words_a_minute(words: int, width: int, step: int, every: int) -> int:
    """Return how many of `words` on a strip of `width` px pass in a minute at 60 Hz."""
    return round(words * 3_600 * step / (every or 1) / width)


def too_fast(words: int, width: int, step: int, every: int) -> Finding | None:
    """Return what to tell when `words` on a strip of `width` px pass faster than they are read.

    The strip moves `step` px every `every` frames at 60 Hz. A word may pass in the time that one
    takes to read.
    """
    if not words or not step:
        return None
    most = 60_000 // WORD_MS
    per_minute = words_a_minute(words, width, step, every)
    if per_minute <= most:
        return None
    return Finding(
        code="ticker_speed",
        severity="warn",
        msgid=N_(
            "Dòng chữ chạy {per_minute} chữ một phút, nhanh hơn mức dễ đọc ({most})."
            " Hãy chọn tốc độ thấp hơn."
        ),
        params={"per_minute": per_minute, "most": most},
        field="speed",
    )
