"""From draft to approved: another person, exactly these pictures, and the old stays on air."""

import msgspec
import pytest

from signage.domain.people import NotAllowed
from signage.domain.playlist import Stale
from signage.domain.review import State
from signage.domain.sentences import Refused
from signage.domain.slide import slide_hash
from signage.render import layout
from signage.store import Store
from signage.workflows.approval import review
from signage.workflows.content import editing
from tests.signage.pleiku import (
    APPROVER,
    CITY_OFFICER,
    HOUSE_SCREEN,
    NOON,
    OFFICER,
    OTHER_OFFICER,
    ROAD_BOARD,
    SMALL_BOARD,
    VIEWER,
)
from tests.signage.workflows.desk import (
    LONG_NOTICE,
    NOTICE,
    add_line,
    add_notice,
    approve,
    approved_playlist,
    new_playlist,
    submit,
)


def test_a_submission_holds_the_pictures_of_every_profile_in_use(store: Store) -> None:
    submission = submit(store, new_playlist(store, "ubnd"))
    assert all(submission.is_drawn_for(one) for one in (ROAD_BOARD, SMALL_BOARD, HOUSE_SCREEN))
    [subject] = submission.document.subjects()
    for rendition in submission.renditions[subject].values():
        assert store.blobs.has(rendition.blob)


def test_a_profile_nobody_asked_for_may_be_left_out(store: Store) -> None:
    submission = submit(store, add_notice(store, new_playlist(store, "nvh-hoi-phu"), LONG_NOTICE))
    assert submission.is_drawn_for(HOUSE_SCREEN)
    assert not submission.is_drawn_for(SMALL_BOARD)


def test_a_display_that_cannot_show_it_stops_the_submission_with_the_reason(store: Store) -> None:
    playlist = add_notice(store, new_playlist(store, "ubnd", "nvh-hoi-phu"), LONG_NOTICE)
    with pytest.raises(review.NotLegible) as refused:
        submit(store, playlist)
    assert "Bảng LED UBND" in refused.value.text()
    assert "quá nhiều chữ" in refused.value.text()
    assert refused.value.field == "body"
    assert store.submissions.latest_of(playlist.id) is None


def test_what_should_be_changed_is_kept_in_the_submission_for_the_approver(store: Store) -> None:
    words = NOTICE | {"body": "Gọi ông A 0912 345 678, " + "chữ " * 20}
    sent = submit(store, add_notice(store, new_playlist(store, "nvh-hoi-phu"), words))
    plain, wordy = (slide.id for slide in sent.document.slides)
    assert sent.findings_on(plain, "hd-1920x1080") == []
    told = [one.code for one in sent.findings_on(wordy, "hd-1920x1080")]
    assert told == ["reading_time", "phone"]
    assert store.submissions.get(sent.id).findings == sent.findings


def test_what_holds_on_all_displays_is_said_once(store: Store) -> None:
    words = NOTICE | {"body": "chữ " * 25}
    playlist = add_notice(store, new_playlist(store, "hoa-lu", "nvh-hoi-phu"), words)
    sent = submit(store, playlist)
    said = sent.findings[sent.document.slides[1].id]
    assert [one.code for one in said].count("reading_time") == 1


