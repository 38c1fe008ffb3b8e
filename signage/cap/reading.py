"""From XML to a CAP message (OASIS CAP 1.2): what is not as the standard says has a reason."""

from collections.abc import Sequence
from typing import Final, TypeVar

from signage.cap.limits import (
    MAX_AREAS,
    MAX_INFOS,
    MAX_NAME_LETTERS,
    MAX_REFERENCES,
    MAX_TEXT_LETTERS,
)
from signage.cap.shapes import Shapes
from signage.cap.times import moment
from signage.cap.xml import Element, Unreadable
from signage.domain.cap.message import (
    CERTAINTIES,
    RESPONSES,
    SEVERITIES,
    URGENCIES,
    Area,
    CapMessage,
    Info,
    MessageType,
    Named,
    Reference,
    Scope,
    Status,
)

NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
OLD_NAMESPACES: Final = ("urn:oasis:names:tc:emergency:cap:1.1",)

# The order of elements is part of the standard: a validator refuses another.
_ALERT: Final = (
    *("identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction"),
    *("addresses", "code", "note", "references", "incidents", "info"),
)
_INFO: Final = (
    *("language", "category", "event", "responseType", "urgency", "severity", "certainty"),
    *("audience", "eventCode", "effective", "onset", "expires", "senderName", "headline"),
    *("description", "instruction", "web", "contact", "parameter", "resource", "area"),
)
_AREA: Final = ("areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling")
_MANY: Final = frozenset(
    {
        *("code", "info", "category", "responseType", "eventCode", "parameter", "resource"),
        *("area", "polygon", "circle", "geocode"),
    }
)

Choice = TypeVar("Choice", Status, MessageType, Scope)


def message_of(root: Element) -> CapMessage:
    """Return the message that `root` is; raises Unreadable with the first thing that is wrong."""
    return _Reader(root).message()


class _Part:
    """The children of one element by name, checked for order and number."""

    def __init__(self, element: Element, names: Sequence[str], namespace: str) -> None:
        self._found: dict[str, list[Element]] = {}
        self.where = _local(element)
        place = 0
        for child in element:
            if not str(child.tag).startswith(f"{{{namespace}}}"):
                continue  # signatures, and extensions of other standards
            name = _local(child)
            if name not in names:
                raise Unreadable(f"{name} does not belong into {self.where}")
            if names.index(name) < place:
                raise Unreadable(f"{name} stands out of order in {self.where}")
            place = names.index(name)
            self._found.setdefault(name, []).append(child)
        for name, found in self._found.items():
            if len(found) > 1 and name not in _MANY:
                raise Unreadable(f"{name} stands {len(found)} times in {self.where}")

    def all(self, name: str) -> list[Element]:
        return self._found.get(name, [])

    def text(self, name: str, *, limit: int = MAX_TEXT_LETTERS) -> str:
        found = self.all(name)
        return _text(found[0], limit) if found else ""

    def needed(self, name: str, *, limit: int = MAX_NAME_LETTERS) -> str:
        text = self.text(name, limit=limit)
        if not text:
            raise Unreadable(f"{self.where} lacks {name}")
        return text

    def texts(self, name: str, among: Sequence[str] | None = None) -> tuple[str, ...]:
        texts = tuple(_text(one, MAX_NAME_LETTERS) for one in self.all(name))
        for text in texts:
            if among is not None and text not in among:
                raise Unreadable(f"{name} is {text[:40]!r}")
        return texts

    def one_of(self, name: str, among: Sequence[str]) -> str:
        text = self.needed(name)
        if text not in among:
            raise Unreadable(f"{name} is {text[:40]!r}")
        return text


