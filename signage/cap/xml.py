"""Opens XML from strangers: no document type, no entities, no network, one of four encodings."""

import re
from typing import Final

from lxml import etree

from signage.cap.limits import MAX_MESSAGE_BYTES

Element = etree._Element  # noqa: SLF001 - lxml gives the type of its elements no other name

_ENCODINGS: Final = frozenset({"utf-8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"})
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_FORBIDDEN = re.compile(rb"<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)


class Unreadable(Exception):
    """Bytes that can't be used; `detail` says why in a few English words."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def opened(content: bytes, *, limit: int = MAX_MESSAGE_BYTES) -> Element:
    """Return the root element of `content`; raises Unreadable.

    Size, encoding and document type are looked at before the parser sees a byte.
    """
    if len(content) > limit:
        raise Unreadable(f"larger than {limit} bytes")
    content = content.removeprefix(b"\xef\xbb\xbf")
    if not content.strip():
        raise Unreadable("empty")
    if b"\0" in content:
        raise Unreadable("an encoding other than UTF-8")
    declared = _DECLARED.match(content)
    if declared and declared[1].decode().lower() not in _ENCODINGS:
        raise Unreadable(f"encoding {declared[1].decode()}")
    if _FORBIDDEN.search(content):
        raise Unreadable("a document type or entities, which no honest message has")
    try:
        return etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"not XML ({_short(error)})") from error


def compact(content: bytes) -> bytes:
    """Return a message that was opened before, without the blanks between its elements."""
    tree = etree.fromstring(content, _parser(keep_all=True, remove_blank_text=True)).getroottree()
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True))


def _parser(*, keep_all: bool = False, remove_blank_text: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=not keep_all,
        remove_pis=not keep_all,
        remove_blank_text=remove_blank_text,
    )


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
