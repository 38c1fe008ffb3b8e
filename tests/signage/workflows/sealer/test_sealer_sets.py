"""Holds and drills: what the sealer does with a factor, without one, and with forged rows."""

import hashlib

import pytest
from msgspec.structs import replace
from sqlalchemy import delete

from players.contract.limits import HOUR, MINUTE, SECOND
from players.contract.signature import Kind
from signage.domain.drill import DrillState
from signage.domain.factor import APPROVE, HOLD, Assertion, Code, code_at
from signage.domain.hold import HoldKind
from signage.domain.sentences import Refused
from signage.domain.set_act import FREE_MEETING, HoldAct, HoldActKind
from signage.store.holds import holds_table
from signage.workflows.alerts.alert_mirror import mirror
from signage.workflows.sealer import authorising_sets, passkey_enrolment
from signage.workflows.sealer.at_sealer import AtSealer
from signage.workflows.sealer.officer_factors import Site, enrol_code
from signage.workflows.sealer.sealer_answers import Answers
from signage.workflows.sets import drilling, holding, laid_sets
from signage.workflows.sets.drill_sets import DRILLS
from signage.workflows.sets.hold_sets import HOLDS
from tests.signage.authenticator import Authenticator
from tests.signage.pleiku import CITY_OFFICER, DUTY_OFFICER, NOON, OFFICER, SMALL_BOARD
from tests.signage.sealing import freely_set
from tests.signage.workflows.alarm import FLOOD, flood
from tests.signage.workflows.sets.test_drilling import Desk as DrillDesk
from tests.signage.workflows.sets.test_holding import Desk as HoldDesk

SITE = Site(origin="https://bang-tin.example")
WHERE = ("display:ubnd",)


class House:
    """The sealer's answers at a moment, and an officer's authenticator."""

    def __init__(self, book, store) -> None:
        self.book, self.store, self.at = book, store, NOON
        answers = Answers(
            book,
            SITE,
            clock=lambda: self.at,
            authorised=lambda: mirror(book, store, at=self.at),
            profiles=store.profiles.by_id,
        )
        self.sealer = AtSealer(answers.answer)
        self.secrets: dict[str, str] = {}

    def code(self, person=DUTY_OFFICER, **may) -> Code:
        """The code that this person's authenticator shows now."""
        if person.login not in self.secrets:
            made = enrol_code(self.book, person.login, at=self.at, **may)
            self.secrets[person.login] = made.secret
        return Code(digits=code_at(self.secrets[person.login], self.at))

    def place(self, given, kind=HoldKind.BLANK, *, by=DUTY_OFFICER, lasts=HOUR, targets=WHERE):
        return holding.place(
            self.store,
            kind,
            targets=targets,
            until=self.at + lasts,
            authorise=self.sealer.for_sets(given),
            by=by,
            at=self.at,
        )

    def draft(self, *, at=None):
        begins = self.at if at is None else at
        return drilling.draft(
            self.store,
            FLOOD,
            targets=WHERE,
            begins_at=begins,
            expires_at=begins + HOUR,
            by=DUTY_OFFICER,
            at=self.at,
        )

    def plan(self, drill, given):
        authorise = self.sealer.for_sets(given)
        return drilling.plan(self.store, drill.id, authorise=authorise, by=DUTY_OFFICER, at=self.at)

    def told(self) -> list[str]:
        return [row.act for row in self.store.audit.page(limit=3)]


@pytest.fixture
def house(book, store):
    return House(book, store)


# What needs a factor


def test_a_board_goes_dark_with_the_officers_own_code_and_comes_back_with_the_next(house):
    placed = house.place(house.code())
    assert house.book.holds.live(NOON) == house.store.holds.live(NOON) == [placed]
    house.at += MINUTE
    authorise = house.sealer.for_sets(house.code())
    holding.lift(house.store, placed.id, authorise=authorise, by=DUTY_OFFICER, at=house.at)
    assert house.book.holds.live(house.at) == house.store.holds.live(house.at) == []
    assert house.told()[:2] == ["hold.lifted", "hold.placed"]


@pytest.mark.parametrize("kind", [HoldKind.BLANK, HoldKind.SAFE])
@pytest.mark.parametrize("given", [None, Code(digits="000000"), Code(digits="")])
def test_without_a_code_nothing_stands_above_alerts(house, kind, given):
    house.code()
    with pytest.raises(Refused) as refused:
        house.place(given, kind)
    assert refused.value.field == "code"
    assert house.book.holds.live(NOON) == []


def test_nobody_ends_a_dark_screen_without_a_code(house):
    placed = house.place(house.code())
    with pytest.raises(Refused):
        holding.lift(
            house.store,
            placed.id,
            authorise=house.sealer.for_sets(None),
            by=DUTY_OFFICER,
            at=NOON,
        )
    assert house.book.holds.live(NOON) == [placed]


