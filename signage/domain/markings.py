"""Secrecy markings: the one place that says which names and texts are refused at the door.

State secrets must not touch a computer on a network, so a file that carries a marking is refused
before a byte of it is stored. The words themselves are ordinary ("mật ong", "mật độ", a law about
"bảo vệ bí mật nhà nước"), so a word counts only where a stamp or a header would put it:

1. A line that holds nothing but the marking: in capitals anywhere; with a capital first letter
   in the first lines of a page; TUYỆT MẬT and TỐI MẬT in either way anywhere. Blanks between the
   letters, brackets, and the label "Độ mật:" change nothing.
2. "Độ mật: …" or "Mức mật: …" followed by a level, at the start of any line, however written.
3. A marking in capitals at the start or the end of a line that is otherwise not in capitals, as
   in "Số: 05/BC-UBND   MẬT"; TUYỆT MẬT and TỐI MẬT anywhere in such a line.
4. "Lưu hành nội bộ": alone in its line or its brackets however written, also with "tài liệu" or
   "chỉ" before it; in capitals anywhere in a line that is otherwise not in capitals.
5. In a file name the marking is a part of its own between hyphens, underscores, dots or brackets,
   or stands in capitals among words that are not.

In all of them a word that makes another one of it takes the meaning away: "BÍ MẬT", "BẢO MẬT",
"MẬT ĐỘ", "MẬT ONG", also across the end of a line.
"""

import re
import unicodedata
from difflib import SequenceMatcher

from signage.domain.sentences import N_, Refused

_HEADER_LINES = 12
_LEVELS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
_INTERNAL = "LƯU HÀNH NỘI BỘ"
_BEFORE = {"BÍ", "BẢO", "CƠ", "THÂN", "ĐƯỜNG", "TÚI", "NƯỚC", "HÚT", "LẤY", "ẨN"}
_AFTER = {"ONG", "ĐỘ", "KHẨU", "MÍA", "MÃ", "NGỮ", "THƯ", "THIẾT", "NGỌT", "GẤU", "HOA", "NGHỊ"}
_AFTER |= {"VỤ", "BÁO", "THÁM", "ƯỚC", "HIỆU", "LỆNH", "TÔNG", "DỪA", "RỪNG", "DANH"}
_BRACKETS = " \t\"'“”‘’()[]{}<>«».,;:!*-–—_=|/\\·•"
_LABEL = re.compile(r"^(?:ĐỘ|MỨC|MỨC ĐỘ) MẬT\s*[:：\-–]?\s*", re.IGNORECASE)
_LABELLED = re.compile(r"^\W*(?:ĐỘ|MỨC|MỨC ĐỘ) MẬT\s*[:：]\s*(?:TUYỆT|TỐI)?\s*MẬT\b", re.IGNORECASE)
_INTERNAL_ALONE = re.compile(r"^(?:(?:TÀI LIỆU|VĂN BẢN|CHỈ|ĐỂ) )*LƯU HÀNH NỘI BỘ$", re.IGNORECASE)
_INTERNAL_IN_BRACKETS = re.compile(
    r"[(\[{]\s*(?:(?:tài liệu|văn bản|chỉ|để) )*lưu hành nội bộ\s*[)\]}]", re.IGNORECASE
)
_PARTS_OF_NAMES = re.compile(r"[_\-–—.,;()\[\]{}+#@!]+|\s{2,}")
_MISREAD = {"MÂT", "MẠT"}  # "MẶT" and "MẮT" are words of their own
_NEARLY = 0.85
"""One letter of nine may be wrong, beside all tone marks."""
_PLAIN_NAMES = {"TUYET MAT": "TUYỆT MẬT", "TOI MAT": "TỐI MẬT", "LUU HANH NOI BO": _INTERNAL}

MARKED = N_(
    "Tệp có dấu “{marking}”. Văn bản mật và văn bản lưu hành nội bộ không được đưa lên hệ thống"
    " nối mạng này; hệ thống không giữ lại gì của tệp. Hãy xử lý theo quy định bảo vệ bí mật nhà"
    " nước."
)


def refuse_marked_name(filename: str) -> None:
    """Raise Refused when the file's name carries a marking."""
    _refuse(marking_in_name(filename))


def refuse_marked_text(text: str) -> None:
    """Raise Refused when the text, such as one page of a document, carries a marking."""
    _refuse(marking_in_text(text))


def refuse_marked_reading(text: str) -> None:
    """Raise Refused when `text`, as a program has read it on a picture, carries a marking."""
    refuse_marked_text(text)
    lines = (_tidy(line).strip(_BRACKETS) for line in text.splitlines())
    _refuse(next((found for line in lines if (found := _misread(line))), None))


def marking_in_text(text: str) -> str | None:
    """Return the marking that `text` carries, such as "TỐI MẬT", or None."""
    lines = [_tidy(line) for line in text.splitlines()]
    lines = [line for line in lines if line]
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        after = lines[number + 1] if number + 1 < len(lines) else ""
        found = _marking_of_line(line, before, after, in_header=number < _HEADER_LINES)
        if found:
            return found
    return None


