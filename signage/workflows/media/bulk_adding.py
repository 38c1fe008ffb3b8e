"""Takes many files into the library at once, for the command line: one answer for each."""

import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from signage.clock import now_ms
from signage.domain.media import Asset
from signage.domain.people import Action, User
from signage.domain.sentences import Refused, Said
from signage.store import Store
from signage.workflows.accounts.permission import demand
from signage.workflows.media import library
from signage.workflows.media.job_runner import Runner

_LOOK_EVERY = 0.2


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file: the asset, or the reason why it was refused."""

    path: Path
    asset: Asset | None = None
    refusal: Said | None = None


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Return the files named by `paths`, those in folders included, in order; hidden ones not."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir() or path.is_symlink():
            found.append(path)
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found += [Path(folder, name) for name in sorted(names) if not name.startswith(".")]
    return found


def add_all(store: Store, files: list[Path], *, unit: str, by: User) -> Iterator[Answer]:
    """Take in each of `files` and yield what became of it, as it is known.

    Whoever calls this has declared that they hold no state secret. Background jobs are done here
    as well, so that this also works while no worker runs. Raises
    NotFound or NotAllowed when `by` may not add to `unit` at all.
    """
    demand(store, by, Action.EDIT, unit)
    runner = Runner(store, changed=lambda: None)
    pause = threading.Event()
    waiting: dict[str, Path] = {}
    runner.start()
    try:
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for answer in pool.map(lambda path: _added(store, path, unit, by), files):
                if answer.asset is not None and answer.asset.state == "working":
                    waiting[answer.asset.sha256] = answer.path
                    runner.wake()
                else:
                    yield answer
        while waiting:
            for sha256, path in list(waiting.items()):
                asset = store.assets.find(unit, sha256)
                if asset is None or asset.state != "working":
                    del waiting[sha256]
                    yield _ended(store, path, sha256, asset, unit)
            pause.wait(_LOOK_EVERY)
    finally:
        runner.stop()


def _added(store: Store, path: Path, unit: str, by: User) -> Answer:
    try:
        asset = library.add_asset(
            store, path, filename=path.name, unit=unit, by=by, at=now_ms(), declared=True
        )
    except Refused as refused:
        return Answer(path=path, refusal=Said.of(refused))
    return Answer(path=path, asset=asset)


def _ended(store: Store, path: Path, sha256: str, asset: Asset | None, unit: str) -> Answer:
    if asset is not None and asset.state == "ready":
        return Answer(path=path, asset=asset)
    said = [job.said for job in store.jobs.of_subject(unit, sha256) if job.said is not None]
    return Answer(path=path, refusal=said[0] if said else None)
