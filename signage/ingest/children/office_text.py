"""Reads what an office file says without opening it in an office program."""

import mmap
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from signage.ingest.child import Line, Stop
from signage.ingest.children.office_parts import archive, form_of, mapped, read

MAX_LETTERS = 5_000_000
_TEXT_PARTS = re.compile(
    r"(?:ppt/(?:slides|notesSlides|slideMasters|slideLayouts|comments|diagrams|charts)/[^/]+"
    r"|word/[^/]+|docProps/[^/]+|(?:Object [^/]+/)?(?:content|styles|meta))\.xml"
)
_ENDS_A_LINE = {"p", "h", "br", "line-break", "title", "subject", "keyword", "keywords"}
_ENDS_A_LINE |= {"description", "creator", "category"}
_BLANK = {"tab", "s", "tc"}
# What stands between two texts in an old compound file.
_NOT_WRITTEN = re.compile("[^\u0020-\u024f\u0300-\u036f\u1e00-\u1eff\u2010-\u2027\u20ab]+")
_TELLING = ("MẬT", "Mật", "NỘI BỘ", "nội bộ", "Nội bộ", "MAÄT", "MËT")
_AROUND = 300


def run(line: Line) -> None:
    """Tell the `form` of the file and its `text`, a line for each paragraph."""
    file = mapped()
    form = form_of(file)
    texts = _old_text(file) if form in {"ppt", "doc"} else _new_text(archive(), form)
    kept, letters = [], 0
    for text in texts:
        kept.append(text)
        letters += len(text)
        if letters > MAX_LETTERS:
            raise Stop("too_costly")
    line.tell({"form": form, "text": "\n".join(kept)})


def _new_text(opened: zipfile.ZipFile, form: str) -> Iterator[str]:
    for part in opened.infolist():
        if _TEXT_PARTS.fullmatch(part.filename):
            yield _text_of(read(opened, part), only_runs=form in {"pptx", "docx"})


def _text_of(data: bytes, *, only_runs: bool) -> str:
    """Return the text of one part. Microsoft's files have other things between their runs."""
    reader = _Reader(only_runs=only_runs)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.letters
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise Stop("unreadable") from None
    return "".join(reader.kept)


class _Reader:
    def __init__(self, *, only_runs: bool) -> None:
        self.kept: list[str] = []
        self._only_runs = only_runs
        self._inside = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._inside += self._is_run(local)
        if local == "textpath":  # how Word keeps a watermark
            self.kept.append(f"\n{attributes.get('string', '')}\n")

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        self._inside -= self._is_run(local)
        if local in _ENDS_A_LINE:
            self.kept.append("\n")
        elif local in _BLANK:
            self.kept.append("   ")

    def letters(self, text: str) -> None:
        if self._inside or not self._only_runs:
            self.kept.append(text)

    def refuse(self, *_: object) -> None:
        raise Stop("unreadable")

    def _is_run(self, local: str) -> bool:
        return local in {"t", "title", "subject", "keywords", "description", "category"}


def _old_text(file: mmap.mmap) -> Iterator[str]:
    """Yield the lines around words that may be a marking; the rest is read after conversion."""
    for word in _TELLING:
        wanted = word.encode("utf-16-le")
        at = file.find(wanted)
        while at >= 0:
            start = max(at % 2, at - _AROUND)
            around = file[start : at + _AROUND].decode("utf-16-le", "replace")
            middle = (at - start) // 2
            begin = max((m.end() for m in _NOT_WRITTEN.finditer(around, 0, middle)), default=0)
            ends = _NOT_WRITTEN.search(around, middle)
            yield around[begin : ends.start() if ends else None]
            at = file.find(wanted, at + 2)
