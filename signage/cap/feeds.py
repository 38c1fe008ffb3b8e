"""Reads a feed: Atom or RSS that points to messages or holds them, or one message itself."""

from typing import Final
from urllib.parse import urljoin

import msgspec
from lxml import etree

from signage.cap.limits import MAX_FEED_BYTES, MAX_FEED_ENTRIES
from signage.cap.reading import NAMESPACE, OLD_NAMESPACES
from signage.cap.xml import Element, Unreadable, opened

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_ALERTS: Final = tuple(f"{{{one}}}alert" for one in (NAMESPACE, *OLD_NAMESPACES))
CAP_TYPES: Final = ("application/cap+xml", "application/common-alerting-protocol+xml")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry: where its message is, or the message; `mark` changes when the entry does."""

    mark: str
    link: str = ""
    content: bytes = b""


def entries_of(content: bytes, *, address: str) -> list[Entry]:
    """Return the entries of a feed that came from `address`; raises Unreadable."""
    root = opened(content, limit=MAX_FEED_BYTES)
    if root.tag in _ALERTS:
        return [Entry(mark="", content=content)]
    if root.tag == f"{_ATOM}feed":
        found = [_atom(one, address) for one in root.iterchildren(f"{_ATOM}entry")]
    elif etree.QName(root).localname in ("rss", "RDF"):
        found = [_rss(one, address) for one in root.iter("{*}item")]
    else:
        raise Unreadable(f"no feed: the root is {etree.QName(root).localname[:40]}")
    if len(found) > MAX_FEED_ENTRIES:
        raise Unreadable(f"more than {MAX_FEED_ENTRIES} entries")
    return [one for one in found if one]


def _atom(entry: Element, address: str) -> Entry | None:
    mark = " ".join((entry.findtext(f"{_ATOM}{name}") or "") for name in ("id", "updated"))
    links = [link for link in entry.iterchildren(f"{_ATOM}link") if link.get("href")]
    of_cap = [link for link in links if link.get("type") in CAP_TYPES]
    usual = [link for link in links if link.get("rel", "alternate") in ("alternate", "enclosure")]
    chosen = next(iter([*of_cap, *usual]), None)
    return _entry(entry, mark, chosen.get("href", "") if chosen is not None else "", address)


def _rss(item: Element, address: str) -> Entry | None:
    texts = {name: item.findtext(f"{{*}}{name}") or "" for name in ("guid", "link", "pubDate")}
    enclosures = [one.get("url") or "" for one in item.iterchildren("{*}enclosure")]
    link = next(filter(None, [texts["link"].strip(), *enclosures]), "")
    return _entry(item, f"{texts['guid']} {texts['pubDate']}", link, address)


def _entry(element: Element, mark: str, link: str, address: str) -> Entry | None:
    inside = next(element.iter(*_ALERTS), None)
    if inside is not None:
        inside.tail = None
        return Entry(mark=mark, content=bytes(etree.tostring(inside, encoding="UTF-8")))
    link = urljoin(address, link) if link else ""
    return Entry(mark=f"{mark} {link}", link=link) if link.startswith("http") else None
