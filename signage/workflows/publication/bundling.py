"""Writes what displays without a line need onto a medium: sealed documents and blobs by hash."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from players.contract import topics
from players.contract.bundle import FILES, FOLDER, INDEX, KEYS, Bundle, Carried
from players.contract.limits import MAX_CARRIED
from players.contract.signature import Kind
from signage.domain.display import Display
from signage.domain.people import Action, User
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.store.publications import Sealed
from signage.workflows.accounts.permission import demand
from signage.workflows.publication.sealing import SealingDesk, hash_of

SPARE_BYTES = 1_000_000


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle on its medium: where, for how many displays, and how large."""

    folder: Path
    displays: int
    files: int
    size: int


def make_bundle(
    store: Store,
    desk: SealingDesk,
    displays: Sequence[str],
    folder: Path,
    *,
    sealed_keys: bytes,
    by: User,
    at: int,
) -> Made:
    """Write the bundle for `displays` into `folder`, in place of one that is there.

    The index is sealed with the content key of `desk`. Raises Refused.
    """
    chosen = [_chosen(store, one, by=by) for one in dict.fromkeys(displays)]
    documents = _documents(store, desk.fleet, chosen)
    blobs = store.publications.blobs_of(_addressees(chosen))
    _require_room(store, blobs, folder)
    index = _seal_index(store, desk, documents, at=at)
    new = folder / f".{FOLDER}.new"
    shutil.rmtree(new, ignore_errors=True)
    size = _write(store, new, documents, blobs)
    _put(new / KEYS, sealed_keys)
    _put(new / INDEX, index)  # last: without it a player sees no bundle
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    new.rename(folder / FOLDER)
    with store.transaction():
        for display in chosen:
            store.audit.record(
                who=by.login,
                act="display.bundled",
                subject=f"display:{display.id}",
                unit=display.unit,
                at=at,
            )
    files = len(blobs) + len(documents)
    return Made(folder=folder / FOLDER, displays=len(chosen), files=files, size=size)


def _chosen(store: Store, display_id: str, *, by: User) -> Display:
    display = store.displays.get(display_id)
    demand(store, by, Action.PROVISION, display.unit)
    return display


def _documents(store: Store, fleet: str, displays: Sequence[Display]) -> list[Sealed]:
    """The newest manifest of each display and the newest sets of their profiles."""
    found = []
    for display in displays:
        manifest = store.publications.latest(topics.manifest(fleet, display.id))
        if manifest is None:
            raise Refused(
                N_(
                    "Màn hình “{name}” chưa có chương trình được phát hành."
                    " Hãy chạy signage worker rồi làm lại."
                ),
                name=display.name,
            )
        found.append(manifest)
    for profile in sorted({display.profile for display in displays}):
        for topic in (topics.alerts, topics.drills, topics.holds):
            sealed = store.publications.latest(topic(fleet, profile))
            found += [sealed] if sealed else []
    if len(found) > MAX_CARRIED:
        raise Refused(
            N_("Một gói mang được {limit} tài liệu. Hãy chia màn hình ra nhiều gói."),
            limit=MAX_CARRIED,
        )
    return found


def _addressees(displays: Sequence[Display]) -> list[str]:
    """In whose name the blobs are published; see `publish_blobs`."""
    profiles = sorted({display.profile for display in displays})
    kinds = (Kind.ALERTS.value, Kind.DRILLS.value, Kind.HOLDS.value)
    of_sets = [f"{kind}:{profile}" for kind in kinds for profile in profiles]
    return [*(f"display:{display.id}" for display in displays), *of_sets]


def _require_room(store: Store, blobs: Sequence[str], folder: Path) -> None:
    if not folder.is_dir():
        raise Refused(
            N_("Không có thư mục “{folder}”. Hãy cắm USB rồi thử lại."), folder=str(folder)
        )
    size = sum(store.blobs.path(blob).stat().st_size for blob in blobs if store.blobs.has(blob))
    if size + SPARE_BYTES > shutil.disk_usage(folder).free:
        raise Refused(
            N_("USB không đủ chỗ: gói cần {need} MB. Hãy dọn bớt hoặc dùng USB lớn hơn."),
            need=size // 1_000_000 + 1,
        )


def _seal_index(store: Store, desk: SealingDesk, documents: Sequence[Sealed], *, at: int) -> bytes:
    carried = [
        Carried(
            topic=one.topic, sha256=hashlib.sha256(one.sealed).hexdigest(), bytes=len(one.sealed)
        )
        for one in documents
    ]
    desk.check_clock(store, at)
    with store.transaction():
        sealed = desk.commit(
            store,
            kind=Kind.BUNDLE,
            topic=topics.bundle(desk.fleet),
            addressee="all",
            says=hash_of([msgspec.to_builtins(one) for one in carried]),
            document=lambda header: Bundle(**header, documents=carried),
            at=at,
        )
    return sealed.sealed


def _write(store: Store, new: Path, documents: Sequence[Sealed], blobs: Sequence[str]) -> int:
    """Every file by its hash; gives the bytes of all."""
    (new / FILES).mkdir(parents=True)
    size = 0
    for one in documents:
        _put(new / FILES / hashlib.sha256(one.sealed).hexdigest(), one.sealed)
        size += len(one.sealed)
    for blob in blobs:
        if store.blobs.has(blob):  # the page of an alert that was never drawn has no bytes
            size += _copy(store.blobs.path(blob), new / FILES / blob)
    return size


def _copy(source: Path, target: Path) -> int:
    with source.open("rb") as reader, target.open("wb") as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)
        writer.flush()
        os.fsync(writer.fileno())  # whoever pulls the stick out must have all of it
        return writer.tell()


def _put(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
