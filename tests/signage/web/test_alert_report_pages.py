import csv
import io
from collections.abc import Callable

import pypdfium2
import pytest

from players.contract.reports import Presented
from signage.store import Store
from tests.signage.pleiku import APPROVER, DUTY_OFFICER
from tests.signage.sealing import Phone, SealerAside
from tests.signage.web.test_alert_pages import FLOOD, confirmed, raised
from tests.signage.web.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def duty(visit: Visit, at_sealer: SealerAside) -> Visitor:
    return visit(DUTY_OFFICER)


def shown(store: Store, alert_id: str, display: str, *, after: int) -> None:
    """The player of a display says that the alert was on its glass."""
    alert = store.alerts.get(alert_id)
    assert alert
    told = Presented(
        id=alert_id,
        revision=alert.revision,
        received_at=alert.begins_at + after - 10,
        presented_at=alert.begins_at + after,
    )
    with store.transaction():
        store.reports.save_presented(display, [told])


def rows(duty: Visitor, alert: str) -> list[dict[str, str]]:
    text = duty.open(f"/alerts/{alert}/report.csv").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_tells_every_display_in_every_revision(
    duty: Visitor, phone: Phone, store: Store
) -> None:
    alert = raised(duty, phone)
    shown(store, alert, "hoa-lu", after=42)
    duty.open(f"/alerts/{alert}")
    duty.send(f"/alerts/{alert}/clear", follow=True)
    confirmed(duty, phone)
    told = rows(duty, alert)
    assert [(row["revision"], row["act"]) for row in told] == [("1", "shown")] * 4 + [
        ("2", "cleared")
    ] * 4
    first = {row["display"]: row for row in told[:4]}
    assert (first["hoa-lu"]["state"], first["hoa-lu"]["seconds"]) == ("shown", "0.042")
    assert first["ubnd"]["state"] == "unreached"
    assert {row["by"] for row in told} == {DUTY_OFFICER.login}


def test_what_was_not_reached_comes_first(duty: Visitor, phone: Phone, store: Store) -> None:
    alert = raised(duty, phone)
    for display in ("hoa-lu", "nvh-dien-hong"):
        shown(store, alert, display, after=50)
    assert [row["state"] for row in rows(duty, alert)] == ["unreached"] * 2 + ["shown"] * 2


def test_a_headline_is_no_formula(duty: Visitor, phone: Phone) -> None:
    alert = raised(duty, phone, headline="=1+1 lũ")
    assert {row["headline"] for row in rows(duty, alert)} == {"'=1+1 lũ"}


def test_the_paper_says_the_same_in_words(duty: Visitor, phone: Phone, store: Store) -> None:
    alert = raised(duty, phone)
    shown(store, alert, "hoa-lu", after=42)
    document = pypdfium2.PdfDocument(duty.open(f"/alerts/{alert}/report.pdf").get_data())
    text = document[0].get_textpage().get_text_range()
    for words in (FLOOD["headline"], FLOOD["area"], "Ngã ba Hoa Lư", "đã hiện", "0,04"):
        assert words in text


def test_only_those_who_alert_read_it(duty: Visitor, phone: Phone, visit: Visit) -> None:
    alert = raised(duty, phone)
    assert visit(APPROVER).open(f"/alerts/{alert}/report.pdf").status_code == 403
    assert duty.open("/alerts/none/report.csv").status_code == 404