class _Reader:
    def __init__(self, root: Element) -> None:
        self._root = root
        self._departures: list[str] = []
        self._namespace = NAMESPACE
        self._shapes = Shapes(self._departures.append)

    def message(self) -> CapMessage:
        self._check_root()
        part = _Part(self._root, _ALERT, self._namespace)
        identifier, sender = part.needed("identifier"), part.needed("sender")
        if any(letter in identifier + sender for letter in " ,<&"):
            self._departures.append("blanks or commas in identifier or sender")
        infos = part.all("info")
        if len(infos) > MAX_INFOS:
            raise Unreadable(f"more than {MAX_INFOS} info blocks")
        return CapMessage(
            identifier=identifier,
            sender=sender,
            sent=self._moment(part.needed("sent"), "sent"),
            status=_choice(Status, part.needed("status"), "status"),
            type=_choice(MessageType, part.needed("msgType"), "msgType"),
            scope=_choice(Scope, part.needed("scope"), "scope"),
            note=part.text("note"),
            references=self._references(part.text("references", limit=100_000)),
            infos=tuple(self._info(one) for one in infos),
            departures=tuple(dict.fromkeys(self._departures)),
        )

    def _check_root(self) -> None:
        if _local(self._root) != "alert":
            raise Unreadable(f"the root is {_local(self._root)[:40]}, not alert")
        self._namespace = str(self._root.tag)[1:].partition("}")[0]
        if self._namespace in OLD_NAMESPACES:
            self._departures.append("CAP 1.1")
        elif self._namespace != NAMESPACE:
            raise Unreadable("no CAP namespace")

    def _info(self, element: Element) -> Info:
        part = _Part(element, _INFO, self._namespace)
        if len(part.all("area")) > MAX_AREAS:
            raise Unreadable(f"more than {MAX_AREAS} areas")
        return Info(
            language=part.text("language", limit=40) or "en-US",
            categories=part.texts("category"),
            event=part.needed("event"),
            responses=part.texts("responseType", RESPONSES),
            urgency=part.one_of("urgency", URGENCIES),
            severity=part.one_of("severity", SEVERITIES),
            certainty=part.one_of("certainty", CERTAINTIES),
            event_codes=self._named(part.all("eventCode")),
            effective=self._moment_or_none(part, "effective"),
            onset=self._moment_or_none(part, "onset"),
            expires=self._moment_or_none(part, "expires"),
            sender_name=part.text("senderName"),
            headline=part.text("headline"),
            description=part.text("description"),
            instruction=part.text("instruction"),
            parameters=self._named(part.all("parameter")),
            areas=tuple(self._area(one) for one in part.all("area")),
        )

    def _area(self, element: Element) -> Area:
        part = _Part(element, _AREA, self._namespace)
        polygons = (self._shapes.polygon(_text(one, None)) for one in part.all("polygon"))
        circles = (self._shapes.circle(_text(one, None)) for one in part.all("circle"))
        return Area(
            description=part.needed("areaDesc", limit=MAX_TEXT_LETTERS),
            polygons=tuple(one for one in polygons if one),
            circles=tuple(one for one in circles if one),
            geocodes=self._named(part.all("geocode")),
        )

    def _named(self, elements: Sequence[Element]) -> tuple[Named, ...]:
        parts = (_Part(one, ("valueName", "value"), self._namespace) for one in elements)
        return tuple(Named(part.text("valueName"), part.text("value")) for part in parts)

    def _references(self, text: str) -> tuple[Reference, ...]:
        triples = text.split()
        if len(triples) > MAX_REFERENCES:
            raise Unreadable(f"more than {MAX_REFERENCES} references")
        return tuple(self._reference(triple) for triple in triples)

    def _reference(self, triple: str) -> Reference:
        sender, _, rest = triple.partition(",")
        identifier, _, sent = rest.rpartition(",")
        if not (sender and identifier and sent):
            raise Unreadable("a reference is no sender,identifier,sent")
        return Reference(sender, identifier, self._moment(sent, "a reference"))

    def _moment_or_none(self, part: _Part, name: str) -> int | None:
        text = part.text(name, limit=80)
        return self._moment(text, name) if text else None

    def _moment(self, text: str, name: str) -> int:
        return moment(text, name, self._departures.append)


def _choice(kind: type[Choice], text: str, name: str) -> Choice:
    try:
        return kind(text)
    except ValueError as error:
        raise Unreadable(f"{name} is {text[:40]!r}") from error


def _text(element: Element, limit: int | None) -> str:
    text = (element.text or "").strip()
    if limit is not None and len(text) > limit:
        raise Unreadable(f"{_local(element)} has more than {limit} letters")
    return text


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
