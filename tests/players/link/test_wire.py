"""Framing, limits and the bounded inbox between player and link."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from players.contract import limits
from players.link.inbox import Inbox
from players.link.mqtt import is_worth_forwarding
from players.link.wire import BrokenPipe, Message, limit_of, pack, read_message, subscriptions

LIMITS = subscriptions("pleiku", "hoa-lu", "led-64x32")


@given(st.text(max_size=100), st.binary(max_size=1000), st.booleans())
def test_a_message_comes_out_as_it_went_in(topic, payload, retain):
    message = Message(topic, payload, retain)
    assert read_message(io.BytesIO(pack(message))) == message


def test_messages_follow_one_another():
    stream = io.BytesIO(pack(Message("a", b"1")) + pack(Message("b", b"2")))
    assert [read_message(stream), read_message(stream), read_message(stream)] == [
        Message("a", b"1"),
        Message("b", b"2"),
        None,
    ]


@pytest.mark.parametrize("cut", [1, 5, 8, 10])
def test_half_a_message_at_the_end_is_none(cut):
    assert read_message(io.BytesIO(pack(Message("topic", b"payload"))[:cut])) is None


def test_nonsense_is_no_message():
    with pytest.raises(BrokenPipe):
        read_message(io.BytesIO(b"\xff" * 20))


def test_every_topic_has_its_limit():
    assert limit_of("signage/1/pleiku/keys", LIMITS) == limits.MAX_SEALED_BYTES
    assert limit_of("signage/1/pleiku/pages/led-64x32/abc", LIMITS) == limits.MAX_PAGE_BYTES
    assert limit_of("signage/1/pleiku/displays/ubnd/manifest", LIMITS) == 0


@pytest.mark.parametrize("size", [0, limits.MAX_SEALED_BYTES + 1])
def test_empty_and_oversized_messages_end_in_the_link(size):
    assert not is_worth_forwarding("signage/1/pleiku/keys", size, LIMITS)


def test_the_newest_of_a_topic_wins():
    inbox = Inbox()
    for payload in (b"1", b"2", b"3"):
        inbox.put(Message("a", payload))
    assert inbox.take_all() == [Message("a", b"3")]
    assert inbox.take_all() == []


def test_messages_keep_their_order():
    inbox = Inbox()
    for topic in ("page", "set", "page"):
        inbox.put(Message(topic, b"x"))
    assert [message.topic for message in inbox.take_all()] == ["set", "page"]


def test_a_flood_of_pages_pushes_out_pages_only():
    inbox = Inbox(max_bytes=1000)
    inbox.put(Message("signage/1/pleiku/keys", b"k" * 100))
    for number in range(50):
        inbox.put(Message(f"signage/1/pleiku/pages/led/{number}", b"p" * 300))
    kept = [message.topic for message in inbox.take_all()]
    assert kept[0] == "signage/1/pleiku/keys"
    assert kept[-1].endswith("/49")
    assert len(kept) == 4


def test_the_number_of_topics_is_bounded_too():
    inbox = Inbox(max_topics=3)
    for number in range(10):
        inbox.put(Message(str(number), b""))
    assert [message.topic for message in inbox.take_all()] == ["7", "8", "9"]