def _misread(line: str) -> str | None:
    """Return the marking that a line in capitals nearly is: readers mistake a tone mark or two."""
    if not line.isupper():
        return None
    if line in _MISREAD:
        return "MẬT"
    plain = _without_accents(line)
    for written, marking in _PLAIN_NAMES.items():
        alike = SequenceMatcher(None, plain, written, autojunk=False).ratio()
        # Of seven letters each counts: "TỐI MÁT" is near enough as it is.
        if alike == 1 or (len(written) > 7 and alike >= _NEARLY):
            return marking
    return None


def marking_in_name(filename: str) -> str | None:
    """Return the marking that a file's name carries, or None."""
    stem = unicodedata.normalize("NFC", filename)
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem)
    parts = [" ".join(part.split()) for part in _PARTS_OF_NAMES.split(stem)]
    parts = [part for part in parts if part]
    joined = " ".join(parts)
    for part in (*parts, joined):
        if part.upper() in _LEVELS and (part.upper() != "MẬT" or part.isupper()):
            return part.upper()
        if _INTERNAL_ALONE.match(part):
            return _INTERNAL
    if parts and parts[0] == "MAT":
        return "MẬT"
    return _plain_marking(joined) or _in_running_line(joined, "", "")


def _plain_marking(words: str) -> str | None:
    """Return a marking written without accents: in capitals, for "toi mat" means other things."""
    plain = _without_accents(words)
    return next(
        (
            marking
            for written, marking in _PLAIN_NAMES.items()
            if re.search(rf"(?<!\w){written}(?!\w)", plain) and not _ordinary_name(plain, written)
        ),
        None,
    )


def _ordinary_name(plain: str, written: str) -> bool:
    before, _, after = plain.partition(written)
    neighbours = (before + " " + after).split()
    # A whole title in capitals: "DANH MUC BI MAT NHA NUOC DO TOI MAT".
    return len(neighbours) > 2 and all(word.isupper() or word.isdigit() for word in neighbours)


def _marking_of_line(line: str, before: str, after: str, *, in_header: bool) -> str | None:
    if _LABELLED.match(line):
        return next(level for level in _LEVELS if level in line.upper())
    bare = _LABEL.sub("", line.strip(_BRACKETS)).strip(_BRACKETS)
    # "TỐI MẬT 05": the number of a copy.
    bare = " ".join(word for word in bare.split() if not word.strip(_BRACKETS).isdigit())
    upper = bare.upper()
    if _INTERNAL_ALONE.match(bare) or _INTERNAL_IN_BRACKETS.search(line):
        return _INTERNAL
    if upper in _LEVELS:
        # "Tối mật", but not "tối mật"; of one syllable only a stamp or a header is sure.
        written_so = bare.isupper() or (bare[0].isupper() and (upper != "MẬT" or in_header))
        is_part = upper == "MẬT" and _makes_a_word(bare, _last(before), _first(after))
        return upper if written_so and not is_part else None
    return _in_running_line(line, before, after)


def _in_running_line(line: str, before: str, after: str) -> str | None:
    """Return a marking in capitals among words that are not."""
    words = [word.strip(_BRACKETS) for word in line.split()]
    words = [word for word in words if word]
    for marking in (*_LEVELS, _INTERNAL):
        parts = marking.split()
        for at in range(len(words) - len(parts) + 1):
            if words[at : at + len(parts)] != parts:
                continue
            others = words[:at] + words[at + len(parts) :]
            if not any(word.upper() != word for word in others):
                continue  # a heading in capitals speaks of markings, it is none
            at_an_end = at == 0 or at + len(parts) == len(words)
            previous = words[at - 1] if at else _last(before)
            following = words[at + len(parts)] if at + len(parts) < len(words) else _first(after)
            if marking == "MẬT" and (not at_an_end or _makes_a_word(marking, previous, following)):
                continue
            return marking
    return None


def _makes_a_word(written: str, previous: str, following: str) -> bool:
    """Say whether `written`, "MẬT" or "Mật", is only a syllable of a longer word.

    Capitals go with capitals: "Số 5 MẬT" above a line "Báo cáo" is no "MẬT BÁO".
    """
    if written.isupper():
        return previous in _BEFORE or following in _AFTER
    return previous.upper() in _BEFORE or following.upper() in _AFTER


def _last(line: str) -> str:
    return line.rsplit(maxsplit=1)[-1].strip(_BRACKETS) if line.split() else ""


def _first(line: str) -> str:
    return line.split(maxsplit=1)[0].strip(_BRACKETS) if line.split() else ""


def _tidy(line: str) -> str:
    """Return the line in NFC, single blanks, and "M Ậ T" as "MẬT"."""
    line = unicodedata.normalize("NFC", line)
    line = "".join(" " if unicodedata.category(c) in {"Zs", "Cc", "Cf"} else c for c in line)
    # Stretched letters: the gap between words is wider than that between letters.
    wide = [part.split() for part in re.split(r"\s{2,}", line.strip())]
    if sum(len(part) for part in wide) > 1 and all(len(w) == 1 for part in wide for w in part):
        joined = " ".join("".join(part) for part in wide)
        return _spaced(joined)
    return " ".join(line.split())


def _spaced(joined: str) -> str:
    for marking in (*_LEVELS, _INTERNAL):
        if joined.replace(" ", "") == marking.replace(" ", ""):
            return marking
    return joined


def _without_accents(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def _refuse(marking: str | None) -> None:
    if marking:
        raise Refused(MARKED, field="file", marking=marking)
