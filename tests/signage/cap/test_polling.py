from collections.abc import Iterator

import pytest

from players.contract.limits import MINUTE, SECOND
from signage.cap import fetching
from signage.cap.feeds import entries_of
from signage.cap.fetching import Unreachable, get
from signage.cap.polling import LONGEST_WAIT, Poller
from signage.cap.xml import Unreadable
from signage.domain.cap.table import Feed
from tests.signage.cap.messages import info, message
from tests.signage.cap.street import Street, open_street
from tests.signage.pleiku import NOON

ONE, TWO = message("1", NOON, info()), message("2", NOON, info())


@pytest.fixture
def street() -> Iterator[Street]:
    with open_street() as opened:
        yield opened


def atom(*links: str, updated: str = "2026") -> bytes:
    entries = "".join(
        f"<entry><id>{link}</id><updated>{updated}</updated><link href='{link}'/></entry>"
        for link in links
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode()


def poller(url: str) -> Poller:
    return Poller(Feed(url=url, private=True, every_seconds=60))


def test_messages_behind_an_atom_feed_are_fetched_once(street: Street) -> None:
    one, two = street.serve("/1", ONE), street.serve("/2", TWO)
    asks = poller(street.serve("/feed", atom(one, two)))
    assert list(asks.poll(NOON)) == [ONE, TWO]
    assert list(asks.poll(NOON)) == []
    assert street.asked == ["/feed", "/1", "/2", "/feed"]


def test_an_unchanged_feed_is_never_parsed(street: Street) -> None:
    one = street.serve("/1", ONE)
    with_etag = poller(street.serve("/etag", atom(one), etag='"1"'))
    without = poller(street.serve("/plain", atom(one)))
    for asks in (with_etag, without):
        for _ in range(3):
            list(asks.poll(NOON))
        assert asks.parsed == 1
        assert asks.state.problem == ""


def test_an_entry_that_changed_is_fetched_again(street: Street) -> None:
    one = street.serve("/1", ONE)
    asks = poller(street.serve("/feed", atom(one)))
    list(asks.poll(NOON))
    street.serve("/1", TWO)
    street.serve("/feed", atom(one, updated="2027"))
    assert list(asks.poll(NOON)) == [TWO]


def test_a_message_that_could_not_be_had_is_tried_again(street: Street) -> None:
    missing = street.address + "/1"
    asks = poller(street.serve("/feed", atom(missing), etag='"1"'))
    assert list(asks.poll(NOON)) == []
    street.serve("/1", ONE)
    assert list(asks.poll(NOON)) == [ONE]


def test_rss_relative_links_and_messages_inside_are_understood() -> None:
    rss = b"<rss><channel><item><guid>1</guid><link>/one.xml</link></item></channel></rss>"
    (entry,) = entries_of(rss, address="https://example.vn/feed")
    assert entry.link == "https://example.vn/one.xml"
    inside = ONE.partition(b"?>")[2].decode()
    held = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><content>{inside}</content></entry></feed>"
    (entry,) = entries_of(held.encode(), address="https://example.vn/feed")
    assert b"<identifier>1</identifier>" in entry.content
    (entry,) = entries_of(ONE, address="https://example.vn/one")
    assert entry.content == ONE


@pytest.mark.parametrize(
    "content",
    [b"<html><body>Sign in to the Wi-Fi</body></html>", b"", b"{}", b"<!DOCTYPE x><rss/>"],
)
def test_what_is_no_feed_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        entries_of(content, address="https://example.vn")


def test_a_feed_that_fails_is_asked_ever_less_often(street: Street) -> None:
    asks = poller(street.serve("/feed", b"<html/>"))
    list(asks.poll(NOON))
    assert asks.state.problem.startswith("no feed")
    assert not asks.is_due(NOON + 90 * SECOND)
    assert asks.is_due(NOON + 2 * MINUTE)
    for _ in range(9):
        list(asks.poll(NOON))
    assert asks.state.failures == 10
    assert not asks.is_due(NOON + LONGEST_WAIT - 1)
    assert asks.is_due(NOON + LONGEST_WAIT)
    street.serve("/feed", atom())
    list(asks.poll(NOON))
    assert (asks.state.failures, asks.state.problem) == (0, "")


def test_a_server_that_hangs_is_left(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "READ_SECONDS", 0.2)
    with pytest.raises(Unreachable, match="ReadTimeout"):
        get(street.hang("/"), limit=1000, private=True)


def test_an_endless_answer_is_cut_at_the_limit(street: Street) -> None:
    with pytest.raises(Unreachable, match="more than 1000000 bytes"):
        get(street.endless("/"), limit=1_000_000, private=True)


def test_an_answer_that_trickles_is_left(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.0)
    with pytest.raises(Unreachable, match="not done"):
        get(street.endless("/"), limit=10**12, private=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "file:///etc/passwd",
    ],
)
def test_private_addresses_are_never_asked(url: str) -> None:
    with pytest.raises(Unreachable):
        get(url, limit=1000, private=False)


def test_redirects_are_followed_a_few_times(street: Street) -> None:
    street.serve("/there", ONE)
    assert get(street.redirect("/here", "/there"), limit=10_000, private=True).content == ONE
    street.redirect("/round", "/round")
    with pytest.raises(Unreachable, match="too many redirects"):
        get(street.address + "/round", limit=1000, private=True)
