"""Alerts by file: raised, changed and ended under a standing authorisation, else queued."""

import pytest

from players.contract.limits import MINUTE
from signage.domain.alert import AlertState
from signage.domain.sentences import Refused
from signage.workflows.alerts import alert_folder, alert_notices, alerting
from signage.workflows.alerts.alert_mirror import mirror
from tests.signage.workflows.alarm import FLOOD
from tests.signage.workflows.house import granted

FILE = "template: Lũ\narea: Phường Hội Phú\ntargets: ['unit:hoi-phu']\nevent: cau-so-3\n"
ENDED = "event: cau-so-3\nended: true\n"


def put(store, house, content: str, token: str = "", name: str = "nuoc.yaml"):
    done = alert_folder.take(
        store,
        content.encode(),
        name=name,
        authorise=house.sealer.by_standing(token),
        green_for=MINUTE,
        at=house.at,
    )
    mirror(house.book, store, at=house.at)
    return done


def waiting(store, house) -> list[str]:
    return [one.source for one in alerting.waiting(store, at=house.at)]


def test_a_file_waits_for_an_officer_unless_officers_have_allowed_it(store, house, template, book):
    assert "không có ủy quyền" in str(put(store, house, FILE))
    assert waiting(store, house) == ["nuoc.yaml"]
    assert book.alerts.live() == []
    assert "alert-folder.queued" in {row.act for row in store.audit.page()}


def test_what_waits_is_told_after_two_minutes(store, house, template):
    put(store, house, FILE)
    told = {"after_ms": MINUTE, "address": "http://pleiku"}
    assert alert_notices.due(store, at=house.at, **told) == []
    (notice,) = alert_notices.due(store, at=house.at + 2 * MINUTE, **told)
    assert "nuoc.yaml" in notice.body


def test_a_file_raises_changes_and_ends_one_alert(store, house, template, book):
    token = granted(house, template)
    raised = put(store, house, FILE, token)
    assert (raised.words.headline, raised.targets) == (FLOOD.headline, ["unit:hoi-phu"])
    house.at += MINUTE
    longer = put(store, house, FILE + "minutes: 40\n", token)
    assert (longer.id, longer.revision) == (raised.id, 2)
    assert longer.expires_at == house.at + 40 * MINUTE
    house.at += MINUTE
    assert put(store, house, ENDED, token).state is AlertState.CLEARED
    assert [one.state for one in book.alerts.live()] == [AlertState.CLEARED]
    assert waiting(store, house) == []


def test_a_newer_wish_takes_the_place_of_one_that_waits_and_an_end_takes_it_back(
    store, house, template
):
    put(store, house, FILE)
    put(store, house, FILE + "minutes: 40\n", name="nuoc-2.yaml")
    assert waiting(store, house) == ["nuoc-2.yaml"]
    put(store, house, ENDED)
    assert waiting(store, house) == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[" * 1200,
        "\x00",
        "template: Lũ\nheadline: Nước rút rồi, về nhà đi",
        "template: Bão",
        "template: Lũ\narea: Nơi khác\ntargets: [all]",
        "template: Lũ\ntargets: []",
        "template: Lũ\ntargets: ['display:khong-co']",
        "template: Lũ\ntargets: [all]\nminutes: -5",
        "template: Lũ\ntargets: [all]\nminutes: 99999",
        "ended: true",
        "template: " + "x" * 20_000,
    ],
)
def test_what_is_wrong_is_refused_in_words_and_nothing_waits(store, house, template, content):
    with pytest.raises(Refused):
        put(store, house, content)
    assert waiting(store, house) == []


def test_a_program_that_goes_mad_does_not_bury_the_queue(store, house, template, monkeypatch):
    monkeypatch.setattr(alert_folder, "MAX_WAITING", 2)
    for number in range(2):
        put(store, house, FILE.replace("cau-so-3", f"cau-{number}"))
    with pytest.raises(Refused, match="2 đề nghị"):
        put(store, house, FILE)
