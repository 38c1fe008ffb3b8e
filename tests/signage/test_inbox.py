"""The inbox is bounded, and the newest of a topic wins (rule E)."""

from signage.inbox import Inbox
from signage.workflows.reports.hearing import Message


def message(topic: str, payload: bytes = b"x") -> Message:
    return Message(topic, payload, 1)


def test_messages_come_out_in_the_order_in_which_they_came():
    inbox = Inbox()
    for topic in "cab":
        inbox.put(message(topic))
    assert [one.topic for one in inbox.take()] == ["c", "a", "b"]
    assert inbox.is_empty()


def test_the_newest_of_a_topic_wins():
    inbox = Inbox()
    inbox.put(message("a", b"old"))
    inbox.put(message("b"))
    inbox.put(message("a", b"new"))
    assert [(one.topic, one.payload) for one in inbox.take()] == [("b", b"x"), ("a", b"new")]


def test_no_more_are_taken_than_asked_for():
    inbox = Inbox()
    for topic in "abc":
        inbox.put(message(topic))
    assert [one.topic for one in inbox.take(2)] == ["a", "b"]
    assert [one.topic for one in inbox.take(2)] == ["c"]


def test_a_flood_of_bytes_drops_the_oldest():
    inbox = Inbox(max_bytes=100)
    for number in range(50):
        inbox.put(message(str(number), b"x" * 30))
    assert [one.topic for one in inbox.take()] == ["47", "48", "49"]


def test_a_flood_of_topics_drops_the_oldest():
    inbox = Inbox(max_topics=3)
    for number in range(50):
        inbox.put(message(str(number)))
    assert [one.topic for one in inbox.take()] == ["47", "48", "49"]


def test_bytes_that_were_taken_out_make_room():
    inbox = Inbox(max_bytes=100)
    for _ in range(10):
        inbox.put(message("a", b"x" * 90))
        assert len(inbox.take()) == 1


def test_what_is_larger_than_the_whole_inbox_does_not_stay():
    inbox = Inbox(max_bytes=100)
    inbox.put(message("a", b"x" * 101))
    assert inbox.is_empty()
