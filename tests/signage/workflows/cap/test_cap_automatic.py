"""What goes out by itself: approved words only, where officers allowed it, and ended as well."""

from pathlib import Path

import msgspec
import pytest

from players.contract.limits import DAY, HOUR, MINUTE
from signage.cap.table_file import Table, table_of
from signage.domain.alert import AlertState
from signage.domain.cap.received import Standing
from signage.store import Store
from signage.workflows.alerts import alerting
from signage.workflows.alerts.alert_mirror import mirror
from signage.workflows.cap import cap_automatic, cap_intake
from signage.workflows.sealer.sealer_talk import GrantStanding
from tests.signage.cap.messages import SENDER, Signatory, info, message, reference
from tests.signage.pleiku import DUTY_OFFICER, NOON
from tests.signage.workflows.alarm import FLOOD
from tests.signage.workflows.house import OTHER

AUTHORITY = Signatory(NOON)


class Night:
    """Nobody is at the desk: messages come, and what was allowed beforehand is done."""

    def __init__(self, store: Store, house, template, home: Path) -> None:
        self.store, self.house, self.home, self.template = store, house, home, template
        table = f"""
            senders: [{{sender: {SENDER}, name: KTTV, automatic: true, token_file: kttv.token}}]
            rules: [{{name: lũ, events: [Lũ], template: {template.id}}}]
        """
        self.table = Table(rules=table_of(table), certificates={SENDER: [AUTHORITY.pem]})
        self.start = house.at + MINUTE

    def allow(self, **changes) -> None:
        asked = GrantStanding(
            login=DUTY_OFFICER.login,
            sender=SENDER,
            templates=[self.template.id],
            targets=["all"],
            until=NOON + DAY,
            given=self.house.code(DUTY_OFFICER),
        )
        asked = msgspec.structs.replace(asked, **changes)
        (self.home / "kttv.token").write_text(self.house.sealer.grant(asked))
        self.start = self.house.at + MINUTE

    def hear(self, content: bytes, *, after: int = 0):
        at = self.house.at = self.start + after
        received = cap_intake.take(
            self.store, AUTHORITY.sign(content), source="x", table=self.table, at=at
        )
        assert received
        cap_automatic.act(
            self.store,
            self.table.rules,
            self.house.sealer,
            home=self.home,
            green_for=MINUTE,
            at=at,
        )
        mirror(self.house.book, self.store, at=at)
        cap_intake.follow(self.store, at=at)
        return self.store.cap_messages.get(received.id)

    def warning(self, identifier: str = "1", after: int = 0, **envelope) -> bytes:
        block = info(expires=self.start + 3 * HOUR)
        return message(identifier, self.start + after, block, **envelope)


@pytest.fixture
def night(store, house, template, tmp_path) -> Night:
    return Night(store, house, template, tmp_path)


def test_a_trusted_warning_goes_out_in_the_approved_words(night: Night, book) -> None:
    night.allow()
    heard = night.hear(night.warning())
    assert heard.standing is Standing.SHOWS
    (alert,) = book.alerts.live()
    assert alert.words == msgspec.structs.replace(FLOOD, area="Phường Hội Phú")
    assert alert.targets == ["all"]
    assert alert.expires_at == night.start + HOUR


def test_its_update_and_its_cancel_follow_by_themselves(night: Night, book) -> None:
    night.allow()
    first = reference("1", night.start)
    night.hear(night.warning())
    update = night.warning("2", MINUTE, type="Update", references=first)
    assert night.hear(update, after=MINUTE).standing is Standing.SHOWS
    (alert,) = book.alerts.live()
    assert (alert.revision, alert.expires_at) == (2, night.start + MINUTE + HOUR)
    cancel = message("3", night.start + 2 * MINUTE, type="Cancel", references=first)
    assert night.hear(cancel, after=2 * MINUTE).standing is Standing.DONE
    (alert,) = book.alerts.live()
    assert alert.state is AlertState.CLEARED


def test_without_a_standing_authorisation_an_officer_is_asked(night: Night, book) -> None:
    heard = night.hear(night.warning())
    assert (heard.standing, heard.decision.reason) == (Standing.WAITS, "trusted; not-authorised")
    assert book.alerts.live() == []


def test_what_the_sealer_refuses_waits_with_its_reason(night: Night, book) -> None:
    night.allow(targets=["unit:hoi-phu"])
    heard = night.hear(night.warning())
    assert heard.standing is Standing.WAITS
    assert "sealer-refused" in heard.decision.reason
    assert "không nằm trong ủy quyền" in heard.decision.reasons[-1].said().text()
    assert book.alerts.live() == []


def test_a_stolen_table_without_the_token_raises_nothing(night: Night, book) -> None:
    night.allow()
    (night.home / "kttv.token").write_text("guessed")
    assert night.hear(night.warning()).standing is Standing.WAITS
    assert book.alerts.live() == []


def test_an_alert_that_an_officer_has_taken_over_is_ended_by_officers(night: Night, book) -> None:
    night.allow()
    night.hear(night.warning())
    (alert,) = book.alerts.live()
    proposal = alerting.propose_extension(
        night.store, alert.id, until=night.start + 2 * HOUR, by=DUTY_OFFICER, at=night.house.at
    )
    for officer in (DUTY_OFFICER, OTHER):
        night.house.confirm(proposal.act, officer)
    mirror(book, night.store, at=night.house.at)
    first = reference("1", night.start)
    cancel = message("3", night.start + 2 * MINUTE, type="Cancel", references=first)
    assert night.hear(cancel, after=2 * MINUTE).standing is Standing.WAITS
    (alert,) = book.alerts.live()
    assert alert.state is AlertState.RAISED


def test_a_warning_that_takes_effect_later_goes_out_then(night: Night, book) -> None:
    night.allow()
    block = info(expires=night.start + 3 * HOUR, effective=night.start + HOUR)
    heard = night.hear(message("1", night.start, block))
    assert (heard.standing, book.alerts.live()) == (Standing.CALLS, [])
    night.hear(message("9", night.start, info(), status="Test"), after=HOUR)
    assert len(book.alerts.live()) == 1