def test_a_code_that_darkened_one_board_darkens_no_other(house):
    code = house.code()
    house.place(code)
    with pytest.raises(Refused, match="đã dùng"):
        house.place(code, targets=("display:hoa-lu",))


def test_a_code_that_darkened_a_board_raises_no_drill(house):
    code, drafted = house.code(), house.draft()
    house.place(code)
    with pytest.raises(Refused, match="đã dùng"):
        house.plan(drafted, code)
    assert house.book.drills.live(NOON) == []


@pytest.mark.parametrize("may", [HOLD, APPROVE])
def test_a_factor_for_holds_or_templates_confirms_holds_and_no_drill(house, may):
    code = house.code(may=may)
    with pytest.raises(Refused, match="chưa có mã xác thực"):
        house.plan(house.draft(), code)
    assert house.place(code)


def passkey(house) -> Authenticator:
    login = DUTY_OFFICER.login
    code, made = passkey_enrolment.invite(house.book, login, at=NOON), Authenticator(SITE.origin)
    credential = made.make(hashlib.sha256(code.encode()).digest())
    passkey_enrolment.enrol(house.book, login, code, credential, site=SITE, at=NOON)
    return made


def test_a_passkey_signs_exactly_the_hold_that_was_shown(house):
    made = passkey(house)
    act = holding.proposed(
        house.store, HoldKind.BLANK, targets=WHERE, until=NOON + HOUR, by=DUTY_OFFICER, at=NOON
    )
    signed = Assertion(credential=made.sign(bytes.fromhex(act.binds)))
    confirm = house.sealer.for_sets(signed)
    for other in (
        replace(act.hold, targets=["all"]),
        replace(act.hold, kind=HoldKind.SAFE),
        replace(act.hold, expires_at=NOON + 2 * HOUR),
        replace(act.hold, id="khac"),
    ):
        with pytest.raises(Refused, match="không khớp"):
            confirm(replace(act, hold=other), DUTY_OFFICER, NOON)
    assert house.book.holds.live(NOON) == []
    assert confirm(act, DUTY_OFFICER, NOON).hold.targets == ["display:ubnd"]


def test_a_passkey_signs_exactly_the_drill_that_was_shown(house):
    made, drafted = passkey(house), house.draft()
    act = drilling.planning(house.store, drafted.id, by=DUTY_OFFICER, at=NOON)
    confirm = house.sealer.for_sets(Assertion(credential=made.sign(bytes.fromhex(act.binds))))
    longer = replace(act.drill, expires_at=NOON + 2 * HOUR)
    with pytest.raises(Refused, match="không khớp"):
        confirm(replace(act, drill=longer), DUTY_OFFICER, NOON)
    assert confirm(act, DUTY_OFFICER, NOON).drill.state is DrillState.PLANNED


def test_a_drill_that_was_planned_begins_by_itself_and_is_stopped_with_a_code(house):
    planned = house.plan(house.draft(at=NOON + HOUR), house.code())
    house.at += HOUR + MINUTE
    assert house.book.drills.get(planned.id).is_running(house.at)
    with pytest.raises(Refused):
        drilling.stop(
            house.store,
            planned.id,
            authorise=house.sealer.for_sets(None),
            by=DUTY_OFFICER,
            at=house.at,
        )
    authorise = house.sealer.for_sets(house.code())
    drilling.stop(house.store, planned.id, authorise=authorise, by=DUTY_OFFICER, at=house.at)
    assert house.book.drills.live(house.at) == house.store.drills.live(house.at) == []


# Where a factor reaches

WARD = ["display:nvh-hoi-phu", "unit:hoi-phu"]


def test_a_ward_officer_darkens_the_screens_of_the_ward_however_they_are_named(house):
    code = house.code(OFFICER, may=HOLD, reach=WARD)
    placed = house.place(code, by=OFFICER, targets=["unit:hoi-phu"])
    assert placed.targets == ["display:nvh-hoi-phu"]


def test_rows_of_the_database_give_a_ward_officer_no_more_screens(house):
    """A display is moved into the ward, the officer into the city: the sealer knows better."""
    code = house.code(OFFICER, may=HOLD, reach=WARD)
    moved = replace(house.store.displays.get("ubnd"), unit="hoi-phu")
    mayor = replace(OFFICER, unit="pleiku-city")
    with house.store.transaction():
        house.store.displays.save(moved)
    for by, targets in (
        (OFFICER, ["unit:hoi-phu"]),
        (OFFICER, ["display:ubnd"]),
        (mayor, ["unit:hoi-phu"]),
        (mayor, ["tag:nha-van-hoa"]),
        (mayor, ["all"]),
    ):
        with pytest.raises(Refused, match="chỉ dùng được cho màn hình của đơn vị"):
            house.place(code, by=by, targets=targets)
    assert house.book.holds.live(NOON) == []
    assert house.place(code, by=OFFICER, targets=["display:nvh-hoi-phu"])


