from itertools import permutations

import msgspec
import pytest

from players.contract.limits import DAY, HOUR, MINUTE
from signage.cap.table_file import Table, table_of
from signage.domain.cap.areas import Place
from signage.domain.cap.deciding import Decision, Verb
from signage.domain.cap.ledger import Heard
from signage.workflows.cap.cap_judging import Judged, judge
from tests.signage.cap.messages import (
    ALL_PLEIKU,
    SENDER,
    Signatory,
    info,
    message,
    reference,
)
from tests.signage.pleiku import NOON

AUTHORITY = Signatory(NOON)
OTHER = "other@example.vn"
RULES = table_of(f"""
margin_km: 1
geocodes: {{GSO: {{"23575": "unit:hoi-phu"}}}}
senders:
  - {{sender: {SENDER}, name: Đài KTTV, automatic: true}}
  - {{sender: {OTHER}, name: Khác}}
rules:
  - {{name: sương mù, events: [Fog], ignore: true}}
  - {{name: lũ, events: [Flood], level: 3, headline: LŨ KHẨN CẤP, body: Di dời ngay.}}
exercises: {{dien-tap-2026: ["display:hoa-lu"]}}
""")
TABLE = Table(rules=RULES, certificates={SENDER: [AUTHORITY.pem]})
PLACES = [
    Place(display="hoa-lu", point=(13.98, 108.0), targets=frozenset({"display:hoa-lu"})),
    Place(display="hoi-phu", point=(13.99, 108.01), targets=frozenset({"unit:hoi-phu"})),
    Place(display="an-khe", point=(13.95, 108.66), targets=frozenset({"unit:an-khe"})),
]


class Desk:
    """Judges messages one after another; what waits stays waiting, what shows has an alert."""

    def __init__(self) -> None:
        self.heard: dict[object, Heard] = {}

    def hear(self, content: bytes, *, at: int = NOON, signed: bool = True) -> Decision:
        content = AUTHORITY.sign(content) if signed else content
        judged = judge(
            content, table=TABLE, heard_of=lambda _: self.heard.values(), places=PLACES, at=at
        )
        self._remember(judged)
        return judged.decision

    def _remember(self, judged: Judged) -> None:
        if judged.message is None or not judged.counts:
            return
        for one in judged.decision.ends:
            self.heard[one.itself] = msgspec.structs.replace(one, alert=None, waits=False)
        shows = judged.decision.decision in (Verb.SHOW, Verb.UPDATE, Verb.QUEUE)
        waits = shows and judged.decision.waits
        self.heard[judged.message.itself] = Heard(
            itself=judged.message.itself,
            type=judged.message.type,
            references=judged.message.references,
            alert=judged.message.identifier if shows and not waits else None,
            waits=waits,
            trusted=judged.trusted,
        )

    def on_air(self) -> list[str]:
        return sorted(one.alert for one in self.heard.values() if one.alert)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def alert(identifier: str = "1", sent: int = NOON, **changes) -> bytes:
    envelope = {name: changes.pop(name) for name in ("status", "scope", "note") if name in changes}
    block = info(**{"expires": NOON + 3 * HOUR} | changes)
    return message(identifier, sent, block, **envelope)


def test_a_trusted_urgent_warning_shows_at_once(desk: Desk) -> None:
    decided = desk.hear(alert())
    assert (decided.decision, decided.reason) == (Verb.SHOW, "trusted")
    assert decided.displays == ["hoa-lu", "hoi-phu"]
    assert (decided.begins_at, decided.expires_at) == (NOON, NOON + 3 * HOUR)
    assert decided.words
    assert decided.words.headline == "Lũ khẩn cấp trên sông Sê San"
    assert decided.words.body == "Di dời ngay khỏi ven sông."
    assert (decided.words.area, decided.words.sender) == ("Thành phố Pleiku", "Đài KTTV tỉnh")


@pytest.mark.parametrize(
    ("content", "verb", "reason"),
    [
        (alert(status="Test"), Verb.IGNORE, "not-actual"),
        (alert(status="System"), Verb.IGNORE, "not-actual"),
        (alert(status="Draft"), Verb.IGNORE, "not-actual"),
        (alert(status="Exercise"), Verb.IGNORE, "not-enrolled"),
        (alert(scope="Restricted"), Verb.IGNORE, "not-public"),
        (alert(scope="Private"), Verb.IGNORE, "not-public"),
        (message("1", NOON, type="Ack"), Verb.IGNORE, "answer"),
        (message("1", NOON, type="Error"), Verb.IGNORE, "answer"),
        (message("1", NOON), Verb.IGNORE, "no-info"),
        (alert(sent=NOON + HOUR), Verb.REJECT, "from-the-future"),
        (message("1", NOON, info(), type="Update"), Verb.REJECT, "names-nothing"),
        (message("1", NOON, type="Cancel"), Verb.REJECT, "names-nothing"),
        (alert(expires=NOON), Verb.IGNORE, "expired"),
        (alert(sent=NOON - DAY, expires=None), Verb.IGNORE, "expired"),
        (alert(event="fog"), Verb.IGNORE, "left-out"),
        (alert(area="<areaDesc>Hà Nội</areaDesc><circle>21,105.8 30</circle>"), Verb.IGNORE,
         "no-display"),
        (alert(area="<areaDesc>Đâu đó</areaDesc>"), Verb.IGNORE, "no-display"),
        (alert(severity="Minor"), Verb.QUEUE, "below-severity"),
        (alert(urgency="Future"), Verb.QUEUE, "below-urgency"),
        (alert(certainty="Possible"), Verb.QUEUE, "below-certainty"),
        (alert(language="en", event="Storm"), Verb.QUEUE, "no-vietnamese"),
    ],
)  # fmt: skip
def test_each_message_has_its_reason(desk: Desk, content: bytes, verb: Verb, reason: str) -> None:
    decided = desk.hear(content)
    assert (decided.decision, decided.reason) == (verb, reason)
    assert desk.on_air() == []


