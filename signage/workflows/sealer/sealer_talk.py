"""What pages and sealer say to each other: requests with an officer's factor, and answers."""

from typing import Any

import msgspec

from signage.domain.act import Act
from signage.domain.alert import Alert
from signage.domain.alert_template import AlertTemplate
from signage.domain.factor import ALERT, Given
from signage.domain.sentences import Refused
from signage.domain.set_act import SetAct
from signage.domain.standing import Standing


class Confirm(msgspec.Struct, frozen=True, kw_only=True, tag="confirm"):
    """`login`, an officer of `unit`, confirms an act with a factor."""

    login: str
    unit: str
    act: Act
    given: Given
    alone: bool = False
    """Break-glass: one person sends a template at once, where two would have to confirm."""


class ConfirmSet(msgspec.Struct, frozen=True, kw_only=True, tag="confirm-set"):
    """`login`, of `unit`, confirms an act on a hold or a drill; a short meeting needs no factor."""

    login: str
    unit: str
    act: SetAct
    given: Given | None = None


class RaiseStanding(msgspec.Struct, frozen=True, kw_only=True, tag="raise-standing"):
    """An unattended source asks for what a standing authorisation may cover; shows its token."""

    token: str
    act: Act


class ApproveTemplate(msgspec.Struct, frozen=True, kw_only=True, tag="approve-template"):
    """`login`, an approver of `unit`, approves a template with a factor."""

    login: str
    unit: str
    template: AlertTemplate
    given: Given


class GrantStanding(msgspec.Struct, frozen=True, kw_only=True, tag="grant-standing"):
    """`login`, an officer, gives a source a standing authorisation with a factor."""

    login: str
    sender: str
    templates: list[str]
    targets: list[str]
    until: int
    given: Given


class AskPolicy(msgspec.Struct, frozen=True, kw_only=True, tag="policy"):
    """Ask what the sealer goes by: policy, approved templates, standing authorisations."""


class AskWays(msgspec.Struct, frozen=True, kw_only=True, tag="ways"):
    """Ask by which ways `login` can confirm acts, or whatever `may` names."""

    login: str
    may: str = ALERT


class Enrol(msgspec.Struct, frozen=True, kw_only=True, tag="enrol"):
    """`login` makes a passkey with a code of the sealer's command line."""

    login: str
    code: str
    credential: dict[str, Any]


class Enrolled(msgspec.Struct, frozen=True, kw_only=True, tag="enrolled"):
    """It stands in the book now."""


class Done(msgspec.Struct, frozen=True, kw_only=True, tag="done"):
    """The act is authorised, and this is the alert now."""

    alert: Alert


class Stands(msgspec.Struct, frozen=True, kw_only=True, tag="stands"):
    """The act is authorised, and this is the hold or the drill now."""

    act: SetAct


class Waits(msgspec.Struct, frozen=True, kw_only=True, tag="waits"):
    """Confirmed by a first person; a second one must confirm until this moment (ms)."""

    until: int


class Granted(msgspec.Struct, frozen=True, kw_only=True, tag="granted"):
    """The token of a new standing authorisation; told once."""

    token: str


class GoesBy(msgspec.Struct, frozen=True, kw_only=True, tag="goes-by"):
    """What the sealer goes by; templates as hashes of what was approved, by id."""

    two_people_from: int
    templates: dict[str, str]
    standing: list[Standing]


class Ways(msgspec.Struct, frozen=True, kw_only=True, tag="ways"):
    """By code, by these passkeys (ids in base64url); codes are not looked at until a moment."""

    code: bool
    passkeys: list[str]
    locked_until: int = 0


class No(msgspec.Struct, frozen=True, kw_only=True, tag="no"):
    """Refused, with the sentence for the person."""

    msgid: str
    params: dict[str, str | int] = {}
    field: str | None = None

    @classmethod
    def of(cls, refused: Refused) -> "No":
        """What `refused` says."""
        return cls(msgid=refused.msgid, params=dict(refused.params), field=refused.field)


Request = (
    Confirm
    | ConfirmSet
    | RaiseStanding
    | ApproveTemplate
    | GrantStanding
    | AskPolicy
    | AskWays
    | Enrol
)
Answer = Done | Stands | Waits | Granted | GoesBy | Ways | Enrolled | No
