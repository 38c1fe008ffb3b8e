"""Two people by policy, break-glass for approved templates, and standing authorisations."""

import msgspec
import pytest

from players.contract.limits import HOUR, MINUTE
from signage.domain.act import Act, ActKind
from signage.domain.alert import AlertState
from signage.domain.alert_template import AlertTemplate
from signage.domain.factor import Code
from signage.domain.people import Role
from signage.domain.sentences import Refused
from signage.domain.standing import MAX_ALERTS_PER_HOUR
from signage.domain.two_people import SECOND_WITHIN
from signage.workflows.alerts import alert_templates, alerting, alone_reviews
from signage.workflows.alerts.alert_mirror import mirror
from tests.signage.pleiku import APPROVER, DUTY_OFFICER, NOON, WARD, person
from tests.signage.workflows.alarm import FLOOD
from tests.signage.workflows.house import OTHER, House, granted


def drafted(store, template: AlertTemplate | None = None, *, minutes: int = 29, words=FLOOD):
    return alerting.draft(
        store,
        words,
        targets=["unit:hoi-phu"],
        until=NOON + minutes * MINUTE,
        template=template.id if template else "",
        by=DUTY_OFFICER,
        at=NOON,
    ).act


def test_one_confirmation_raises_nothing_and_the_second_does(store, house, book):
    act = drafted(store)
    assert house.confirm(act, DUTY_OFFICER) is None
    assert book.alerts.live() == []
    assert house.confirm(act, OTHER).state is AlertState.RAISED


def test_the_same_person_twice_is_one_person(store, house, book):
    act = drafted(store)
    house.confirm(act, DUTY_OFFICER)
    with pytest.raises(Refused, match="trực ban khác"):
        house.confirm(act, DUTY_OFFICER)
    assert book.alerts.live() == []


def test_the_second_confirms_the_very_same_pages(store, house, book):
    act = drafted(store)
    house.confirm(act, DUTY_OFFICER)
    other = msgspec.structs.replace(act, alert=msgspec.structs.replace(act.alert, targets=["all"]))
    assert house.confirm(other, OTHER) is None
    assert book.alerts.live() == []


def test_a_second_person_who_comes_too_late_is_the_first(store, house, book):
    act = drafted(store)
    house.confirm(act, DUTY_OFFICER)
    house.at += SECOND_WITHIN
    assert house.confirm(act, OTHER) is None


def test_one_person_ends_what_should_not_stand(store, house):
    act = drafted(store)
    house.confirm(act, DUTY_OFFICER)
    raised = house.confirm(act, OTHER)
    clear = Act(kind=ActKind.CLEAR, alert=raised.cleared(at=house.at))
    assert house.confirm(clear, OTHER).state is AlertState.CLEARED


@pytest.mark.parametrize(("level", "two"), [(2, False), (3, True), (5, True)])
def test_the_level_decides_whether_two_are_needed(store, book, level, two):
    house = House(book, store, two_people_from=3)
    act = drafted(store, words=msgspec.structs.replace(FLOOD, level=level))
    assert (house.confirm(act, DUTY_OFFICER) is None) is two


def test_what_waits_for_a_second_is_told_to_the_other_officers(store, house):
    act = drafted(store)
    alerting.raise_alert(
        store,
        act.alert.id,
        expected_displays=1,
        authorise=house.sealer.confirmer(house.code(DUTY_OFFICER)),
        by=DUTY_OFFICER,
        at=house.at,
    )
    (waiting,) = alerting.waiting(store, at=house.at)
    assert (waiting.alert.id, waiting.first) == (act.alert.id, DUTY_OFFICER.login)
    assert alerting.waiting(store, at=house.at + SECOND_WITHIN) == []


# Break-glass


def test_one_person_sends_an_approved_template_for_half_an_hour(store, house, template, book):
    raised = house.confirm(drafted(store, template), DUTY_OFFICER, alone=True)
    assert raised.state is AlertState.RAISED
    mirror(book, store, at=house.at)
    (sent,) = alone_reviews.sent_alone(store)
    assert (sent.alert, sent.by, sent.reviewed_by) == (raised.id, DUTY_OFFICER.login, "")


@pytest.mark.parametrize(
    "change",
    [
        {"words": msgspec.structs.replace(FLOOD, headline="Lũ lớn")},
        {"words": msgspec.structs.replace(FLOOD, level=5)},
        {"words": msgspec.structs.replace(FLOOD, area="Nơi khác")},
        {"minutes": 45},
    ],
)
def test_anything_else_needs_two(store, house, template, book, change):
    act = msgspec.structs.replace(drafted(store, template, **change), template=template.id)
    with pytest.raises(Refused, match="Một mình"):
        house.confirm(act, DUTY_OFFICER, alone=True)
    assert book.alerts.live() == []


