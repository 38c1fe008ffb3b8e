"""Uploads in pieces: announced and checked, continued after every cut, taken in when whole."""

import hashlib
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from msgspec.structs import replace

from signage.domain.incoming import (
    KEPT_MS,
    MAX_OPEN_BYTES,
    MAX_OPEN_UPLOADS,
    SPARE_BYTES,
    Upload,
)
from signage.domain.markings import refuse_marked_name
from signage.domain.media import Asset, limit_of, safe_filename
from signage.domain.names import NotFound
from signage.domain.people import Action, User
from signage.domain.sentences import N_, Refused, Said
from signage.store import Store
from signage.store.ids import new_id
from signage.store.incoming import Incoming
from signage.workflows.accounts.permission import demand
from signage.workflows.media import library
from signage.workflows.media.formats import supported

SYNC_EVERY = 8_000_000
"""Bytes after which what came is forced to the disk."""


class WrongOffset(Refused):
    """The sender goes on at another place than where the bytes end."""


class Busy(Refused):
    """The file is just being taken in."""


_turns: dict[str, int] = {}
_taking: set[str] = set()
_lock = threading.Lock()


def announce(
    store: Store,
    incoming: Incoming,
    *,
    filename: str,
    size: int,
    unit: str,
    sha256: str | None = None,
    declared: bool,
    by: User,
    at: int,
) -> Upload:
    """Check everything that can be known before a byte is stored, and begin. Raises Refused."""
    demand(store, by, Action.EDIT, unit)
    library.demand_declaration(declared)
    name = safe_filename(filename)
    refuse_marked_name(name)
    _check_size(name, size)
    forget_expired(incoming, at=at)
    _check_quota(incoming, size, by=by)
    upload = Upload(
        id=new_id(),
        by=by.id,
        unit=unit,
        filename=name,
        size=size,
        created_at=at,
        expires_at=at + KEPT_MS,
        sha256=sha256,
    )
    incoming.add(upload)
    free = shutil.disk_usage(incoming.part(upload.id)).free
    # The bytes are there twice for a moment: as they came, and as the kept original.
    if free < 2 * size + SPARE_BYTES:
        incoming.remove(upload.id)
        raise Refused(N_("Máy chủ sắp hết chỗ lưu. Hãy báo quản trị hệ thống rồi tải lại sau."))
    return upload


def mine(incoming: Incoming, upload_id: str, *, by: User) -> Upload:
    """Return an upload of `by`; raises NotFound, also for somebody else's."""
    upload = incoming.get(upload_id)
    if upload.by != by.id:
        raise NotFound(N_("Lượt tải lên này không còn. Hãy chọn lại tệp để tải từ đầu."))
    return upload


def unfinished(incoming: Incoming, *, by: User) -> list[Upload]:
    """Return the uploads of `by` that wait for more bytes, newest first."""
    waiting = [one for one in incoming.all() if one.by == by.id and not one.is_over]
    return sorted(waiting, key=lambda one: -one.created_at)


def append(
    incoming: Incoming, upload: Upload, pieces: Iterator[bytes], *, offset: int, at: int
) -> int:
    """Add what comes to the bytes so far and return the new offset; a cut loses nothing.

    The newest sender wins: an older one whose line died without a word may still be waiting.
    Raises WrongOffset when `offset` is not where the bytes end.
    """
    with _lock:
        turn = _turns[upload.id] = _turns.get(upload.id, 0) + 1
        if upload.is_over or offset != incoming.offset(upload):
            raise WrongOffset(N_("Tệp không nối tiếp đúng chỗ. Hãy hỏi lại vị trí rồi gửi tiếp."))
    with incoming.part(upload.id).open("ab") as writer:
        try:
            for piece in pieces:
                with _lock:
                    if _turns.get(upload.id) != turn:
                        break
                    writer.write(piece[: upload.size - offset])
                    writer.flush()
                before, offset = offset, min(upload.size, offset + len(piece))
                if before // SYNC_EVERY != offset // SYNC_EVERY:
                    os.fsync(writer.fileno())
        finally:
            os.fsync(writer.fileno())
    _note(incoming, upload.id, expires_at=at + KEPT_MS)
    return incoming.offset(upload)


