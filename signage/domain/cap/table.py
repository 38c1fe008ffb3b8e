"""The city's table: whom it believes, what it says on its own, and in which words.

The level of an alert is never computed from a message: it stands in the message (in the parameter
that the table names) or in the rule of the table that matches, or the alert has none.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from players.contract.limits import MINUTE
from signage.domain.cap.message import CERTAINTIES, SEVERITIES, URGENCIES, CapMessage, Info
from signage.domain.cap.reasons import Why, why

Severity = Literal["Unknown", "Minor", "Moderate", "Severe", "Extreme"]
Urgency = Literal["Unknown", "Past", "Future", "Expected", "Immediate"]
Certainty = Literal["Unknown", "Unlikely", "Possible", "Likely", "Observed"]
MAX_RULES = 500
LEVELS = range(6)


class Sender(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An authority, by the `sender` of its messages, and when it needs no officer here.

    `certificates` are PEM files beside the table. Without one nothing of it is automatic, and
    neither without `token_file`, which holds the token of the standing authorisation.
    """

    sender: str
    name: str
    certificates: list[str] = []
    automatic: bool = False
    token_file: str = ""
    least_severity: Severity = "Severe"
    least_urgency: Urgency = "Immediate"
    least_certainty: Certainty = "Likely"

    def falls_short(self, info: Info) -> list[Why]:
        """Return which of its thresholds `info` does not reach."""
        scales = (
            ("below-severity", SEVERITIES, info.severity, self.least_severity),
            ("below-urgency", URGENCIES, info.urgency, self.least_urgency),
            ("below-certainty", CERTAINTIES, info.certainty, self.least_certainty),
        )
        return [
            why(code, have=have, least=least)
            for code, scale, have, least in scales
            if scale.index(have) < scale.index(least)
        ]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the city says of one kind of event; every condition that is given must hold.

    `events` are compared without regard to case, with the event's name and the values of its
    codes. `headline` and `body` are the approved Vietnamese words for messages that have none.
    A "priority" bulletin is inserted in the programme, an "emergency" takes over.
    `template` is the id of the approved template that goes out when nobody is asked, for `area`,
    one of its places.
    """

    name: str
    events: list[str] = []
    categories: list[str] = []
    severities: list[Severity] = []
    urgencies: list[Urgency] = []
    certainties: list[Certainty] = []
    responses: list[str] = []
    ignore: bool = False
    bulletin: Literal["emergency", "priority"] = "emergency"
    level: Annotated[int, Meta(ge=0, le=5)] = 0
    headline: str = ""
    body: str = ""
    template: str = ""
    area: str = ""

    def matches(self, info: Info) -> bool:
        """Say whether `info` is of this kind."""
        names = {info.event.casefold(), *(code.value.casefold() for code in info.event_codes)}
        conditions = (
            (self.events, not names.isdisjoint(name.casefold() for name in self.events)),
            (self.categories, not set(self.categories).isdisjoint(info.categories)),
            (self.responses, not set(self.responses).isdisjoint(info.responses)),
            (self.severities, info.severity in self.severities),
            (self.urgencies, info.urgency in self.urgencies),
            (self.certainties, info.certainty in self.certainties),
        )
        return all(holds for given, holds in conditions if given)


class Feed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address that is asked for messages: Atom, RSS, or one message."""

    url: Annotated[str, Meta(pattern=r"^https?://[^\s]+$", max_length=2000)]
    every_seconds: Annotated[int, Meta(ge=10, le=86_400)] = 60
    private: bool = False
    """Whether it may stand in a private network: such addresses are refused otherwise."""


class CapTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a city decides beforehand about messages from others."""

    languages: Annotated[list[str], Meta(min_length=1, max_length=8)] = msgspec.field(
        default_factory=lambda: ["vi", "jra", "bdq", "en"]
    )
    life_minutes: Annotated[int, Meta(ge=5, le=72 * 60)] = 360
    """How long a message without an end stands."""
    margin_km: Annotated[float, Meta(ge=0, le=200)] = 2.0
    """How far outside an area a display may stand and still be meant."""
    level_parameter: str = "VN-CapDoRuiRo"
    geocodes: dict[str, dict[str, str]] = {}
    senders: Annotated[list[Sender], Meta(max_length=200)] = []
    rules: Annotated[list[Rule], Meta(max_length=MAX_RULES)] = []
    feeds: Annotated[list[Feed], Meta(max_length=50)] = []
    folder: str = ""
    """A folder that is watched for messages; empty: none."""
    exercises: dict[str, list[str]] = {}
    """Targets enrolled in an exercise, by a word that stands in the note of its messages."""

    def sender_of(self, message: CapMessage) -> Sender | None:
        """Return what is known of who sent `message`."""
        return next((one for one in self.senders if one.sender == message.sender), None)

    def rule_for(self, info: Info) -> Rule | None:
        """Return the first rule that matches."""
        return next((rule for rule in self.rules if rule.matches(info)), None)

    def level_of(self, info: Info, rule: Rule | None) -> int:
        """Return the national disaster-risk level: the message's own, else the rule's, else 0."""
        stated = info.parameter(self.level_parameter)
        if stated and stated.strip().isdecimal() and int(stated) in LEVELS:
            return int(stated)
        return rule.level if rule else 0

    def end_of(self, info: Info, begins: int) -> int:
        """Return when the message ends: by its own word, or after the city's time."""
        return info.expires if info.expires is not None else begins + self.life_minutes * MINUTE
