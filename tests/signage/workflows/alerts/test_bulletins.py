import io
import json
import wave
from pathlib import Path

import pytest

from players.contract.limits import HOUR, MINUTE
from signage.bulletin_drop import FileDrop
from signage.domain.alert import Alert, AlertState, AlertWords
from signage.domain.bulletin import Bulletin, bulletin_of, speech_of
from signage.speaking import spoken
from signage.store import Store
from signage.workflows.alerts import bulletins
from tests.signage.cap.messages import ZONE
from tests.signage.pleiku import NOON

FLOOD = AlertWords(
    headline="Lũ quét", body="Lên chỗ cao ngay.", area="Hội Phú", sender="BCH PTDS", level=3
)


def alert(*, revision: int = 1, state: AlertState = AlertState.RAISED) -> Alert:
    return Alert(
        id="a1",
        revision=revision,
        state=state,
        words=FLOOD,
        targets=["all"],
        begins_at=NOON,
        expires_at=NOON + HOUR,
        pages={},
        green={},
        created_by="x",
        created_at=NOON,
        raised_at=NOON,
        cleared_at=NOON if state is AlertState.CLEARED else None,
    )


def keep(store: Store, one: Alert) -> None:
    with store.transaction():
        store.alerts.save(one, by="truc-ban", at=NOON)


def test_a_loudspeaker_says_what_where_until_when_and_who_says_so_twice() -> None:
    once, _, again = speech_of(alert(), ZONE).partition("\n")
    assert once == (
        "Cảnh báo khẩn cấp. Lũ quét. Rủi ro thiên tai cấp 3. Khu vực: Hội Phú. Lên chỗ cao ngay."
        " Cảnh báo có hiệu lực đến 13 giờ 00 ngày 23/11/2026. BCH PTDS thông báo."
    )
    assert again == f"Xin nhắc lại. {once}"


def test_an_all_clear_never_repeats_the_advice() -> None:
    said = speech_of(alert(state=AlertState.CLEARED), ZONE)
    assert "Lên chỗ cao" not in said
    assert "đã kết thúc" in said


def test_each_revision_is_handed_over_once_also_after_a_restart(store: Store) -> None:
    taken: list[Bulletin] = []
    for one in (alert(), alert(), alert(revision=2), alert(revision=3, state=AlertState.CLEARED)):
        keep(store, one)
        bulletins.hand_over(store, taken.append, zone=ZONE, at=NOON + MINUTE)
    assert [(one.revision, one.state) for one in taken] == [
        (1, "raised"),
        (2, "raised"),
        (3, "cleared"),
    ]


def test_what_could_not_be_handed_over_is_tried_again(store: Store) -> None:
    keep(store, alert())

    def full(_: Bulletin) -> None:
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        bulletins.hand_over(store, full, zone=ZONE, at=NOON)
    taken: list[Bulletin] = []
    bulletins.hand_over(store, taken.append, zone=ZONE, at=NOON)
    assert len(taken) == 1


def test_an_alert_that_is_over_is_not_read_any_more(store: Store) -> None:
    keep(store, alert())
    assert bulletins.hand_over(store, lambda _: None, zone=ZONE, at=NOON + HOUR) == []


@pytest.mark.system("espeak")
def test_files_are_dropped_whole_with_a_voice(tmp_path: Path) -> None:
    drop = FileDrop(tmp_path / "loa")
    for _ in range(2):
        drop.hand_over(bulletin_of(alert(), ZONE))
    assert sorted(path.name for path in (tmp_path / "loa").iterdir()) == ["a1-1.json", "a1-1.wav"]
    said = json.loads((tmp_path / "loa" / "a1-1.json").read_text())
    assert (said["class"], said["state"], said["valid_to"]) == ("khan-cap", "raised", NOON + HOUR)


@pytest.mark.system("espeak")
def test_the_voice_speaks_for_as_long_as_there_are_words() -> None:
    def seconds(text: str) -> float:
        with wave.open(io.BytesIO(spoken(text))) as sound:
            # espeak writes to a pipe without knowing the length: count what is there.
            return len(sound.readframes(10**8)) / (sound.getframerate() * sound.getsampwidth())

    once = "Cảnh báo khẩn cấp. Lũ quét."
    assert 1 < seconds(once) < seconds(f"{once} {once} {once}")


@pytest.mark.system("espeak")
def test_words_are_never_options_of_the_voice() -> None:
    assert spoken("--help -w /tmp/x")[:4] == b"RIFF"
