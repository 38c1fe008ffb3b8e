"""Fetching over real HTTP: resumed, checked, patient, and never more than was announced."""

import contextlib
import socket
import threading
import time

import pytest

from players.blobs.cache import Cache
from players.blobs.downloader import Downloader
from players.blobs.fetch import FetchFailed, HttpFetch
from players.contract.types import BlobRef
from tests.doubles import SimulatedController, until


class Heard:
    """Writes down what the downloader tells."""

    def __init__(self):
        self.blobs, self.sealed, self.times, self.troubles = [], [], [], []

    def blob_arrived(self, sha256):
        self.blobs.append(sha256)

    def sealed_arrived(self, topic, sealed):
        self.sealed.append((topic, sealed))

    def time_arrived(self, nonce, sealed):
        self.times.append((nonce, sealed))

    def trouble(self, sentence):
        self.troubles.append(sentence)


@pytest.fixture
def site():
    controller = SimulatedController()
    controller.address = controller.serve()
    yield controller
    controller.close()


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", 10_000_000)


@pytest.fixture
def fetch(site):
    fetch = HttpFetch(site.address)
    yield fetch
    fetch.close()


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def downloader(fetch, cache, heard):
    downloader = Downloader(fetch, cache, lambda: "ab" * 16)
    downloader.start(heard)
    yield downloader
    downloader.stop()


def always():
    return True


def large(site):
    return site.blob(bytes(range(256)) * 2000, "image/png")


def test_a_blob_is_fetched_into_the_cache(site, cache, downloader, heard):
    ref = large(site)
    downloader.want([ref])
    until(lambda: heard.blobs == [ref.sha256])
    assert cache.read(ref.sha256) == site.blobs[ref.sha256]


def test_the_most_urgent_comes_first(site, cache, downloader, heard):
    refs = [site.picture(colour) for colour in ("red", "blue", "lime")]
    downloader.want(refs)
    until(lambda: len(heard.blobs) == 3)
    assert heard.blobs == [ref.sha256 for ref in refs]


def test_what_is_held_is_not_fetched_again(site, cache, downloader, heard):
    ref = site.picture("red")
    cache.put(ref.sha256, site.blobs[ref.sha256])
    downloader.want([ref])
    until(lambda: heard.blobs)
    assert site.requests == []


def test_a_download_that_broke_off_goes_on_where_it_ended(site, cache, downloader, heard):
    ref = large(site)
    site.stops_after = 200_000
    downloader.want([ref])
    until(lambda: heard.blobs == [ref.sha256])
    ranges = [wanted for _, wanted in site.requests]
    assert ranges[0] == ""
    assert ranges[-1].startswith("bytes=")
    assert int(ranges[-1][6:-1]) > 0
    assert cache.read(ref.sha256) == site.blobs[ref.sha256]


def test_a_part_from_before_a_restart_goes_on(site, cache, fetch):
    ref = large(site)
    cache.part(ref.sha256).write_bytes(site.blobs[ref.sha256][:1000])
    fetch.blob(ref, cache.part(ref.sha256), always)
    assert site.requests == [(f"/blobs/{ref.sha256}", "bytes=1000-")]
    assert cache.adopt_part(ref.sha256)


def test_a_rotten_part_is_thrown_away_and_fetched_from_the_start(site, cache, downloader, heard):
    ref = large(site)
    cache.part(ref.sha256).write_bytes(b"x" * 1000)
    downloader.want([ref])
    until(lambda: heard.blobs == [ref.sha256])
    assert any("other content" in sentence for sentence in heard.troubles)


def test_the_page_of_a_captive_portal_is_no_blob(site, cache, fetch):
    ref = large(site)
    site.spoilt[ref.sha256] = b"<html>Please sign in</html>"
    with pytest.raises(FetchFailed, match="is this the controller"):
        fetch.blob(ref, cache.part(ref.sha256), always)
    assert not cache.part(ref.sha256).exists()


def test_a_captive_portal_of_the_right_length_is_caught_by_the_hash(site, cache, downloader, heard):
    ref = large(site)
    site.spoilt[ref.sha256] = b"<" * ref.bytes
    downloader.want([ref])
    until(lambda: any("other content" in sentence for sentence in heard.troubles))
    assert not cache.has(ref.sha256)
    site.spoilt.clear()
    until(lambda: heard.blobs == [ref.sha256])


def test_more_than_was_announced_is_not_taken(site, cache, fetch):
    ref = large(site)
    small = BlobRef(sha256=ref.sha256, bytes=10, media_type="image/png")
    with pytest.raises(FetchFailed):
        fetch.blob(small, cache.part(ref.sha256), always)


def test_a_missing_blob_is_told_and_tried_again(site, cache, downloader, heard):
    ref = large(site)
    content = site.blobs.pop(ref.sha256)
    downloader.want([ref])
    until(lambda: any("answered 404" in sentence for sentence in heard.troubles))
    site.blobs[ref.sha256] = content
    until(lambda: heard.blobs == [ref.sha256])


def test_one_missing_blob_does_not_hold_up_the_others(site, cache, downloader, heard):
    missing, there = large(site), site.picture("red")
    site.blobs.pop(missing.sha256)
    downloader.want([missing, there])
    until(lambda: heard.blobs == [there.sha256])


