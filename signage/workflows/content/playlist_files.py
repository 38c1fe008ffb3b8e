"""Playlists as code: <unit>/<name>.yaml becomes the draft of a playlist of that unit."""

from pathlib import Path

import msgspec

from signage.domain.arrangement import Staging
from signage.domain.names import checked_id, checked_title
from signage.domain.people import User
from signage.domain.playlist import Playlist, PlaylistDraft
from signage.domain.sentences import Refused
from signage.domain.slide import Slide, TickerLine, Words, slide_hash, ticker_hash
from signage.ingest.opening import hash_of, opened
from signage.store import Store
from signage.workflows.content import editing
from signage.workflows.content.playlist_yaml import (
    BadFile,
    PlaylistFile,
    SlideInFile,
    TickerInFile,
    read_playlist,
)
from signage.workflows.content.wording import checked_slide
from signage.workflows.media import library

__all__ = ["Applied", "BadFile", "apply_folder"]


class FilmNotReady(BadFile):
    """A film was taken in and a background job makes it ready: the same file is good later."""


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """A file, its playlist, and whether the file changed anything."""

    path: Path
    playlist: Playlist
    changed: bool


def apply_folder(
    store: Store, folder: Path, *, by: User, at: int, only_new: bool = False
) -> list[Applied]:
    """Make the drafts what the files below `folder` say; people still review and approve them.

    Raises BadFile, naming file and line, before any playlist is changed, and FilmNotReady once all
    files were read and all their films taken in. What the pages changed in such a draft gives way
    to the file, unless `only_new` leaves every draft there already as it is; what is on air stays
    until another revision is approved.
    """
    files = [read_playlist(path) for path in sorted(folder.glob("*/*.y*ml"))]
    drafts, waiting = [], []
    for one in files:
        try:
            drafts.append((one.path, _draft(store, one, by=by, at=at)))
        except FilmNotReady as film:
            waiting.append(film)
    if waiting:
        raise waiting[0]
    return [_apply(store, path, draft, by=by, at=at, only_new=only_new) for path, draft in drafts]


def _apply(
    store: Store, path: Path, draft: PlaylistDraft, *, by: User, at: int, only_new: bool
) -> Applied:
    old = store.playlists.find(draft.id)
    if old is None:
        new = editing.insert_draft(store, draft, by=by, at=at)
    elif only_new or old.draft == draft:
        return Applied(path=path, playlist=old, changed=False)
    else:
        new = editing.change(store, draft.id, lambda _: draft, version=old.version, by=by, at=at)
    return Applied(path=path, playlist=new, changed=True)


def _draft(store: Store, file: PlaylistFile, *, by: User, at: int) -> PlaylistDraft:
    unit = file.path.parent.name
    try:
        draft = PlaylistDraft(
            id=checked_id(f"{unit}-{file.path.stem}"),
            unit=store.units.get(unit).id,
            title=checked_title(file.title),
            targets=editing.checked_targets(store, file.targets, by=by),
        ).staged(Staging(**file.staging))
    except Refused as refused:
        raise BadFile(file.path, 1, refused.text()) from refused
    for written in file.slides:
        slide = _slide(store, file, draft, written, by=by, at=at)
        try:
            draft = draft.with_slide(slide)
        except Refused as refused:
            raise BadFile(file.path, written.line, refused.text()) from refused
    for line in file.tickers:
        draft = draft.with_ticker(_ticker(file, draft, line))
    return draft


def _slide(
    store: Store,
    file: PlaylistFile,
    draft: PlaylistDraft,
    written: SlideInFile,
    *,
    by: User,
    at: int,
) -> Slide:
    try:
        slide = checked_slide(
            store,
            "unnamed",
            Words(
                layout=written.layout,
                fields=written.fields,
                picture=_picture(store, file, written, draft.unit, by=by, at=at),
                video=_film(store, file, written, draft.unit, by=by, at=at),
                seconds=written.seconds,
                language=written.language,
                versions=written.versions,
                zone=written.zone,
                fit=written.fit,
            ),
            by=by,
        )
    except Refused as refused:
        raise BadFile(file.path, written.line, refused.text()) from refused
    # Named by its content, so that the record of what was shown stays true when the order changes.
    name = slide_hash(slide)[:12]
    copies = sum(other.id.startswith(name) for other in draft.slides)
    return msgspec.structs.replace(slide, id=f"{name}-{copies + 1}" if copies else name)


def _ticker(file: PlaylistFile, draft: PlaylistDraft, written: TickerInFile) -> TickerLine:
    try:
        line = editing.checked_line("unnamed", written.text, written.speed)
    except Refused as refused:
        raise BadFile(file.path, written.line, refused.text()) from refused
    name = ticker_hash([line])[:12]
    copies = sum(other.id.startswith(name) for other in draft.tickers)
    return msgspec.structs.replace(line, id=f"{name}-{copies + 1}" if copies else name)


def _picture(
    store: Store, file: PlaylistFile, written: SlideInFile, unit: str, *, by: User, at: int
) -> str | None:
    path = written.picture
    if path is None:
        return None
    if not path.is_file():
        raise BadFile(file.path, written.line, f"no picture {path.name!r} lies beside it")
    taken = library.add_asset(store, path, filename=path.name, unit=unit, by=by, at=at)
    return taken.clean_sha256


def _film(
    store: Store, file: PlaylistFile, written: SlideInFile, unit: str, *, by: User, at: int
) -> str | None:
    path = written.video
    if path is None:
        return None
    if not path.is_file():
        raise BadFile(file.path, written.line, f"no film {path.name!r} lies beside it")
    with opened(path) as fd:
        known = store.assets.find(unit, hash_of(fd))
    if known is not None and known.state == "refused" and known.reason is not None:
        raise Refused(known.reason.msgid, field="video", **known.reason.params)
    taken = library.add_asset(store, path, filename=path.name, unit=unit, by=by, at=at)
    if taken.state != "ready":
        raise FilmNotReady(
            file.path,
            written.line,
            f"the film {path.name!r} is being made ready; apply the files again in a while",
        )
    return taken.sha256
