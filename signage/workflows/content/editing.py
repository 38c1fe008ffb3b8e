"""Editing playlists: each change names the version it was made on, and none is lost."""

from collections.abc import Callable, Collection

import msgspec

from signage.domain.arrangement import Staging
from signage.domain.names import checked_title
from signage.domain.people import Action, NotAllowed, User
from signage.domain.playlist import Playlist, PlaylistDraft
from signage.domain.sentences import N_, Refused
from signage.domain.slide import (
    TickerLine,
    Words,
    checked_ticker,
)
from signage.render.coverage import clean_text, refuse_missing_letters
from signage.render.typefaces import NOTO_SANS
from signage.store import Store
from signage.store.ids import new_id
from signage.store.playlists import stale
from signage.workflows.accounts.permission import demand, visible_units
from signage.workflows.content.wording import checked_slide

Change = Callable[[PlaylistDraft], PlaylistDraft]


def playlists(
    store: Store, *, by: User, search: str = "", limit: int | None = None, offset: int = 0
) -> list[Playlist]:
    """Return the playlists `by` may see, last changed first; `search` ignores accents."""
    return store.playlists.page(visible_units(store, by), search, limit, offset)


def playlist(store: Store, playlist_id: str, *, by: User) -> Playlist:
    """Return one playlist; raises NotFound, NotAllowed."""
    found = store.playlists.get(playlist_id)
    demand(store, by, Action.VIEW, found.unit)
    return found


def create_playlist(store: Store, *, unit: str, title: str, by: User, at: int) -> Playlist:
    """Create an empty playlist of `unit`."""
    draft = PlaylistDraft(
        id=new_id(), unit=unit, title=checked_title(title, what=N_("Tên danh sách phát"))
    )
    return insert_draft(store, draft, by=by, at=at)


def insert_draft(store: Store, draft: PlaylistDraft, *, by: User, at: int) -> Playlist:
    """Keep a whole new draft, such as one read from a file; its parts are checked by the caller."""
    created = Playlist(
        draft=draft, version=1, created_by=by.id, created_at=at, updated_by=by.id, updated_at=at
    )
    with store.transaction():
        demand(store, by, Action.EDIT, draft.unit)
        store.playlists.insert(created)
        _record(store, created, "playlist.created", by=by, at=at)
    return created


def rename(
    store: Store, playlist_id: str, title: str, *, version: int, by: User, at: int
) -> Playlist:
    """Give the playlist another title."""
    return change(
        store, playlist_id, lambda draft: draft.renamed(title), version=version, by=by, at=at
    )


def set_targets(
    store: Store, playlist_id: str, display_ids: Collection[str], *, version: int, by: User, at: int
) -> Playlist:
    """Say for which displays the playlist is meant: they are previewed and must be legible."""
    targets = checked_targets(store, display_ids, by=by)

    def retarget(draft: PlaylistDraft) -> PlaylistDraft:
        return msgspec.structs.replace(draft, targets=targets)

    return change(store, playlist_id, retarget, version=version, by=by, at=at)


def stage(
    store: Store, playlist_id: str, staging: Staging, *, version: int, by: User, at: int
) -> Playlist:
    """Say into which zones the glass is divided, what the header says, how slides give way."""
    header = clean_text(staging.header).replace("\n", " ")
    refuse_missing_letters(header, (NOTO_SANS,), field="header")
    cleaned = msgspec.structs.replace(staging, header=header)
    return change(
        store, playlist_id, lambda draft: draft.staged(cleaned), version=version, by=by, at=at
    )


def add_slide(
    store: Store, playlist_id: str, words: Words, *, version: int, by: User, at: int
) -> Playlist:
    """Add a slide at the end."""
    slide = checked_slide(store, new_id(), words, by=by)
    return change(
        store, playlist_id, lambda draft: draft.with_slide(slide), version=version, by=by, at=at
    )


def update_slide(
    store: Store, playlist_id: str, slide_id: str, words: Words, *, version: int, by: User, at: int
) -> Playlist:
    """Replace what a slide says and shows; without a zone it stays where it is."""
    slide = checked_slide(store, slide_id, words, by=by)

    def replace(draft: PlaylistDraft) -> PlaylistDraft:
        zone = words.zone or draft.slide(slide_id).zone
        return draft.with_slide(msgspec.structs.replace(slide, zone=zone))

    return change(store, playlist_id, replace, version=version, by=by, at=at)


