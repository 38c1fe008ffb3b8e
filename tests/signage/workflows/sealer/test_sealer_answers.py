"""The sealer does what an officer's own factor confirms, and nothing else (rule P)."""

import hashlib

import msgspec
import pytest

from players.contract.limits import HOUR, MINUTE
from signage.domain.act import Act, ActKind
from signage.domain.alert import AlertState
from signage.domain.factor import FREE_TRIES, Assertion, Code, code_at
from signage.domain.sentences import Refused
from signage.workflows.alerts import alerting
from signage.workflows.sealer import officer_factors, passkey_enrolment
from signage.workflows.sealer.at_sealer import AtSealer
from signage.workflows.sealer.officer_factors import Site
from signage.workflows.sealer.sealer_answers import Answers
from tests.signage.authenticator import Authenticator
from tests.signage.pleiku import DUTY_OFFICER, NOON
from tests.signage.workflows.alarm import draft

SITE = Site(origin="https://bang-tin.example")
LOGIN = DUTY_OFFICER.login


class Clock:
    """Time as the test has it; a code is good once, so time goes on from act to act."""

    def __init__(self) -> None:
        self.at = NOON


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sealer(book, clock) -> AtSealer:
    answers = Answers(book, SITE, clock=lambda: clock.at, authorised=lambda: None)
    return AtSealer(answers.answer)


@pytest.fixture
def secret(book) -> str:
    return officer_factors.enrol_code(book, LOGIN, at=NOON).secret


@pytest.fixture
def drafted(store):
    return draft(store)


def raise_(sealer, alert, given, *, by=DUTY_OFFICER):
    return sealer.confirmer(given)(Act(kind=ActKind.RAISE, alert=alert), by, NOON)


def passkey(book, clock) -> Authenticator:
    """A passkey of the duty officer, made with a code of the command line."""
    code, made = passkey_enrolment.invite(book, LOGIN, at=clock.at), Authenticator(SITE.origin)
    credential = made.make(hashlib.sha256(code.encode()).digest())
    passkey_enrolment.enrol(book, LOGIN, code, credential, site=SITE, at=clock.at)
    return made


def test_the_code_of_the_officers_own_authenticator_raises(sealer, book, secret, drafted):
    raised = raise_(sealer, drafted, Code(digits=code_at(secret, NOON)))
    assert raised.state is AlertState.RAISED
    assert book.alerts.live() == [raised]
    (row,) = book.audit.page(subject=f"alert:{drafted.id}")
    assert (row.who, row.act) == (LOGIN, "alert.raised")


@pytest.mark.parametrize("digits", ["000000", "", "12345"])
def test_a_wrong_code_raises_nothing(sealer, book, secret, drafted, digits):
    with pytest.raises(Refused) as refused:
        raise_(sealer, drafted, Code(digits=digits))
    assert refused.value.field == "code"
    assert book.alerts.live() == []
    assert [row.act for row in book.audit.page(limit=1)] == ["factor.refused"]


def test_the_code_of_another_officer_raises_nothing_in_ones_name(sealer, book, secret, drafted):
    other = msgspec.structs.replace(DUTY_OFFICER, login="nguoi-khac")
    with pytest.raises(Refused, match="chưa có mã xác thực"):
        raise_(sealer, drafted, Code(digits=code_at(secret, NOON)), by=other)
    assert book.alerts.live() == []


