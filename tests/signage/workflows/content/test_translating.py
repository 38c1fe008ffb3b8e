"""Versions in other languages: shown in turn, each once somebody who has the language agrees."""

import pytest

from players.contract.documents import slide_items
from players.contract.types import BlobRef
from signage.domain.people import NotAllowed, User
from signage.domain.playlist import Playlist
from signage.domain.programme import document_of
from signage.domain.review import Submission
from signage.domain.sentences import Refused
from signage.domain.slide import Version, Words, slide_hash
from signage.domain.translation import awaited, sent_back
from signage.store import Store
from signage.workflows.accounts import people
from signage.workflows.approval import review, withdrawing
from signage.workflows.content import editing, translating
from tests.signage.pleiku import ADMINISTRATOR, APPROVER, CITY_OFFICER, NOON, SMALL_BOARD, VIEWER
from tests.signage.workflows.desk import NOTICE, approve, new_playlist, submit

JRAI = {"title": "Đơi apui", "body": "Mơguah 24/11, mông 8.", "source": ""}
BAHNAR = {"title": "Pơđŏ 'long", "body": "Pơgê 24/11, jơ 8.", "source": ""}


@pytest.fixture
def reader(store: Store) -> User:
    """The viewer, whom the administrator asked to review Jrai."""
    return people.update_user(store, VIEWER.id, languages=["jra"], by=ADMINISTRATOR, at=NOON)


def bilingual(store: Store, **versions: Version) -> Playlist:
    playlist = new_playlist(store, "ubnd")
    [slide] = playlist.draft.slides
    return editing.update_slide(
        store,
        playlist.id,
        slide.id,
        Words(
            layout="notice",
            fields=NOTICE,
            versions=versions or {"jra": Version(fields=JRAI, seconds=12)},
        ),
        version=playlist.version,
        by=CITY_OFFICER,
        at=NOON,
    )


def shown(store: Store, submission: Submission) -> list[tuple[str, int]]:
    """What a player of the small board is told: the names after the slide's own, and seconds."""
    safe = BlobRef(sha256="0" * 64, bytes=1, media_type="image/png")
    document = document_of(store.submissions.get(submission.id), SMALL_BOARD, safe)
    assert document is not None
    items, _ = slide_items(document.items)
    own = submission.document.slides[0].id
    return [(item.id.removeprefix(own), item.seconds) for item in items]


def decide(store: Store, sent: Submission, by: User, **more: object) -> Submission:
    words = {"approved": True, "at": NOON} | more
    return translating.decide_language(store, sent.id, "jra", sent.content_hash, by=by, **words)  # type: ignore[arg-type]


def test_versions_alternate_each_for_its_own_seconds(store: Store, reader: User) -> None:
    sent = submit(store, bilingual(store))
    decide(store, sent, reader)
    assert shown(store, approve(store, sent)) == [("", 10), (".jra", 12)]


def test_an_unread_version_is_left_out_and_vietnamese_does_not_wait(store: Store) -> None:
    approved = approve(store, submit(store, bilingual(store)))
    assert shown(store, approved) == [("", 10)]
    assert list(awaited(approved)) == ["jra"]


def test_a_version_comes_by_itself_once_it_is_read(store: Store, reader: User) -> None:
    approved = approve(store, submit(store, bilingual(store)))
    decide(store, approved, reader)
    assert shown(store, approved) == [("", 10), (".jra", 12)]


def test_only_one_who_was_asked_and_did_not_submit_it_may_say_yes(store: Store) -> None:
    sent = submit(store, bilingual(store))
    with pytest.raises(NotAllowed):
        decide(store, sent, VIEWER)
    officer = people.update_user(
        store, CITY_OFFICER.id, languages=["jra"], by=ADMINISTRATOR, at=NOON
    )
    with pytest.raises(NotAllowed, match="chính mình trình"):
        decide(store, sent, officer)


