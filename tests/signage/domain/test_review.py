"""Review binds exactly the pictures that were shown."""

import msgspec
import pytest

from signage.domain.people import NotAllowed
from signage.domain.playlist import PlaylistDraft
from signage.domain.rendition import Rendition
from signage.domain.review import State, Submission, Withdrawal, content_hash
from signage.domain.sentences import Refused
from signage.domain.slide import Slide, slide_hash
from tests.signage.pleiku import APPROVER, CITY_OFFICER, HOUSE_SCREEN, OFFICER, SMALL_BOARD

SLIDE = Slide(id="a", layout="slogan", fields={"text": "Vì Pleiku xanh", "source": ""})
SUBJECT = slide_hash(SLIDE)
DRAFT = PlaylistDraft(id="p", unit="hoi-phu", title="Khẩu hiệu", slides=[SLIDE], targets=["ubnd"])


def rendition(profile: str, blob: str = "b" * 64) -> Rendition:
    return Rendition(
        subject_hash=SUBJECT,
        kind="slide",
        profile=profile,
        area_w=192,
        area_h=96,
        blob=blob,
        media_type="image/png",
        width=192,
        height=96,
        bytes=900,
    )


DRAWN = {SUBJECT: {"led-192x96": rendition("led-192x96")}}
WAITING = Submission(
    id="s",
    playlist="p",
    number=1,
    content_hash=content_hash(DRAFT, DRAWN),
    document=DRAFT,
    renditions=DRAWN,
    submitted_by=OFFICER.id,
    submitted_at=1,
)


def approved() -> Submission:
    return WAITING.approved(by=APPROVER, content_hash=WAITING.content_hash, at=2)


def test_another_person_approves_what_was_shown() -> None:
    decided = approved()
    assert decided.state is State.APPROVED
    assert (decided.decided_by, decided.decided_at) == (APPROVER.id, 2)


def test_nobody_approves_or_returns_the_own_submission() -> None:
    with pytest.raises(NotAllowed):
        WAITING.approved(by=OFFICER, content_hash=WAITING.content_hash, at=2)
    with pytest.raises(NotAllowed):
        WAITING.returned(by=OFFICER, comment="Sửa", at=2)


def test_another_hash_is_refused() -> None:
    with pytest.raises(Refused, match="tải lại"):
        WAITING.approved(by=APPROVER, content_hash="0" * 64, at=2)


def test_a_decision_is_made_once() -> None:
    with pytest.raises(Refused, match="đã được xử lý"):
        approved().approved(by=CITY_OFFICER, content_hash=WAITING.content_hash, at=3)


def test_the_hash_changes_with_the_words_and_with_any_picture() -> None:
    renamed = msgspec.structs.replace(DRAFT, title="Khác")
    redrawn = {SUBJECT: {"led-192x96": rendition("led-192x96", blob="c" * 64)}}
    hashes = {
        content_hash(DRAFT, DRAWN),
        content_hash(renamed, DRAWN),
        content_hash(DRAFT, redrawn),
        content_hash(DRAFT, DRAWN | {SUBJECT: {**DRAWN[SUBJECT], "x": rendition("x")}}),
    }
    assert len(hashes) == 4


def test_a_profile_counts_when_everything_is_drawn_for_it() -> None:
    second = msgspec.structs.replace(SLIDE, id="b", fields={"text": "Khác", "source": ""})
    longer = msgspec.structs.replace(DRAFT, slides=[SLIDE, second])
    assert WAITING.is_drawn_for(SMALL_BOARD)
    assert not WAITING.is_drawn_for(HOUSE_SCREEN)
    assert not msgspec.structs.replace(WAITING, document=longer).is_drawn_for(SMALL_BOARD)


def test_one_slide_or_everything_leaves_the_air() -> None:
    one = approved().withdrawn(Withdrawal(subject_hash=SUBJECT, reason="Sai số", by="x", at=3))
    assert one.state is State.APPROVED
    assert one.is_withdrawn(SUBJECT)
    whole = approved().withdrawn(Withdrawal(subject_hash=None, reason="Sai số", by="x", at=3))
    assert whole.state is State.WITHDRAWN
    assert whole.is_withdrawn(SUBJECT)


def test_what_is_not_on_air_cannot_be_withdrawn() -> None:
    with pytest.raises(Refused):
        WAITING.withdrawn(Withdrawal(subject_hash=None, reason="Sai số", by="x", at=3))
    with pytest.raises(Refused):
        approved().withdrawn(Withdrawal(subject_hash="0" * 64, reason="Sai số", by="x", at=3))


def test_returning_needs_a_comment() -> None:
    with pytest.raises(Refused) as refused:
        WAITING.returned(by=APPROVER, comment="  ", at=2)
    assert refused.value.field == "comment"
    assert WAITING.returned(by=APPROVER, comment=" Sửa số ", at=2).comment == "Sửa số"
