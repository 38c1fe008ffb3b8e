"""What an officer does at the desk before a test begins: a playlist, perhaps approved."""

from signage.domain.playlist import Playlist
from signage.domain.review import Submission
from signage.domain.slide import Words
from signage.store import Store
from signage.workflows.approval import review
from signage.workflows.content import editing
from tests.signage.pleiku import APPROVER, CITY, CITY_OFFICER, NOON

NOTICE = {"title": "Mất điện", "body": "Sáng 24/11, từ 8 giờ.", "source": ""}
LONG_NOTICE = {"title": "Thông báo", "body": "rất nhiều chữ " * 40, "source": ""}


def new_playlist(store: Store, *targets: str, title: str = "Bảng tin") -> Playlist:
    """A city officer's playlist with one short notice, for `targets`."""
    created = editing.create_playlist(store, unit=CITY.id, title=title, by=CITY_OFFICER, at=NOON)
    with_targets = editing.set_targets(
        store, created.id, targets, version=created.version, by=CITY_OFFICER, at=NOON
    )
    return add_notice(store, with_targets)


def add_notice(store: Store, playlist: Playlist, fields: dict[str, str] | None = None) -> Playlist:
    return editing.add_slide(
        store,
        playlist.id,
        Words(layout="notice", fields=NOTICE if fields is None else fields),
        version=playlist.version,
        by=CITY_OFFICER,
        at=NOON,
    )


def add_line(store: Store, playlist: Playlist, text: str = "Tin vắn") -> Playlist:
    return editing.add_ticker(
        store, playlist.id, text=text, version=playlist.version, by=CITY_OFFICER, at=NOON
    )


def submit(store: Store, playlist: Playlist, at: int = NOON) -> Submission:
    return review.submit(
        store, playlist.id, version=playlist.version, no_state_secret=True, by=CITY_OFFICER, at=at
    )


def approve(store: Store, submission: Submission, at: int = NOON) -> Submission:
    return review.approve(store, submission.id, submission.content_hash, by=APPROVER, at=at)


def approved_playlist(store: Store, *targets: str, title: str = "Bảng tin") -> Submission:
    return approve(store, submit(store, new_playlist(store, *targets, title=title)))
