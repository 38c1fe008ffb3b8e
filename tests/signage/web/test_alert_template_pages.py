"""Templates, the second person, break-glass and standing authorisations on the pages."""

from collections.abc import Callable

import pytest

from signage.domain.factor import APPROVE, code_at
from signage.store import Store
from signage.workflows.sealer import officer_factors
from tests.signage.pleiku import ADMINISTRATOR, APPROVER, DUTY_OFFICER
from tests.signage.sealing import Phone, SealerAside
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]

TEMPLATE = {
    "title": "Lũ, ngập lụt",
    "headline": "Lũ đang lên nhanh",
    "body": "Lên chỗ cao.",
    "areas": "Phường Hội Phú\nPhường Diên Hồng",
}


@pytest.fixture
def approved(visit: Visit, at_sealer: SealerAside, store: Store) -> str:
    """A template that an officer wrote and the approver approved on the pages."""
    duty, approver = visit(DUTY_OFFICER), visit(APPROVER)
    secret = officer_factors.enrol_code(
        at_sealer.book, APPROVER.login, at=at_sealer.now(), may=APPROVE
    ).secret
    duty.open("/alert-templates/new")
    page = duty.send("/alert-templates", follow=True, **TEMPLATE)
    assert "Chờ duyệt" in words(page)
    template = page.request.path.rpartition("/")[2]
    approver.open(f"/alert-templates/{template}")
    code = code_at(secret, at_sealer.now())
    approver.send(f"/alert-templates/{template}/approve", code=code, follow=True)
    assert store.alert_templates.get(template).approved_by == APPROVER.login
    return template


def test_a_template_fills_the_form_and_is_remembered(
    approved: str, visit: Visit, store: Store
) -> None:
    duty = visit(DUTY_OFFICER)
    duty.open(f"/alerts/new?template={approved}")
    confirm = duty.send("/alerts", follow=True, sender="Trung tâm")
    proposal = store.proposals.get(confirm.request.path.split("/")[2])
    assert proposal.act.template == approved


def test_two_officers_confirm_and_the_first_may_not_do_it_twice(
    visit: Visit, at_sealer: SealerAside, phone: Phone, store: Store
) -> None:
    at_sealer.two_people()
    with store.transaction():
        store.users.save(at_sealer.other)
        hash_ = store.users.password_hash(DUTY_OFFICER.id)
        store.users.set_password_hash(at_sealer.other.id, hash_)
    other_phone = at_sealer.phone(at_sealer.other.login)
    duty, other = visit(DUTY_OFFICER), visit(at_sealer.other)
    duty.open("/alerts/new")
    confirm = duty.send("/alerts", follow=True, headline="Lũ", area="Gào", sender="UBND")
    alert = confirm.request.path.split("/")[2]
    assert "cần hai người xác nhận" in words(confirm)
    page = duty.send(f"/alerts/{alert}/confirm", confirm="4", code=phone.code(), follow=True)
    assert "Bạn đã xác nhận" in words(page)
    assert store.alerts.live() == []
    assert "cần người thứ hai" in words(other.open("/alerts"))
    assert "cần người thứ hai" in words(other.open("/wall"))
    other.open(f"/alerts/{alert}/confirm")
    other.send(f"/alerts/{alert}/confirm", confirm="4", code=other_phone.code(), follow=True)
    assert [one.id for one in store.alerts.live()] == [alert]


def test_a_source_is_given_its_authorisation_and_its_token_once(
    approved: str, visit: Visit, at_sealer: SealerAside, phone: Phone
) -> None:
    duty = visit(DUTY_OFFICER)
    duty.open("/standing")
    page = duty.send(
        "/standing",
        sender="CAP",
        templates=[approved],
        targets=["unit:hoi-phu"],
        until_day="31/12/2099",
        code=phone.code(),
    )
    assert "400 ngày" in words(page)
    page = duty.send(
        "/standing",
        sender="CAP",
        templates=[approved],
        targets=["unit:hoi-phu"],
        until_day=at_sealer.tomorrow(),
        code=phone.code(),
    )
    assert "chỉ hiện một lần" in words(page)
    assert "chỉ hiện một lần" not in words(duty.open("/standing"))
    assert "CAP" in words(duty.page)


def test_administrators_keep_the_list_of_contacts(visit: Visit, store: Store) -> None:
    admin = visit(ADMINISTRATOR)
    admin.open("/alert-contacts")
    page = admin.send("/alert-contacts", contact=" 0269  3824 114", follow=True)
    assert "0269 3824 114" in words(page)
    admin.send("/alert-contacts/remove", follow=True)
    assert store.alert_contacts.all() == []


def test_nobody_sent_anything_alone_yet(visit: Visit) -> None:
    assert "Chưa có cảnh báo nào" in words(visit(APPROVER).open("/alert-reviews"))
