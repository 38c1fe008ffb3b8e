"""A process that is killed in the middle loses nothing that it had said was done."""

import subprocess
import sys
from pathlib import Path

from signage.store import Store

WRITER = """
import sys
from pathlib import Path
from signage.store import Store

store = Store.open(sys.argv[1], Path(sys.argv[2]))
number = 0
while True:
    with store.transaction():
        sha256 = store.blobs.put(f"picture {number}".encode())
        store.audit.record(who="writer", act="drawn", subject=f"blob:{sha256}", at=number)
    print(sha256, flush=True)
    number += 1
"""


def test_whatever_was_confirmed_is_there_after_a_kill(empty_store: Store, tmp_path: Path) -> None:
    url = str(empty_store.rows.engine.url)
    command = [sys.executable, "-c", WRITER, url, str(tmp_path / "media")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        confirmed = [writer.stdout.readline().strip() for _ in range(20)]
        writer.kill()
    recorded = {row.subject.removeprefix("blob:") for row in empty_store.audit.page(limit=9999)}
    assert set(confirmed) <= recorded
    assert all(empty_store.blobs.has(sha256) for sha256 in recorded)
    assert empty_store.audit.first_broken() is None
    with empty_store.transaction():
        empty_store.audit.record(who="next", act="drawn", subject="blob:x", at=1)