def test_nobody_at_home_is_told_in_a_sentence(cache, heard):
    downloader = Downloader(HttpFetch("http://127.0.0.1:1"), cache, lambda: "")
    downloader.start(heard)
    downloader.want([BlobRef(sha256="0" * 64, bytes=5, media_type="image/png")])
    until(lambda: heard.troubles)
    assert "no answer from 127.0.0.1:1" in heard.troubles[0]
    downloader.stop()


def test_a_server_that_closed_the_kept_connection_is_asked_again(site, cache, fetch):
    first, second = site.picture("red"), site.picture("blue")
    fetch.blob(first, cache.part(first.sha256), always)
    fetch._connection.sock.shutdown(2)
    fetch.blob(second, cache.part(second.sha256), always)
    assert cache.adopt_part(second.sha256)


def test_a_sealed_document_is_fetched_by_its_topic(site, downloader, heard):
    site.sealed["signage/1/pleiku/keys"] = b"sealed bytes"
    downloader.want_sealed(["signage/1/pleiku/keys"])
    until(lambda: heard.sealed == [("signage/1/pleiku/keys", b"sealed bytes")])


def test_an_endless_answer_is_cut_off(site, fetch):
    site.sealed["keys"] = b"x" * 200_000
    with pytest.raises(FetchFailed, match="more than"):
        fetch.sealed("keys")


def test_the_time_is_asked_with_a_nonce_of_its_own(site, downloader, heard):
    downloader.want_time()
    until(lambda: heard.times)
    assert heard.times[0][0] == "ab" * 16


def test_a_file_system_that_refuses_is_survived(site, cache, downloader, heard, tmp_path):
    ref = large(site)
    part = cache.part(ref.sha256)
    part.mkdir()  # whatever the reason: no file can be written here
    downloader.want([ref])
    until(lambda: heard.troubles)
    part.rmdir()
    until(lambda: heard.blobs == [ref.sha256])


def test_an_answer_that_stalls_in_the_middle_is_left_and_gone_on_with(
    site, cache, downloader, heard, monkeypatch
):
    monkeypatch.setattr("players.blobs.fetch.STALL_SECONDS", 0.2)
    ref = large(site)
    site.drips = 5.0
    downloader.want([ref])
    until(lambda: heard.blobs == [ref.sha256])
    assert site.requests[-1][1] == "bytes=1000-"
    assert any("broke off" in sentence for sentence in heard.troubles)


def test_an_answer_that_drips_is_put_off_for_what_else_is_wanted(
    site, cache, downloader, heard, monkeypatch
):
    monkeypatch.setattr("players.blobs.fetch.SLOW_AFTER_SECONDS", 0.1)
    monkeypatch.setattr("players.blobs.fetch.SLOWEST", 5000)
    dripping, small = large(site), site.picture("red")
    site.drips = 0.05
    downloader.want([dripping, small])
    until(lambda: heard.blobs == [small.sha256, dripping.sha256])
    assert any("too slowly" in sentence for sentence in heard.troubles)


def test_an_answer_whose_beginning_drips_for_ever_is_hung_up_on(monkeypatch):
    monkeypatch.setattr("players.blobs.fetch.ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip_a_header, args=[server], daemon=True).start()
        fetch = HttpFetch(f"http://127.0.0.1:{server.getsockname()[1]}")
        with pytest.raises(FetchFailed, match="no answer"):
            fetch.sealed("keys")
        fetch.close()


def drip_a_header(server):
    connection, _ = server.accept()
    with connection, contextlib.suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Wait: ")
        while True:
            time.sleep(0.02)
            connection.sendall(b"x")


def test_stopping_ends_the_thread(site, cache, fetch, heard):
    downloader = Downloader(fetch, cache, lambda: "")
    downloader.start(heard)
    downloader.stop()
    assert "downloader" not in {thread.name for thread in threading.enumerate()}


class OneAtATime(HttpFetch):
    """Asks for the time in the middle of the first blob, as a beat would make it."""

    def __init__(self, address, ask):
        super().__init__(address)
        self._interrupt, self.parts = ask, []

    def blob(self, ref, part, go_on):
        def asked():
            if not self.parts:
                self._interrupt()
            return go_on()

        whole = super().blob(ref, part, asked)
        self.parts.append(part.stat().st_size if part.exists() else 0)
        return whole


def test_a_long_download_lets_the_time_be_asked_and_goes_on_where_it_was(site, cache, heard):
    fetch = OneAtATime(site.address, lambda: downloader.want_time())  # noqa: PLW0108 - made below
    downloader = Downloader(fetch, cache, lambda: "ab" * 16)
    ref = large(site)
    downloader.want([ref])
    downloader.start(heard)
    until(lambda: heard.blobs)
    downloader.stop()
    paths = [path.partition("?")[0].rpartition("/")[0] for path, _ in site.requests]
    assert paths == ["/blobs", "", "/blobs"]
    assert 0 < fetch.parts[0] < ref.bytes
    assert site.requests[2][1] == f"bytes={fetch.parts[0]}-"