def test_an_unsigned_message_waits_for_an_officer(desk: Desk) -> None:
    decided = desk.hear(alert(), signed=False)
    assert (decided.decision, decided.reason) == (Verb.QUEUE, "not-signed")


def test_a_stranger_waits_for_an_officer(desk: Desk) -> None:
    stranger = message("1", NOON, info(), sender="x@example.org")
    assert desk.hear(stranger).reason.startswith("sender-unknown")


def test_a_forged_message_is_rejected_and_forgotten(desk: Desk) -> None:
    forged = AUTHORITY.sign(alert()).replace(b"Severe", b"Minor ")
    assert desk.hear(forged, signed=False).decision is Verb.REJECT
    assert desk.hear(alert()).decision is Verb.SHOW


def test_what_has_small_faults_waits_for_an_officer(desk: Desk) -> None:
    block = info(area=f"<areaDesc>A</areaDesc><polygon/><polygon>{ALL_PLEIKU}</polygon>")
    assert desk.hear(message("1", NOON, block)).reason == "departure; own-end"


def test_a_message_without_an_end_ends_by_the_table(desk: Desk) -> None:
    decided = desk.hear(alert(expires=None))
    assert (decided.decision, decided.reason) == (Verb.SHOW, "trusted; own-end")
    assert decided.expires_at == NOON + 6 * HOUR


def test_a_warning_of_a_week_shows_for_three_days(desk: Desk) -> None:
    decided = desk.hear(alert(expires=NOON + 7 * DAY))
    assert decided.reason == "trusted; shortened"
    assert decided.expires_at == NOON + 3 * DAY


def test_it_begins_when_it_takes_effect(desk: Desk) -> None:
    assert desk.hear(alert(effective=NOON + HOUR)).begins_at == NOON + HOUR


def test_english_only_gets_the_city_s_own_words(desk: Desk) -> None:
    decided = desk.hear(alert(language="en", event="Flood", headline="Flood Warning"))
    assert decided.decision is Verb.SHOW
    assert decided.words
    assert (decided.words.headline, decided.words.body) == ("LŨ KHẨN CẤP", "Di dời ngay.")


def test_languages_are_never_mixed(desk: Desk) -> None:
    english = info(language="en", headline="Flood", instruction="Move.", expires=NOON + HOUR)
    silent = info(headline="", instruction="", event="Lũ quét", expires=NOON + HOUR)
    words = desk.hear(message("1", NOON, english, silent)).words
    assert words
    assert (words.headline, words.body) == ("Lũ quét", "")


def test_other_languages_of_the_sender_take_turns_with_the_vietnamese(desk: Desk) -> None:
    english = info(language="en-GB", headline="Flood", instruction="Move up.", expires=NOON + HOUR)
    french = info(language="fr", headline="Crue", expires=NOON + HOUR)
    words = desk.hear(message("1", NOON, info(expires=NOON + HOUR), english, french)).words
    assert words
    assert words.headline == "Lũ khẩn cấp trên sông Sê San"
    assert [(one.language, one.headline, one.body) for one in words.tongues] == [
        ("en", "Flood", "Move up.")
    ]


def test_the_level_is_read_and_never_computed(desk: Desk) -> None:
    stated = "<parameter><valueName>VN-CapDoRuiRo</valueName><value>4</value></parameter>"
    for number, (parameter, severity, level) in enumerate(
        [(stated, "Minor", 4), ("", "Extreme", 0), (stated.replace("4", "9"), "Extreme", 0)]
    ):
        words = desk.hear(alert(str(number), severity=severity, parameter=parameter)).words
        assert words
        assert words.level == level


def test_a_code_of_the_table_means_a_unit(desk: Desk) -> None:
    code = "<geocode><valueName>GSO</valueName><value>23575</value></geocode>"
    assert desk.hear(alert(area=f"<areaDesc>A</areaDesc>{code}")).displays == ["hoi-phu"]