def remove_slide(
    store: Store, playlist_id: str, slide_id: str, *, version: int, by: User, at: int
) -> Playlist:
    """Remove a slide from the draft; what is on air stays until another revision is approved."""
    return change(
        store,
        playlist_id,
        lambda draft: draft.without_slide(slide_id),
        version=version,
        by=by,
        at=at,
    )


def move_slide(
    store: Store, playlist_id: str, slide_id: str, place: int, *, version: int, by: User, at: int
) -> Playlist:
    """Move a slide to `place`; 0 is first."""
    return change(
        store,
        playlist_id,
        lambda draft: draft.with_slide_moved(slide_id, place),
        version=version,
        by=by,
        at=at,
    )


def add_ticker(
    store: Store, playlist_id: str, *, text: str, speed: int = 2, version: int, by: User, at: int
) -> Playlist:
    """Add a line to the ticker; `speed` in px per frame at 60 Hz."""
    line = checked_line(new_id(), text, speed)
    return change(
        store, playlist_id, lambda draft: draft.with_ticker(line), version=version, by=by, at=at
    )


def update_ticker(
    store: Store,
    playlist_id: str,
    line_id: str,
    *,
    text: str,
    speed: int = 2,
    version: int,
    by: User,
    at: int,
) -> Playlist:
    """Replace a line of the ticker."""
    line = checked_line(line_id, text, speed)

    def replace(draft: PlaylistDraft) -> PlaylistDraft:
        draft.without_ticker(line_id)
        return draft.with_ticker(line)

    return change(store, playlist_id, replace, version=version, by=by, at=at)


def remove_ticker(
    store: Store, playlist_id: str, line_id: str, *, version: int, by: User, at: int
) -> Playlist:
    """Remove a line from the ticker."""
    return change(
        store,
        playlist_id,
        lambda draft: draft.without_ticker(line_id),
        version=version,
        by=by,
        at=at,
    )


def delete_playlist(store: Store, playlist_id: str, *, version: int, by: User, at: int) -> None:
    """Delete a playlist that was never submitted nor scheduled; raises Refused otherwise."""
    with store.transaction():
        old = store.playlists.get(playlist_id)
        demand(store, by, Action.EDIT, old.unit)
        if old.version != version:
            raise stale()
        submitted = store.submissions.latest_of(playlist_id) is not None
        if submitted or store.schedule.all(playlist=playlist_id, ended=True):
            raise NotAllowed(
                N_("Danh sách này đã được trình hoặc lên lịch nên phải lưu lại. Hãy gỡ bỏ nếu cần.")
            )
        store.playlists.delete(playlist_id)
        _record(store, old, "playlist.deleted", by=by, at=at)


def change(
    store: Store, playlist_id: str, how: Change, *, version: int, by: User, at: int
) -> Playlist:
    """Apply `how` to the draft that `version` names; raises Stale when somebody was faster."""
    with store.transaction():
        old = store.playlists.get(playlist_id)
        demand(store, by, Action.EDIT, old.unit)
        if old.version != version:
            raise stale()
        new = msgspec.structs.replace(
            old, draft=how(old.draft), version=version + 1, updated_by=by.id, updated_at=at
        )
        store.playlists.update(new, version=version)
        _record(store, new, "playlist.changed", by=by, at=at)
    return new


def checked_targets(store: Store, display_ids: Collection[str], *, by: User) -> list[str]:
    """Return the ids in order; raises Refused for a display retired or of a stranger's unit."""
    for display_id in display_ids:
        display = store.displays.get(display_id)
        if display.retired_at is not None:
            raise Refused(
                N_("Màn hình “{name}” đã ngừng dùng. Hãy chọn màn hình khác."),
                field="targets",
                name=display.name,
            )
        demand(store, by, Action.EDIT, display.unit)
    return sorted(set(display_ids))


def checked_line(line_id: str, text: str, speed: int) -> TickerLine:
    """Return a ticker line with its text cleaned; raises Refused, also for letters no face has."""
    words = clean_text(text).replace("\n", " ")
    refuse_missing_letters(words, (NOTO_SANS,), field="text")
    return checked_ticker(TickerLine(id=line_id, text=words, speed=speed))


def _record(store: Store, one: Playlist, act: str, *, by: User, at: int) -> None:
    detail = {"title": one.title, "version": one.version}
    subject = f"playlist:{one.id}"
    store.audit.record(who=by.login, act=act, subject=subject, unit=one.unit, detail=detail, at=at)
