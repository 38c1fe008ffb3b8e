"""Files named by their hash."""

import hashlib
import stat
from pathlib import Path

import pytest

from signage.store.blobs import Blobs

WORDS = "Phòng chống sốt xuất huyết".encode()
SHA256 = hashlib.sha256(WORDS).hexdigest()


def test_a_blob_is_found_under_the_hash_of_its_bytes(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    assert not blobs.has(SHA256)
    assert blobs.put(WORDS) == SHA256
    assert blobs.read(SHA256) == WORDS
    assert blobs.path(SHA256) == tmp_path / SHA256[:2] / SHA256


def test_a_blob_is_read_only_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    blobs.put(WORDS)
    blobs.put(WORDS)
    assert stat.S_IMODE(blobs.path(SHA256).stat().st_mode) == 0o444
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [blobs.path(SHA256)]


def test_a_file_is_kept_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(WORDS)
    blobs = Blobs(tmp_path / "library")
    assert blobs.put_file(upload) == SHA256
    assert blobs.read(SHA256) == WORDS


def test_a_blob_cut_short_by_a_power_failure_is_written_again(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    blobs.path(SHA256).parent.mkdir(parents=True)
    blobs.path(SHA256).write_bytes(WORDS[:3])
    blobs.put(WORDS)
    assert blobs.read(SHA256) == WORDS


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, SHA256 + "\n", SHA256[:-1]])
def test_only_a_hash_names_a_blob(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Blobs(tmp_path).path(name)