def test_letters_that_sink_into_their_ground_stop_the_submission(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As a layout would draw whose author picked grey on grey.
    monkeypatch.setattr(
        layout, "SCREEN", msgspec.structs.replace(layout.SCREEN, ink=(220, 220, 215))
    )
    playlist = new_playlist(store, "nvh-hoi-phu")
    with pytest.raises(review.NotLegible, match="Chữ chìm vào nền") as refused:
        submit(store, playlist)
    assert refused.value.field == "body"


def test_a_board_at_a_road_shows_the_slides_without_the_ticker(store: Store) -> None:
    submission = submit(store, add_line(store, new_playlist(store, "hoa-lu", "ubnd")))
    assert all(submission.is_drawn_for(one) for one in (ROAD_BOARD, SMALL_BOARD, HOUSE_SCREEN))
    slide, ticker = submission.document.subjects()
    assert submission.rendition(ticker, "led-384x192") is None
    assert submission.rendition(slide, "led-384x192") is not None


def test_a_ticker_alone_is_refused_at_a_road(store: Store) -> None:
    playlist = new_playlist(store, "hoa-lu")
    playlist = editing.remove_slide(
        store,
        playlist.id,
        playlist.draft.slides[0].id,
        version=playlist.version,
        by=CITY_OFFICER,
        at=NOON,
    )
    with pytest.raises(review.NotLegible, match="cạnh đường"):
        submit(store, add_line(store, playlist))


def test_what_is_empty_or_for_nowhere_is_not_submitted(store: Store) -> None:
    empty = editing.create_playlist(
        store, unit="pleiku-city", title="Trống", by=CITY_OFFICER, at=NOON
    )
    with pytest.raises(Refused, match="còn trống"):
        submit(store, empty)
    with pytest.raises(Refused) as refused:
        submit(store, add_notice(store, empty))
    assert refused.value.field == "targets"


def test_the_declaration_about_state_secrets_is_asked_for(store: Store) -> None:
    playlist = new_playlist(store, "ubnd")
    with pytest.raises(Refused) as refused:
        review.submit(
            store,
            playlist.id,
            version=playlist.version,
            no_state_secret=False,
            by=CITY_OFFICER,
            at=NOON,
        )
    assert refused.value.field == "no_state_secret"


def test_only_the_version_that_was_seen_is_submitted(store: Store) -> None:
    seen = new_playlist(store, "ubnd")
    add_notice(store, seen)
    with pytest.raises(Stale):
        submit(store, seen)


def test_an_edit_after_approval_is_not_on_air_and_the_approved_one_stays(store: Store) -> None:
    on_air = approved_playlist(store, "ubnd")
    playlist = add_notice(store, store.playlists.get(on_air.playlist))
    assert store.submissions.approved_of(playlist.id) == on_air
    second = submit(store, playlist)
    assert second.content_hash != on_air.content_hash
    assert store.submissions.approved_of(playlist.id) == on_air
    approve(store, second)
    assert store.submissions.approved() == [store.submissions.get(second.id)]
    assert store.submissions.get(on_air.id).state is State.SUPERSEDED


def test_a_newer_submission_replaces_the_one_still_waiting(store: Store) -> None:
    first = submit(store, new_playlist(store, "ubnd"))
    second = submit(store, add_notice(store, store.playlists.get(first.playlist)))
    assert store.submissions.get(first.id).state is State.SUPERSEDED
    with pytest.raises(Refused, match="đã được xử lý"):
        approve(store, first)
    assert [one.id for one in review.waiting(store, by=APPROVER)] == [second.id]


def test_the_approver_approves_the_hash_that_was_on_the_page(store: Store) -> None:
    submission = submit(store, new_playlist(store, "ubnd"))
    with pytest.raises(Refused, match="Hãy tải lại trang"):
        review.approve(store, submission.id, "0" * 64, by=APPROVER, at=NOON)
    assert store.submissions.get(submission.id).state is State.SUBMITTED


def test_nobody_approves_the_own_submission_not_even_an_approver(store: Store) -> None:
    playlist = new_playlist(store, "ubnd")
    own = review.submit(
        store, playlist.id, version=playlist.version, no_state_secret=True, by=APPROVER, at=NOON
    )
    with pytest.raises(NotAllowed):
        review.approve(store, own.id, own.content_hash, by=APPROVER, at=NOON)
    assert review.waiting(store, by=APPROVER) == []


def test_officers_and_viewers_approve_nothing(store: Store) -> None:
    submission = submit(store, new_playlist(store, "ubnd"))
    for person in (OFFICER, CITY_OFFICER, VIEWER):
        with pytest.raises(NotAllowed):
            review.approve(store, submission.id, submission.content_hash, by=person, at=NOON)


def test_a_returned_submission_carries_its_comment_and_may_come_again(store: Store) -> None:
    submission = submit(store, new_playlist(store, "ubnd"))
    returned = review.return_(store, submission.id, comment="Ghi rõ nguồn", by=APPROVER, at=NOON)
    assert (returned.state, returned.comment) == (State.RETURNED, "Ghi rõ nguồn")
    again = submit(store, store.playlists.get(submission.playlist))
    assert again.number == 2


def test_a_ward_sees_its_own_submissions_only(store: Store) -> None:
    submission = submit(store, new_playlist(store, "ubnd"))
    with pytest.raises(NotAllowed):
        review.submission(store, submission.id, by=OTHER_OFFICER)
    assert review.submissions(store, by=OTHER_OFFICER) == []
    assert review.submissions(store, by=VIEWER) == [submission]


def test_a_new_drawing_never_changes_what_was_approved(store: Store) -> None:
    approved = approved_playlist(store, "ubnd")
    [subject] = approved.document.subjects()
    drawn = approved.renditions[subject]["led-192x96"]
    with store.transaction():
        store.renditions.save(msgspec.structs.replace(drawn, blob=store.blobs.put(b"new renderer")))
    assert store.submissions.get(approved.id).rendition(subject, "led-192x96") == drawn
    assert subject == slide_hash(approved.document.slides[0])