def test_a_ward_officer_lifts_what_the_city_holds_in_the_ward_and_nowhere_else(house):
    city = house.place(house.code(), targets=["all"])
    house.at += MINUTE
    ward = house.place(house.code(), targets=["unit:hoi-phu"])
    code = house.code(OFFICER, may=HOLD, reach=WARD)

    def lift(hold):
        act = HoldAct(kind=HoldActKind.LIFT, hold=hold.lifted(by="x", at=house.at))
        house.sealer.for_sets(code)(act, OFFICER, house.at)

    with pytest.raises(Refused, match="chỉ dùng được"):
        lift(city)
    lift(ward)
    assert house.book.holds.live(house.at) == [city]


# A meeting, which every emergency interrupts


def test_a_ward_officer_without_a_factor_says_that_a_meeting_is_on_and_that_it_is_over(house):
    placed = house.place(
        None, HoldKind.MEETING, by=OFFICER, targets=["display:nvh-hoi-phu"], lasts=FREE_MEETING
    )
    assert house.book.holds.live(NOON) == [placed]
    assert house.store.audit.page(limit=1)[0].detail["how"] == authorising_sets.FREELY
    holding.lift(house.store, placed.id, authorise=house.sealer.for_sets(None), by=OFFICER, at=NOON)
    assert house.book.holds.live(NOON) == []


def test_a_longer_meeting_needs_a_code(house):
    longer = FREE_MEETING + MINUTE
    with pytest.raises(Refused, match="mã xác thực"):
        house.place(None, HoldKind.MEETING, lasts=longer)
    assert house.place(house.code(), HoldKind.MEETING, lasts=longer)


def test_a_dark_screen_does_not_become_free_by_being_called_a_meeting(house):
    placed = house.place(house.code())
    act = holding.lifting(house.store, placed.id, by=DUTY_OFFICER, at=NOON)
    called = replace(act, hold=replace(act.hold, kind=HoldKind.MEETING))
    with pytest.raises(Refused):
        house.sealer.for_sets(None)(called, DUTY_OFFICER, NOON)
    assert house.book.holds.live(NOON) == [placed]


def test_another_picture_in_the_place_of_a_meetings_page_is_refused(house):
    act = holding.proposed(
        house.store, HoldKind.MEETING, targets=WHERE, until=NOON + HOUR, by=CITY_OFFICER, at=NOON
    )
    other = replace(act.hold, pages=flood(house.store, *WHERE).pages)
    with pytest.raises(Refused, match="không đúng với câu chữ"):
        house.sealer.for_sets(None)(replace(act, hold=other), CITY_OFFICER, NOON)
    assert house.book.holds.live(NOON) == []


def test_meetings_leave_room_for_whoever_has_to_stop_a_board(house, monkeypatch):
    monkeypatch.setattr(authorising_sets, "MAX_FREE_HOLDS", 2)
    for _ in range(2):
        house.place(None, HoldKind.MEETING)
    with pytest.raises(Refused, match="2 lệnh giữ"):
        house.place(None, HoldKind.MEETING)
    assert house.place(house.code())


def test_a_page_that_goes_mad_is_told_to_wait(house, monkeypatch):
    monkeypatch.setattr(authorising_sets, "MAX_FREE_A_MINUTE", 2)
    for _ in range(2):
        house.place(None, HoldKind.MEETING)
    with pytest.raises(Refused, match="một phút"):
        house.place(None, HoldKind.MEETING)


# Drawn again


def test_the_picture_of_a_real_alert_never_becomes_a_drill(house):
    drafted, alert = house.draft(), flood(house.store, "display:ubnd")
    with house.store.transaction():
        house.store.alerts.save(alert.ended(), by="x", at=NOON)
        house.store.drills.save(replace(drafted, pages=alert.pages))
    with pytest.raises(Refused, match="không đúng với câu chữ"):
        house.plan(drafted, house.code())
    assert house.book.drills.live(NOON) == []


def test_a_drill_that_is_confirmed_a_while_after_it_was_drawn_is_taken(house):
    drafted = house.draft()
    house.at += 90 * SECOND
    assert house.plan(drafted, house.code()).begins_at == house.at


# Who writes the database


@pytest.fixture
def holds(tmp_path):
    return HoldDesk(tmp_path / "hold-keys")


def sealed_holds(house, desk):
    """What the sealer says on the small board after a round."""
    profiles = house.store.profiles.by_id()
    laid_sets.publish(house.book, desk.sealing, HOLDS, profiles=profiles, at=house.at)
    mirror(house.book, house.store, at=house.at)
    on_air = house.book.publications.of_kind(Kind.HOLDS)
    found = next((one for one in on_air if one.addressee == SMALL_BOARD.id), None)
    return desk.entries(found.sealed) if found else []