def test_a_factor_of_a_ward_raises_amends_and_clears_nothing_beyond_it(sealer, book, clock, store):
    ward = ["display:nvh-hoi-phu", "unit:hoi-phu"]
    secret = officer_factors.enrol_code(book, LOGIN, at=NOON, reach=ward).secret
    code = Code(digits=code_at(secret, NOON))
    for targets in (["all"], ["unit:hoi-phu"], ["tag:x"], ["display:ubnd"], [*ward[:1], "all"]):
        with pytest.raises(Refused, match="chỉ dùng được cho màn hình của đơn vị"):
            raise_(sealer, msgspec.structs.replace(draft(store), targets=targets), code)
    own = raise_(sealer, msgspec.structs.replace(draft(store), targets=ward[:1]), code)
    clock.at += MINUTE
    again = Code(digits=code_at(secret, clock.at))
    wider = msgspec.structs.replace(own, revision=2, targets=["all"])
    with pytest.raises(Refused, match="chỉ dùng được"):
        sealer.confirmer(again)(Act(kind=ActKind.AMEND, alert=wider), DUTY_OFFICER, NOON)
    cleared = Act(kind=ActKind.CLEAR, alert=own.cleared(at=clock.at))
    assert sealer.confirmer(again)(cleared, DUTY_OFFICER, NOON).state is AlertState.CLEARED


def test_a_code_is_good_for_one_act(sealer, secret, store):
    code = Code(digits=code_at(secret, NOON))
    raise_(sealer, draft(store), code)
    with pytest.raises(Refused, match="đã dùng"):
        raise_(sealer, draft(store, at=NOON + 1), code)


def test_a_code_is_not_used_up_by_what_may_not_be_done(sealer, clock, secret, drafted):
    code = Code(digits=code_at(secret, NOON))
    past = msgspec.structs.replace(drafted, expires_at=NOON - 1)
    with pytest.raises(Refused, match="Giờ kết thúc"):
        raise_(sealer, past, code)
    assert raise_(sealer, drafted, code)


def test_too_many_wrong_codes_lock_even_the_right_one(sealer, book, clock, secret, drafted):
    for _ in range(FREE_TRIES):
        with pytest.raises(Refused):
            raise_(sealer, drafted, Code(digits="000000"))
    with pytest.raises(Refused, match="tạm khóa"):
        raise_(sealer, drafted, Code(digits=code_at(secret, NOON)))
    assert sealer.ways_of(LOGIN).locked_until == NOON + MINUTE
    clock.at += MINUTE + 1
    assert raise_(sealer, drafted, Code(digits=code_at(secret, clock.at)))


def test_an_administrator_unlocks_on_the_sealers_command_line(sealer, book, secret, drafted):
    for _ in range(FREE_TRIES):
        with pytest.raises(Refused):
            raise_(sealer, drafted, Code(digits="000000"))
    officer_factors.unlock(book, LOGIN)
    assert raise_(sealer, drafted, Code(digits=code_at(secret, NOON)))


def test_a_passkey_signs_what_was_rendered(sealer, book, clock, drafted):
    made = passkey(book, clock)
    act = Act(kind=ActKind.RAISE, alert=drafted)
    signed = Assertion(credential=made.sign(bytes.fromhex(act.binds)))
    assert raise_(sealer, drafted, signed).state is AlertState.RAISED


@pytest.mark.parametrize(
    "change",
    [
        {"targets": ["all"]},
        {"expires_at": NOON + 2 * HOUR},
        {"pages": {}},
        {"green": {}},
    ],
)
def test_a_passkey_over_something_else_raises_nothing(sealer, book, clock, store, change):
    seen = draft(store, "unit:hoi-phu")
    made, act = passkey(book, clock), Act(kind=ActKind.RAISE, alert=seen)
    signed = Assertion(credential=made.sign(bytes.fromhex(act.binds)))
    with pytest.raises(Refused, match="không khớp"):
        raise_(sealer, msgspec.structs.replace(seen, **change), signed)
    assert book.alerts.live() == []


def test_a_passkey_of_a_false_site_is_refused(sealer, book, clock, drafted):
    made, act = passkey(book, clock), Act(kind=ActKind.RAISE, alert=drafted)
    made.origin = "https://bang-tin.example.evil"
    signed = Assertion(credential=made.sign(bytes.fromhex(act.binds)))
    with pytest.raises(Refused, match="không khớp"):
        raise_(sealer, drafted, signed)


