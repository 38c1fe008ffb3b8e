"""The sealer as the pages see it: what they may ask, and how a refusal comes back as a sentence."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from signage.asking import NoAnswer
from signage.domain.act import Act
from signage.domain.alert import Alert
from signage.domain.alert_template import AlertTemplate
from signage.domain.factor import ALERT, Given
from signage.domain.people import User
from signage.domain.sentences import N_, Refused
from signage.workflows.sealer.authorising import Authorise
from signage.workflows.sealer.authorising_sets import Asked, AuthoriseSet
from signage.workflows.sealer.sealer_talk import (
    Answer,
    ApproveTemplate,
    AskPolicy,
    AskWays,
    Confirm,
    ConfirmSet,
    Done,
    Enrol,
    Enrolled,
    GoesBy,
    Granted,
    GrantStanding,
    No,
    RaiseStanding,
    Request,
    Stands,
    Waits,
    Ways,
)

Transport = Callable[[bytes], bytes]
"""Carries a request to the sealer and its answer back; raises NoAnswer."""

Expected = TypeVar("Expected")


class AtSealer:
    """Each method raises Refused: what the sealer says, or that it does not answer."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def ways_of(self, login: str, *, may: str = ALERT) -> Ways:
        """By which ways `login` can confirm acts on alerts, or whatever `may` names."""
        return _expect(self._ask(AskWays(login=login, may=may)), Ways)

    def goes_by(self) -> GoesBy:
        """What the sealer goes by."""
        return _expect(self._ask(AskPolicy()), GoesBy)

    def confirmer(self, given: Given, *, alone: bool = False) -> Authorise:
        """Return what asks for an act with the factor that was given."""

        def authorise(act: Act, by: User, _at: int) -> Alert | None:
            asked = Confirm(login=by.login, unit=by.unit, act=act, given=given, alone=alone)
            answer = self._ask(asked)
            return None if isinstance(answer, Waits) else _expect(answer, Done).alert

        return authorise

    def for_sets(self, given: Given | None) -> AuthoriseSet:
        """Return what asks for an act on a hold or a drill, with the factor that was given."""

        def authorise(act: Asked, by: User, _at: int, /) -> Asked:
            asked = ConfirmSet(login=by.login, unit=by.unit, act=act, given=given)
            done = _expect(self._ask(asked), Stands).act
            if not isinstance(done, type(act)):
                raise TypeError(f"the sealer answered a {type(done).__name__}")
            return done

        return authorise

    def by_standing(self, token: str) -> Authorise:
        """Return what asks for an act in the name of an unattended source, by its token."""

        def authorise(act: Act, _by: User, _at: int) -> Alert | None:
            return _expect(self._ask(RaiseStanding(token=token, act=act)), Done).alert

        return authorise

    def approve_template(self, template: AlertTemplate, given: Given, *, by: User) -> None:
        """Have it noted that `by` approves `template`."""
        asked = ApproveTemplate(login=by.login, unit=by.unit, template=template, given=given)
        _expect(self._ask(asked), Enrolled)

    def grant(self, asked: GrantStanding) -> str:
        """Give a source a standing authorisation; returns its token."""
        return _expect(self._ask(asked), Granted).token

    def enrol(self, login: str, code: str, credential: dict[str, Any]) -> None:
        """Make a passkey of `login` known."""
        _expect(self._ask(Enrol(login=login, code=code, credential=credential)), Enrolled)

    def _ask(self, request: Request) -> Answer:
        try:
            answer: Answer = msgspec.json.decode(
                self._transport(msgspec.json.encode(request)), type=Answer
            )
        except (NoAnswer, msgspec.DecodeError) as error:
            raise Refused(
                N_(
                    "Bộ phận niêm phong cảnh báo không trả lời, nên chưa có gì thay đổi."
                    " Hãy thử lại; nếu vẫn vậy, hãy báo quản trị khởi động lại “signage sealer”."
                )
            ) from error
        if isinstance(answer, No):
            raise Refused(answer.msgid, field=answer.field, **answer.params)
        return answer


def _expect(answer: Answer, kind: type[Expected]) -> Expected:
    if not isinstance(answer, kind):
        raise TypeError(f"the sealer answered {type(answer).__name__}")
    return answer