def test_a_hold_written_into_the_database_darkens_nothing_and_the_log_says_so(house, holds):
    freely = freely_set(house.store)  # as whoever owns the database: rows, and no sealer
    forged = holding.place(
        house.store,
        HoldKind.BLANK,
        targets=["all"],
        until=NOON + HOUR,
        authorise=freely,
        by=DUTY_OFFICER,
        at=NOON,
    )
    assert sealed_holds(house, holds) == []
    assert house.store.holds.get(forged.id).lifted_by == "sealer"
    assert house.told()[0] == "hold.unauthorised"


@pytest.mark.parametrize(
    "forge",
    [
        lambda hold: hold.lifted(by="x", at=NOON),
        lambda hold: replace(hold, expires_at=NOON - 1),
        lambda hold: replace(hold, targets=["all"]),
        lambda hold: replace(hold, revision=0, kind=HoldKind.MEETING),
    ],
)
def test_a_dark_screen_stays_as_it_was_confirmed_whatever_is_written(house, holds, forge):
    placed = house.place(house.code())
    before = sealed_holds(house, holds)
    with house.store.transaction():
        house.store.holds.save(forge(placed))
    house.at += SECOND
    assert sealed_holds(house, holds) == before
    assert house.store.holds.get(placed.id) == placed
    assert house.told()[0] == "hold.unauthorised"


def test_a_hold_whose_rows_are_gone_is_up_and_comes_back(house, holds):
    placed = house.place(house.code())
    with house.store.transaction():
        house.store.rows.write(delete(holds_table))
    assert len(sealed_holds(house, holds)) == 1
    assert house.store.holds.live(NOON) == [placed]


def test_what_is_done_rightly_is_never_told_as_forged(house, holds):
    placed = house.place(house.code())
    sealed_holds(house, holds)
    house.at += MINUTE
    authorise = house.sealer.for_sets(house.code())
    holding.extend(
        house.store,
        placed.id,
        until=NOON + 2 * HOUR,
        authorise=authorise,
        by=DUTY_OFFICER,
        at=house.at,
    )
    sealed_holds(house, holds)
    house.at = NOON + 3 * HOUR
    sealed_holds(house, holds)
    acts = {row.act for row in house.store.audit.page(limit=50)}
    assert "hold.unauthorised" not in acts
    assert not mirror(house.book, house.store, at=house.at)


def test_a_drill_written_into_the_database_is_not_sealed_and_the_log_says_so(house, tmp_path):
    desk, drafted = DrillDesk(tmp_path / "drill-keys"), house.draft()
    with house.store.transaction():
        house.store.drills.save(drafted.planned(at=NOON))
    mirror(house.book, house.store, at=NOON)
    profiles = house.store.profiles.by_id()
    assert laid_sets.publish(house.book, desk.sealing, DRILLS, profiles=profiles, at=NOON) == []
    assert house.store.drills.get(drafted.id).state is DrillState.ENDED
    assert house.told()[0] == "drill.unauthorised"


@pytest.mark.parametrize(
    "forge",
    [
        lambda drill: drill.ended(at=NOON),
        lambda drill: replace(drill, state=DrillState.DRAFT),
        lambda drill: replace(drill, expires_at=NOON + 4 * HOUR),
    ],
)
def test_a_drill_runs_as_it_was_confirmed_whatever_is_written(house, forge):
    planned = house.plan(house.draft(), house.code())
    with house.store.transaction():
        house.store.drills.save(forge(planned))
    mirror(house.book, house.store, at=NOON + SECOND)
    assert house.store.drills.get(planned.id) == planned
    assert house.told()[0] == "drill.unauthorised"


def test_a_book_of_yesterday_leaves_holds_of_today_alone_until_it_has_listened(house, holds):
    placed = house.place(house.code())
    on_air = laid_sets.publish(
        house.book, holds.sealing, HOLDS, profiles=[SMALL_BOARD.id], at=house.at
    )
    mirror(house.book, house.store, at=house.at)
    with house.book.transaction():  # the book as it was before: restored from a backup
        house.book.rows.write(delete(holds_table))
        house.book.cards.remove("told-hold", placed.id)
        house.book.publications.forget(on_air[0].sealed.topic)
    mirror(house.book, house.store, at=house.at, has_listened=False)
    assert house.store.holds.live(NOON) == [placed]
    assert holds.hears(house.book, on_air[0].sealed.sealed)
    mirror(house.book, house.store, at=house.at)
    (again,) = house.store.holds.live(NOON)
    assert (again.id, again.outside) == (placed.id, True)
    assert "hold.unauthorised" not in house.told()