def test_an_enrolment_code_makes_one_passkey_within_an_hour(book, clock):
    code, made = passkey_enrolment.invite(book, LOGIN, at=NOON), Authenticator(SITE.origin)
    credential = made.make(hashlib.sha256(code.encode()).digest())
    with pytest.raises(Refused, match="quá một giờ"):
        passkey_enrolment.enrol(book, LOGIN, code, credential, site=SITE, at=NOON + HOUR)
    with pytest.raises(Refused, match="không đúng"):
        passkey_enrolment.enrol(book, "nguoi-khac", code, credential, site=SITE, at=NOON)
    passkey_enrolment.enrol(book, LOGIN, code, credential, site=SITE, at=NOON)
    with pytest.raises(Refused, match="đã dùng"):
        passkey_enrolment.enrol(book, LOGIN, code, credential, site=SITE, at=NOON)


def test_an_all_clear_and_an_amendment_need_the_factor_too(sealer, book, clock, secret, drafted):
    raised = raise_(sealer, drafted, Code(digits=code_at(secret, NOON)))
    cleared = raised.cleared(at=NOON + 1)
    wider = raised.revised(
        words=raised.words,
        targets=["all"],
        expires_at=raised.expires_at + MINUTE,
        pages=raised.pages,
        green=raised.green,
        at=NOON + 1,
    )
    for kind, alert in ((ActKind.CLEAR, cleared), (ActKind.AMEND, wider)):
        with pytest.raises(Refused):
            sealer.confirmer(Code(digits="000000"))(Act(kind=kind, alert=alert), DUTY_OFFICER, NOON)
    assert book.alerts.live() == [raised]
    clock.at += MINUTE
    confirm = sealer.confirmer(Code(digits=code_at(secret, clock.at)))
    assert confirm(Act(kind=ActKind.CLEAR, alert=cleared), DUTY_OFFICER, NOON).revision == 2


def test_what_was_cleared_is_not_raised_again_by_what_raised_it(sealer, clock, secret, drafted):
    raised = raise_(sealer, drafted, Code(digits=code_at(secret, NOON)))
    clock.at += MINUTE
    act = Act(kind=ActKind.CLEAR, alert=raised.cleared(at=clock.at))
    sealer.confirmer(Code(digits=code_at(secret, clock.at)))(act, DUTY_OFFICER, NOON)
    clock.at += MINUTE
    with pytest.raises(Refused, match="đã được phát"):
        raise_(sealer, drafted, Code(digits=code_at(secret, clock.at)))


@pytest.mark.parametrize(
    "change",
    [
        {"targets": []},
        {"targets": ["display:" + "x" * 200]},
        {"targets": ["everything else"]},
        {"id": "../../keys"},
        {"green_for": 10**12},
    ],
)
def test_what_no_player_could_read_is_refused(sealer, book, secret, drafted, change):
    with pytest.raises(Refused, match="không hợp lệ"):
        raise_(
            sealer,
            msgspec.structs.replace(drafted, **change),
            Code(digits=code_at(secret, NOON)),
        )
    assert book.alerts.live() == []


@pytest.mark.parametrize(
    "request_", [b"", b"{}", b"\xff" * 100, b'{"type":"confirm"}', b"[" * 9999]
)
def test_requests_that_are_none_are_answered_in_words(book, clock, request_):
    answers = Answers(book, SITE, clock=lambda: clock.at, authorised=lambda: None)
    assert b"msgid" in answers.answer(request_)


def test_the_book_is_for_its_owner_alone(book, tmp_path):
    folder = tmp_path / "keys" / "sealer"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_page_confirms_through_the_workflow(sealer, store, book, secret, drafted):
    code = Code(digits=code_at(secret, NOON))
    raised = alerting.raise_alert(
        store,
        drafted.id,
        expected_displays=4,
        authorise=sealer.confirmer(code),
        by=DUTY_OFFICER,
        at=NOON,
    )
    assert book.alerts.live() == [raised]
    assert store.proposals.get(drafted.id) is None