def test_a_template_that_is_only_written_into_the_database_lets_nobody_act_alone(
    store, house, template, book
):
    forged = msgspec.structs.replace(
        template, id="gia", words=msgspec.structs.replace(FLOOD, headline="Giả")
    )
    with store.transaction():
        store.alert_templates.save(forged)
    with pytest.raises(Refused, match="Một mình"):
        house.confirm(drafted(store, forged, words=forged.words), DUTY_OFFICER, alone=True)


def test_alone_nobody_sends_other_pictures_beside_the_words_of_a_template(
    store, house, template, book
):
    act = drafted(store, template)
    other = drafted(store, words=msgspec.structs.replace(FLOOD, headline="Vui quá")).alert
    swapped = msgspec.structs.replace(act.alert, pages=other.pages)
    with pytest.raises(Refused, match="không đúng với câu chữ"):
        house.confirm(msgspec.structs.replace(act, alert=swapped), DUTY_OFFICER, alone=True)
    assert book.alerts.live() == []


def test_somebody_else_reviews_it_afterwards(store, house, template, book):
    raised = house.confirm(drafted(store, template), DUTY_OFFICER, alone=True)
    mirror(book, store, at=house.at)
    alone_reviews.review(store, raised.id, comment="Đúng lúc.", by=APPROVER, at=house.at)
    (sent,) = alone_reviews.sent_alone(store)
    assert (sent.reviewed_by, sent.comment) == (APPROVER.login, "Đúng lúc.")
    assert alone_reviews.waiting(store) == 0


# Templates


def test_who_writes_a_template_does_not_approve_it(store, house):
    mine = alert_templates.write(
        store, title="Lũ", words=FLOOD, areas=["Gào"], minutes=60, by=APPROVER, at=NOON
    )
    with pytest.raises(Refused, match="không tự duyệt"):
        alert_templates.approve(
            store, house.sealer, mine.id, house.code(APPROVER), by=APPROVER, at=NOON
        )


def test_a_factor_for_alerts_approves_no_template_and_the_other_way_round(store, house, template):
    with pytest.raises(Refused, match="chưa có mã"):
        house.sealer.approve_template(template, house.code(DUTY_OFFICER), by=OTHER)
    with pytest.raises(Refused, match="chưa có mã"):
        house.confirm(drafted(store), APPROVER)


def test_contacts_that_are_not_on_the_list_are_refused(store):
    words = msgspec.structs.replace(FLOOD, body="Gọi 0912 345 678 ngay.")
    with pytest.raises(Refused, match="0912 345 678"):
        drafted(store, words=words)
    admin = person(Role.ADMINISTRATOR, "pleiku-city")
    alert_templates.add_contact(store, "0912.345.678", by=admin, at=NOON)
    assert drafted(store, words=words)
    assert drafted(store, words=msgspec.structs.replace(FLOOD, body="Cháy thì gọi 114."))


# Standing authorisations


def wanted(store, house, template, token, *, words=FLOOD, target=f"unit:{WARD.id}"):
    proposal = alerting.draft(
        store,
        words,
        targets=[target],
        until=house.at + HOUR,
        template=template.id,
        source="CAP",
        by=DUTY_OFFICER,
        at=house.at,
    )
    authorise = house.sealer.by_standing(token)
    return alerting.confirm_or_queue(
        store, proposal, authorise=authorise, by=DUTY_OFFICER, at=house.at
    )


def test_a_source_raises_what_officers_have_allowed(store, house, template, book):
    raised = wanted(store, house, template, granted(house, template))
    assert book.alerts.live() == [raised]


@pytest.mark.parametrize(
    "change",
    [
        {"target": "all"},
        {"target": "unit:dien-hong"},
        {"words": msgspec.structs.replace(FLOOD, body="Ra đường xem.")},
    ],
)
def test_anything_else_waits_for_an_officer(store, house, template, book, change):
    why = wanted(store, house, template, granted(house, template), **change)
    assert "cần trực ban xác nhận" in str(why)
    assert book.alerts.live() == []
    assert [one.source for one in alerting.waiting(store, at=house.at)] == ["CAP"]


def test_a_false_token_raises_nothing(store, house, template, book):
    granted(house, template)
    assert "không có ủy quyền" in str(wanted(store, house, template, "mot-ma-gia"))
    assert book.alerts.live() == []


def test_a_source_that_goes_mad_is_stopped(store, house, template, book):
    token = granted(house, template)
    results = [wanted(store, house, template, token) for _ in range(MAX_ALERTS_PER_HOUR + 1)]
    assert "quá nhiều" in str(results[-1])
    assert len(book.alerts.live()) == MAX_ALERTS_PER_HOUR


def test_an_authorisation_ends_on_its_day(store, house, template, book):
    token = granted(house, template, until=house.at + MINUTE * 2)
    house.at += 5 * MINUTE
    assert "hết hạn" in str(wanted(store, house, template, token))


def test_an_authorisation_needs_an_officers_factor(store, house, template, book):
    with pytest.raises(Refused, match="không đúng"):
        granted(house, template, given=Code(digits="000000"))
    assert house.sealer.goes_by().standing == []
