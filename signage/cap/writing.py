"""Our own alerts as CAP 1.2 messages, and the Atom feed that lists them; nothing is sent here."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from lxml import etree

from signage.cap.reading import NAMESPACE
from signage.cap.xml import Element
from signage.domain.cap.message import Named

ATOM: Final = "http://www.w3.org/2005/Atom"
LEVEL_PARAMETER: Final = "VN-CapDoRuiRo"
CONTENT_TYPE: Final = "application/cap+xml"
_SEVERITIES: Final = ("Unknown", "Minor", "Moderate", "Severe", "Extreme", "Extreme")
"""By national level; five do not fit into four, so the level itself stands in a parameter."""


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """One message to be written; moments are UTC ms. `references` are triples as CAP has them."""

    identifier: str
    sender: str
    sent: int
    kind: str
    exercise: bool
    references: Sequence[str]
    headline: str
    body: str
    area: str
    sender_name: str
    level: int
    effective: int
    expires: int
    geocodes: Sequence[Named] = ()

    def reference(self, zone: ZoneInfo) -> str:
        """Return how a later message refers to this one."""
        return f"{self.sender},{self.identifier},{time_text(self.sent, zone)}"


def message(out: Outgoing, zone: ZoneInfo) -> Element:
    """Return the message, its elements in the order of the schema."""
    alert = _root("alert", NAMESPACE)
    _add(alert, "identifier", out.identifier)
    _add(alert, "sender", out.sender)
    _add(alert, "sent", time_text(out.sent, zone))
    _add(alert, "status", "Exercise" if out.exercise else "Actual")
    _add(alert, "msgType", out.kind)
    _add(alert, "scope", "Public")
    if out.exercise:
        _add(alert, "note", "DIỄN TẬP")
    if out.references:
        _add(alert, "references", " ".join(out.references))
    _info(alert, out, zone)
    return alert


def _info(alert: Element, out: Outgoing, zone: ZoneInfo) -> None:
    is_over = out.kind == "Cancel"
    info = _add(alert, "info")
    _add(info, "language", "vi-VN")
    _add(info, "category", "Safety")
    _add(info, "event", out.headline)
    if is_over:
        _add(info, "responseType", "AllClear")
    _add(info, "urgency", "Past" if is_over else "Immediate")
    _add(info, "severity", _SEVERITIES[out.level])
    # An officer says so; whether it was seen or only expected is not asked.
    _add(info, "certainty", "Unknown")
    _add(info, "effective", time_text(out.effective, zone))
    _add(info, "expires", time_text(out.expires, zone))
    _add(info, "senderName", out.sender_name)
    _add(info, "headline", out.headline)
    if out.body and not is_over:
        _add(info, "instruction", out.body)
    if out.level:
        _named(info, "parameter", Named(LEVEL_PARAMETER, str(out.level)))
    area = _add(info, "area")
    _add(area, "areaDesc", out.area)
    for code in out.geocodes:
        _named(area, "geocode", code)


def feed(
    entries: Sequence[tuple[Outgoing, str]], *, address: str, title: str, updated: int
) -> bytes:
    """Return an Atom feed of messages, each with the address where it stands."""
    root = _root("feed", ATOM)
    _add(root, "id", address)
    _add(root, "title", title)
    _add(root, "updated", _utc(updated))
    _add(root, "link", rel="self", href=address)
    _add(_add(root, "author"), "name", title)
    for out, link in entries:
        entry = _add(root, "entry")
        _add(entry, "id", link)
        _add(entry, "title", out.headline)
        _add(entry, "updated", _utc(out.sent))
        _add(entry, "link", href=link, type=CONTENT_TYPE)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def time_text(moment: int, zone: ZoneInfo) -> str:
    """Return a moment to the second, with the zone as an offset."""
    local = datetime.fromtimestamp(moment // 1000, zone).isoformat()
    return local.replace("+00:00", "-00:00")  # section 3.3.2: this is how CAP writes UTC


def _utc(moment: int) -> str:
    return datetime.fromtimestamp(moment // 1000, UTC).isoformat().replace("+00:00", "Z")


def _root(name: str, namespace: str) -> Element:
    """An element whose namespace needs no prefix."""
    prefixes: dict[str | None, str] = {None: namespace}
    return etree.Element(f"{{{namespace}}}{name}", nsmap=prefixes)  # type: ignore[arg-type] # the stubs know no default namespace


def _named(parent: Element, name: str, pair: Named) -> None:
    element = _add(parent, name)
    _add(element, "valueName", pair.name)
    _add(element, "value", pair.value)


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """Add an element in the namespace of its parent."""
    namespace = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    element.text = text
    return element
