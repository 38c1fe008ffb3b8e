"""A CAP message as values (OASIS CAP 1.2, section 3.2); times are UTC milliseconds."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec


class Status(StrEnum):
    """What a message is for; only Actual is for the public."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    SYSTEM = "System"
    TEST = "Test"
    DRAFT = "Draft"


class MessageType(StrEnum):
    """What a message does to those before it."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"
    ACK = "Ack"
    ERROR = "Error"


class Scope(StrEnum):
    """For whose eyes a message is."""

    PUBLIC = "Public"
    RESTRICTED = "Restricted"
    PRIVATE = "Private"


SEVERITIES = ("Unknown", "Minor", "Moderate", "Severe", "Extreme")
URGENCIES = ("Unknown", "Past", "Future", "Expected", "Immediate")
CERTAINTIES = ("Unknown", "Unlikely", "Possible", "Likely", "Observed")
"""From the least to the most: thresholds compare places in these."""
RESPONSES = (
    *("Shelter", "Evacuate", "Prepare", "Execute", "Avoid"),
    *("Monitor", "Assess", "AllClear", "None"),
)


class Reference(msgspec.Struct, frozen=True, order=True):
    """Which message is meant: all three must agree, `sent` as a moment, not as text."""

    sender: str
    identifier: str
    sent: int


Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""


class Circle(msgspec.Struct, frozen=True):
    """All places within `km` of `centre`."""

    centre: Point
    km: float


class Named(msgspec.Struct, frozen=True):
    """A pair of valueName and value, as event codes, parameters and geocodes are."""

    name: str
    value: str


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """One area: always in words, and perhaps as shapes or codes."""

    description: str
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[Named, ...] = ()


class Info(msgspec.Struct, frozen=True, kw_only=True):
    """One account of the event in one language; `expires` None leaves the end to the receiver."""

    language: str
    categories: tuple[str, ...]
    event: str
    responses: tuple[str, ...] = ()
    urgency: str
    severity: str
    certainty: str
    event_codes: tuple[Named, ...] = ()
    effective: int | None = None
    onset: int | None = None
    expires: int | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    parameters: tuple[Named, ...] = ()
    areas: tuple[Area, ...] = ()

    def speaks(self, language: str) -> bool:
        """Say whether this block is in `language`, such as "vi"; "vi-VN" is."""
        return self.language.lower().split("-")[0] == language

    def parameter(self, name: str) -> str | None:
        """Return the first parameter of that name."""
        return next((one.value for one in self.parameters if one.name == name), None)


class CapMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One message. `departures` names what in it is not CAP 1.2, though it could be understood."""

    identifier: str
    sender: str
    sent: int
    status: Status
    type: MessageType
    scope: Scope
    note: str = ""
    references: tuple[Reference, ...] = ()
    infos: tuple[Info, ...] = ()
    departures: tuple[str, ...] = ()

    @property
    def itself(self) -> Reference:
        """How other messages refer to this one."""
        return Reference(self.sender, self.identifier, self.sent)

    def info_in(self, languages: Sequence[str]) -> Info | None:
        """Return the first block in the first of `languages` there is; headline and instruction
        of two languages are never mixed. Another language is better than silence: the first.
        """
        for language in languages:
            for info in self.infos:
                if info.speaks(language):
                    return info
        return self.infos[0] if self.infos else None

    def languages(self) -> list[str]:
        """Return the languages of its blocks, each once, in order."""
        return list(dict.fromkeys(info.language for info in self.infos))

    def says_all_clear(self) -> bool:
        """Say whether the event is over by the message's own word (responseType AllClear)."""
        return bool(self.infos) and all("AllClear" in info.responses for info in self.infos)
