from collections.abc import Callable

from players.contract.limits import HOUR, MINUTE
from signage.domain.people import Action
from signage.web.context import now
from tests.signage.cap.messages import info, message
from tests.signage.pleiku import DUTY_OFFICER, OFFICER
from tests.signage.web.api.program import Program

Program_ = Callable[..., Program]


def hand_in(program: Program, content: bytes):
    return program.ask("POST", "/warnings", data=content, content_type="application/cap+xml")


def test_a_program_hands_a_warning_in_and_hears_what_was_decided(program: Program_) -> None:
    duty = program(DUTY_OFFICER)
    content = message("1", now() - MINUTE, info(expires=now() + HOUR))
    told = hand_in(duty, content).get_json()
    assert (told["decision"], told["standing"]) == ("queue", "waits")
    assert told["reason"] == "sender-unknown"
    assert hand_in(duty, content).get_json()["reason"] == "received-before"
    assert [one["identifier"] for one in duty.get("/warnings")] == ["1"]


def test_rubbish_gets_a_reason_and_not_an_error(program: Program_) -> None:
    told = hand_in(program(DUTY_OFFICER), b"<html/>").get_json()
    assert (told["decision"], told["reason"]) == ("reject", "unreadable")


def test_only_a_token_for_it_may_hand_in(program: Program_) -> None:
    narrow = program(DUTY_OFFICER, Action.VIEW.value)
    assert hand_in(narrow, b"<alert/>").status_code == 403
    assert hand_in(program(OFFICER), b"<alert/>").status_code == 403
    sender = program(DUTY_OFFICER, Action.WARN.value)
    assert hand_in(sender, b"<alert/>").status_code == 200
    assert sender.ask("GET", "/warnings").status_code == 403


def test_a_message_that_is_too_large_is_refused_at_the_door(program: Program_) -> None:
    assert hand_in(program(DUTY_OFFICER), b" " * 2_000_000).status_code == 413
