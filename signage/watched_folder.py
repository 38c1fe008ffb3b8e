"""A watched folder: whatever is put there is taken once, and moved aside when it is."""

import time
from collections.abc import Iterator
from pathlib import Path

TAKEN, REFUSED = "taken", "refused"
SETTLED_SECONDS = 1.0
"""A file that was written to just now may not be whole yet."""
MAX_FILES_AT_ONCE = 200


def files_in(folder: Path, *, most_bytes: int) -> Iterator[tuple[Path, bytes]]:
    """Give files that are whole, oldest first, with their bytes; one over the limit is cut there,
    one byte too long, which no reader accepts.
    """
    if not folder.is_dir():
        return
    files = sorted(
        (path.stat().st_mtime, path)
        for path in folder.iterdir()
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    )
    for changed_at, path in files[:MAX_FILES_AT_ONCE]:
        if time.time() - changed_at >= SETTLED_SECONDS:
            with path.open("rb") as file:
                yield path, file.read(most_bytes + 1)


def set_aside(path: Path, *, why_refused: str = "") -> None:
    """Move a file that was taken into the folder of those, or, with the reason, of the refused."""
    folder = path.parent / (REFUSED if why_refused else TAKEN)
    folder.mkdir(exist_ok=True)
    path.replace(folder / path.name)
    if why_refused:
        (folder / f"{path.name}.txt").write_text(f"{why_refused}\n", encoding="utf-8")
