"""Pages of a document become slides: chosen once, put into a playlist as full pictures."""

from collections.abc import Collection

from signage.domain.media import Asset
from signage.domain.names import checked_title
from signage.domain.people import Action, User
from signage.domain.playlist import Playlist, PlaylistDraft
from signage.domain.sentences import N_, Refused
from signage.domain.slide import Slide, Words
from signage.store import Store
from signage.store.ids import new_id
from signage.workflows.accounts.permission import demand
from signage.workflows.content import editing
from signage.workflows.content.wording import checked_slide
from signage.workflows.media import library


def put_into_playlist(
    store: Store,
    document: Asset,
    pages: Collection[int],
    *,
    playlist: str,
    version: int,
    seconds: int,
    by: User,
    at: int,
) -> Playlist:
    """Add the chosen pages, in the order of the document, at the end of a playlist.

    `seconds` is how long each is shown. Raises Refused, NotFound, NotAllowed, Stale.
    """
    slides = slides_of(store, document, pages, seconds=seconds, by=by)

    def with_all(draft: PlaylistDraft) -> PlaylistDraft:
        for slide in slides:
            draft = draft.with_slide(slide)
        return draft

    return editing.change(store, playlist, with_all, version=version, by=by, at=at)


def make_playlist(
    store: Store,
    document: Asset,
    pages: Collection[int],
    *,
    title: str,
    seconds: int,
    by: User,
    at: int,
) -> Playlist:
    """Make a playlist, of the document's unit, out of the chosen pages; raises as above."""
    demand(store, by, Action.EDIT, document.unit)
    draft = PlaylistDraft(
        id=new_id(),
        unit=document.unit,
        title=checked_title(title, what=N_("Tên danh sách phát")),
    )
    for slide in slides_of(store, document, pages, seconds=seconds, by=by):
        draft = draft.with_slide(slide)
    return editing.insert_draft(store, draft, by=by, at=at)


def slides_of(
    store: Store, document: Asset, pages: Collection[int], *, seconds: int, by: User
) -> list[Slide]:
    """Return a full-picture slide for each chosen page; raises Refused for one not there."""
    if document.kind != "document" or document.state != "ready":
        raise Refused(N_("Tài liệu chưa xử lý xong. Hãy chờ xong rồi chọn trang."))
    if not pages:
        raise Refused(
            N_("Chưa chọn trang nào. Hãy đánh dấu ít nhất một trang của tài liệu."), field="pages"
        )
    made = {
        page.page: page
        for page in library.pages_of(store, document.sha256, unit=document.unit, by=by)
    }
    missing = sorted(set(pages) - set(made))
    if missing:
        raise Refused(
            N_("Tài liệu không có trang {page}. Hãy tải lại trang rồi chọn lại."),
            field="pages",
            page=missing[0],
        )
    return [
        checked_slide(
            store,
            new_id(),
            Words(
                layout="full_picture", fields={}, picture=made[number].clean_sha256, seconds=seconds
            ),
            by=by,
        )
        for number in sorted(set(pages))
    ]