def test_a_near_miss_is_covered_and_a_further_one_is_told(desk: Desk) -> None:
    close = "13.981,107.9 14.1,107.9 14.1,108.005 13.981,108.005 13.981,107.9"
    decided = desk.hear(alert(area=f"<areaDesc>A</areaDesc><polygon>{close}</polygon>"))
    assert (decided.displays, decided.near) == (["hoa-lu", "hoi-phu"], [])
    desk.heard.clear()
    far = close.replace("13.981", "13.992")
    decided = desk.hear(alert(area=f"<areaDesc>A</areaDesc><polygon>{far}</polygon>"))
    assert (decided.displays, decided.near) == (["hoi-phu"], ["hoa-lu"])


def test_an_exercise_waits_and_reaches_only_who_is_enrolled(desk: Desk) -> None:
    decided = desk.hear(alert(status="Exercise", note="DIEN-TAP-2026, đợt 1"))
    assert (decided.decision, decided.reason) == (Verb.QUEUE, "exercise")
    assert (decided.exercise, decided.displays) == (True, ["hoa-lu"])


def chain() -> list[bytes]:
    """An alert, an update with a wider area, and a cancel that names only the first."""
    first = reference("1", NOON)
    update = message(
        "2",
        NOON + MINUTE,
        info(expires=NOON + 5 * HOUR),
        type="Update",
        references=first,
    )
    cancel = message("3", NOON + 2 * MINUTE, type="Cancel", references=first)
    return [alert("1"), update, cancel]


def test_an_update_replaces_and_a_cancel_ends(desk: Desk) -> None:
    first, update, cancel = chain()
    desk.hear(first)
    updated = desk.hear(update, at=NOON + MINUTE)
    assert updated.decision is Verb.UPDATE
    assert [one.alert for one in updated.ends] == ["1"]
    assert desk.on_air() == ["2"]
    cancelled = desk.hear(cancel, at=NOON + 2 * MINUTE)
    assert (cancelled.decision, cancelled.reason) == (Verb.CANCEL, "cancelled")
    assert desk.on_air() == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_a_chain_arrives_nothing_of_it_stays(
    desk: Desk, order: tuple[int, ...]
) -> None:
    for place in order:
        desk.hear(chain()[place], at=NOON + 3 * MINUTE)
    assert desk.on_air() == []


def test_a_cancel_that_is_older_than_the_update_does_not_end_it(desk: Desk) -> None:
    first, update, _ = chain()
    desk.hear(first)
    desk.hear(update, at=NOON + HOUR)
    early = message("3", NOON + 30_000, type="Cancel", references=reference("1", NOON))
    assert desk.hear(early, at=NOON + HOUR).decision is Verb.IGNORE
    assert desk.on_air() == ["2"]


def test_an_all_clear_ends_it(desk: Desk) -> None:
    desk.hear(alert("1"))
    over = info(response="AllClear", urgency="Past", severity="Minor")
    clear = message("2", NOON + MINUTE, over, type="Update", references=reference("1", NOON))
    assert desk.hear(clear, at=NOON + MINUTE).reason == "all-clear"
    assert desk.on_air() == []


def test_an_update_whose_area_left_us_takes_the_alert_down(desk: Desk) -> None:
    desk.hear(alert("1"))
    away = info(area="<areaDesc>Huế</areaDesc><circle>16.4,107.6 20</circle>")
    moved = message("2", NOON + MINUTE, away, type="Update", references=reference("1", NOON))
    decided = desk.hear(moved, at=NOON + MINUTE)
    assert (decided.decision, decided.reason) == (Verb.CANCEL, "no-display")


def test_the_identifier_alone_does_not_match(desk: Desk) -> None:
    desk.hear(alert("1"))
    other = message("3", NOON + MINUTE, type="Cancel", references=reference("1", NOON - 1000))
    assert desk.hear(other, at=NOON + MINUTE).decision is Verb.IGNORE
    assert desk.on_air() == ["1"]


def test_an_unsigned_cancel_waits_while_the_alert_stays(desk: Desk) -> None:
    desk.hear(alert("1"))
    cancel = message("3", NOON + MINUTE, type="Cancel", references=reference("1", NOON))
    decided = desk.hear(cancel, at=NOON + MINUTE, signed=False)
    assert (decided.decision, decided.waits) == (Verb.CANCEL, True)


def test_an_unsigned_twin_or_cancel_does_not_block_the_genuine_alert(desk: Desk) -> None:
    desk.hear(alert("1"), signed=False)
    cancel = message("3", NOON + MINUTE, type="Cancel", references=reference("1", NOON))
    desk.hear(cancel, at=NOON + MINUTE, signed=False)
    assert desk.hear(alert("1"), at=NOON + 2 * MINUTE).decision is not Verb.IGNORE
    assert desk.on_air() == ["1"]


def test_duplicates_are_told_as_such(desk: Desk) -> None:
    desk.hear(alert())
    assert desk.hear(alert()).reason == "received-before"
