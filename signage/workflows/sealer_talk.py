"""What pages and sealer say to each other: requests with an officer's factor, and answers."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from signage.asking import NoAnswer
from signage.domain.act import Act
from signage.domain.alert import Alert
from signage.domain.factor import Given
from signage.domain.people import User
from signage.domain.sentences import N_, Refused

Transport = Callable[[bytes], bytes]
"""Carries a request to the sealer and its answer back; raises NoAnswer."""


class Confirm(msgspec.Struct, frozen=True, kw_only=True, tag="confirm"):
    """`login`, an officer of `unit`, confirms an act with a factor."""

    login: str
    unit: str
    act: Act
    given: Given


class AskWays(msgspec.Struct, frozen=True, kw_only=True, tag="ways"):
    """Ask by which ways `login` can confirm."""

    login: str


class Enrol(msgspec.Struct, frozen=True, kw_only=True, tag="enrol"):
    """`login` makes a passkey with a code of the sealer's command line."""

    login: str
    code: str
    credential: dict[str, Any]


class Enrolled(msgspec.Struct, frozen=True, kw_only=True, tag="enrolled"):
    """The passkey can be used now."""


class Done(msgspec.Struct, frozen=True, kw_only=True, tag="done"):
    """The act is authorised, and this is the alert now."""

    alert: Alert


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


Request = Confirm | AskWays | Enrol
Answer = Done | Ways | Enrolled | No
Expected = TypeVar("Expected", bound=Answer)


class AtSealer:
    """The sealer as the pages see it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def ways_of(self, login: str) -> Ways:
        """By which ways `login` can confirm; raises Refused when the sealer doesn't answer."""
        return self._ask(AskWays(login=login), Ways)

    def confirmer(self, given: Given) -> Callable[[Act, User, int], Alert | None]:
        """Return what asks the sealer for an act with the factor that was given."""

        def authorise(act: Act, by: User, _at: int) -> Alert | None:
            return self._ask(
                Confirm(login=by.login, unit=by.unit, act=act, given=given), Done
            ).alert

        return authorise

    def enrol(self, login: str, code: str, credential: dict[str, Any]) -> None:
        """Make a passkey of `login` known; raises Refused."""
        self._ask(Enrol(login=login, code=code, credential=credential), Enrolled)

    def _ask(self, request: Request, expected: type[Expected]) -> Expected:
        try:
            answer = msgspec.json.decode(self._transport(msgspec.json.encode(request)), type=Answer)
        except (NoAnswer, msgspec.DecodeError) as error:
            raise Refused(
                N_(
                    "Bộ phận niêm phong cảnh báo không trả lời, nên chưa có gì thay đổi."
                    " Hãy thử lại; nếu vẫn vậy, hãy báo quản trị khởi động lại “signage sealer”."
                )
            ) from error
        if isinstance(answer, No):
            raise Refused(answer.msgid, field=answer.field, **answer.params)
        if not isinstance(answer, expected):
            raise TypeError(f"the sealer answered {type(answer).__name__}")
        return answer