def test_the_reader_approves_exactly_the_pictures_that_were_seen(
    store: Store, reader: User
) -> None:
    sent = submit(store, bilingual(store))
    with pytest.raises(Refused, match="khác với nội dung đang trình"):
        translating.decide_language(
            store, sent.id, "jra", "0" * 64, approved=True, by=reader, at=NOON
        )


def test_an_approver_who_has_the_language_does_both_at_once(store: Store) -> None:
    both = people.update_user(store, APPROVER.id, languages=["jra"], by=ADMINISTRATOR, at=NOON)
    sent = submit(store, bilingual(store))
    approved = review.approve(
        store, sent.id, sent.content_hash, languages=["jra"], by=both, at=NOON
    )
    assert shown(store, approved) == [("", 10), (".jra", 12)]


def test_a_version_sent_back_stays_away_with_the_words_for_its_author(
    store: Store, reader: User
) -> None:
    sent = submit(store, bilingual(store))
    with pytest.raises(Refused, match="ghi lý do"):
        decide(store, sent, reader, approved=False, comment=" ")
    decide(store, sent, reader, approved=False, comment="“apui” là lửa")
    approved = approve(store, store.submissions.get(sent.id))
    assert shown(store, approved) == [("", 10)]
    [said] = sent_back(approved)
    assert said.comment == "“apui” là lửa"


def test_words_that_did_not_change_are_not_read_twice(store: Store, reader: User) -> None:
    playlist = bilingual(store)
    decide(store, submit(store, playlist), reader)
    assert awaited(submit(store, playlist)) == {}
    changed = {"jra": Version(fields=JRAI | {"title": "Đơi"}, seconds=12)}
    [slide] = playlist.draft.slides
    renewed = editing.update_slide(
        store,
        playlist.id,
        slide.id,
        Words(layout="notice", fields=NOTICE, versions=changed),
        version=playlist.version,
        by=CITY_OFFICER,
        at=NOON,
    )
    assert list(awaited(submit(store, renewed))) == ["jra"]


def test_each_language_waits_for_its_own_reader(store: Store, reader: User) -> None:
    versions = {"jra": Version(fields=JRAI), "bdq": Version(fields=BAHNAR)}
    sent = submit(store, bilingual(store, **versions))
    assert translating.waiting_for(store, reader) == [(sent, ["jra"])]
    decide(store, sent, reader)
    assert shown(store, approve(store, store.submissions.get(sent.id))) == [("", 10), (".jra", 10)]


def test_what_is_withdrawn_in_one_language_goes_in_all(store: Store, reader: User) -> None:
    sent = submit(store, bilingual(store))
    decide(store, sent, reader)
    approved = approve(store, store.submissions.get(sent.id))
    _, jrai = approved.document.spoken()
    [gone] = withdrawing.withdraw_slide(
        store, approved.id, slide_hash(jrai), reason="sai giờ", by=APPROVER, at=NOON
    )
    assert all(gone.is_withdrawn(slide_hash(one)) for one in gone.document.spoken())


def test_letters_that_no_face_has_are_refused_with_the_field_of_that_language(store: Store) -> None:
    with pytest.raises(Refused, match="không có ký tự") as refused:
        bilingual(store, jra=Version(fields=JRAI | {"title": "Đơi \ue000"}))
    assert refused.value.field == "jra-title"


def test_a_slide_in_jrai_alone_waits_like_a_version(store: Store) -> None:
    playlist = new_playlist(store, "ubnd")
    [slide] = playlist.draft.slides
    alone = editing.update_slide(
        store,
        playlist.id,
        slide.id,
        Words(layout="notice", fields={}, versions={"jra": Version(fields=JRAI)}),
        version=playlist.version,
        by=CITY_OFFICER,
        at=NOON,
    )
    assert alone.draft.slides[0].language == "jra"
    assert list(awaited(submit(store, alone))) == ["jra"]
