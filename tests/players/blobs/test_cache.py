"""The cache: files named by their hash, bounded, whole or not there."""

import hashlib
import os

import pytest

from players.blobs.cache import STALE_PART_SECONDS, Cache, CacheFull
from players.files import DISK


def named(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", 1000)


def put(cache, content):
    cache.put(named(content), content)
    return named(content)


def test_what_was_put_is_read_again(cache):
    name = put(cache, b"picture")
    assert cache.has(name)
    assert cache.read(name) == b"picture"


def test_it_is_still_there_after_a_restart(cache, tmp_path):
    name = put(cache, b"picture")
    assert Cache(tmp_path / "cache", 1000).read(name) == b"picture"


def test_a_file_that_went_bad_counts_as_missing(cache, tmp_path):
    name = put(cache, b"picture")
    (tmp_path / "cache" / name[:2] / name).write_bytes(b"picturf")
    assert cache.read(name) is None
    assert not cache.has(name)


def test_a_file_that_vanished_counts_as_missing(cache, tmp_path):
    name = put(cache, b"picture")
    (tmp_path / "cache" / name[:2] / name).unlink()
    assert cache.read(name) is None


def test_unneeded_blobs_go_first_when_room_is_wanted(cache):
    needed, unneeded = put(cache, b"a" * 400), put(cache, b"b" * 400)
    cache.need(frozenset({needed}))
    put(cache, b"c" * 400)
    assert cache.has(needed)
    assert not cache.has(unneeded)


def test_the_oldest_of_the_unneeded_goes_first(cache, tmp_path):
    names = [put(cache, letter * 300) for letter in (b"a", b"b", b"c")]
    for age, name in enumerate(names):
        os.utime(tmp_path / "cache" / name[:2] / name, (1000 + age, 1000 + age))
    again = Cache(tmp_path / "cache", 1000)
    put(again, b"d" * 300)
    assert [again.has(name) for name in names] == [False, True, True]


def test_needed_blobs_are_never_evicted(cache):
    name = put(cache, b"a" * 900)
    cache.need(frozenset({name}))
    with pytest.raises(CacheFull, match="raise cache_mb"):
        put(cache, b"b" * 200)
    assert cache.has(name)


def test_a_download_is_taken_in_when_its_hash_is_right(cache):
    content = b"downloaded"
    cache.part(named(content)).write_bytes(content)
    assert cache.adopt_part(named(content))
    assert cache.read(named(content)) == content
    assert not cache.part(named(content)).exists()


def test_a_download_with_the_wrong_hash_is_thrown_away(cache):
    cache.part(named(b"right")).write_bytes(b"wrong")
    assert not cache.adopt_part(named(b"right"))
    assert not cache.part(named(b"right")).exists()
    assert not cache.has(named(b"right"))


def test_a_download_that_nobody_goes_on_with_is_removed_one_day(cache, tmp_path):
    part = cache.part("0" * 64)
    part.write_bytes(b"half")
    os.utime(part, (1, part.stat().st_mtime - STALE_PART_SECONDS - 60))
    Cache(tmp_path / "cache", 1000)
    assert not part.exists()


def test_wiping_leaves_nothing(cache, tmp_path):
    put(cache, b"picture")
    cache.part("0" * 64).write_bytes(b"half")
    cache.wipe()
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]


def test_what_a_crash_left_half_written_is_removed_at_start(cache, tmp_path):
    name = put(cache, b"picture")
    left = tmp_path / "cache" / name[:2] / ".new-abc"
    left.write_bytes(b"half")
    again = Cache(tmp_path / "cache", 1000)
    assert not left.exists()
    assert again.size == len(b"picture")


def test_a_write_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / "file"
    DISK.write_durably(path, b"old")
    with pytest.raises(TypeError):
        DISK.write_durably(path, "not bytes")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