def take_in(store: Store, incoming: Incoming, upload: Upload, *, by: User, at: int) -> Asset:
    """Make an asset of an upload that is whole; asking twice gives the same. Raises Refused."""
    with _one_at_a_time(upload.id):
        upload = mine(incoming, upload.id, by=by)
        if upload.refused is not None:
            raise Refused(upload.refused.msgid, field="file", **upload.refused.params)
        if upload.asset is not None:
            return library.asset(store, upload.asset, unit=upload.unit, by=by)
        if incoming.offset(upload) != upload.size:
            raise WrongOffset(N_("Tệp chưa tới đủ. Hãy gửi tiếp phần còn lại."))
        try:
            _check_hash(incoming, upload)
            asset = library.add_asset(
                store,
                incoming.part(upload.id),
                filename=upload.filename,
                unit=upload.unit,
                by=by,
                at=at,
                declared=True,  # or it would not have been announced
            )
        except Refused as refused:
            _note(incoming, upload.id, refused=Said.of(refused))
            incoming.drop_bytes(upload.id)
            raise
        _note(incoming, upload.id, asset=asset.sha256)
        incoming.drop_bytes(upload.id)
    return asset


def give_up(incoming: Incoming, upload: Upload) -> None:
    """Forget an upload and its bytes."""
    with _lock:
        _turns.pop(upload.id, None)
        incoming.remove(upload.id)


def forget_expired(incoming: Incoming, *, at: int) -> None:
    """Forget uploads of which nothing has come for long."""
    for upload in incoming.all():
        if upload.expires_at < at:
            give_up(incoming, upload)


def _note(incoming: Incoming, upload_id: str, **news: Any) -> None:
    with _lock:
        known = incoming.get(upload_id)
        if not known.is_over:
            incoming.save(replace(known, **news))


class _one_at_a_time:  # noqa: N801 - reads as a sentence after `with`
    def __init__(self, upload_id: str) -> None:
        self._id = upload_id

    def __enter__(self) -> None:
        with _lock:
            if self._id in _taking:
                raise Busy(N_("Tệp đang được kiểm tra. Hãy chờ vài giây rồi hỏi lại."))
            _taking.add(self._id)

    def __exit__(self, *_error: object) -> None:
        with _lock:
            _taking.discard(self._id)


def _check_size(name: str, size: int) -> None:
    suffix = PurePath(name).suffix.lower().lstrip(".")
    families = {one.family for one in supported() if suffix in one.suffixes}
    limit = max(limit_of(family) for family in families or {"picture", "document"})
    if size < 1:
        raise Refused(N_("Tệp này trống (0 byte). Hãy chọn lại tệp."), field="file")
    if size > limit:
        raise Refused(
            N_("Tệp lớn hơn {limit} MB. Hãy thu nhỏ hoặc chia nhỏ tệp rồi tải lại."),
            field="file",
            limit=limit // 1_000_000,
        )


def _check_quota(incoming: Incoming, size: int, *, by: User) -> None:
    waiting = unfinished(incoming, by=by)
    too_much = sum(one.size for one in waiting) + size > MAX_OPEN_BYTES
    if len(waiting) >= MAX_OPEN_UPLOADS or too_much:
        raise Refused(
            N_(
                "Bạn có quá nhiều tệp đang tải dở ({count} tệp)."
                " Hãy tải xong hoặc bỏ bớt rồi tải tệp mới."
            ),
            field="file",
            count=len(waiting),
        )


def _check_hash(incoming: Incoming, upload: Upload) -> None:
    if upload.sha256 is None:
        return
    with incoming.part(upload.id).open("rb") as reader:
        if hashlib.file_digest(reader, "sha256").hexdigest() != upload.sha256:
            raise Refused(
                N_("Tệp nhận được khác tệp gửi đi (sai mã kiểm tra). Hãy tải lại."), field="file"
            )
