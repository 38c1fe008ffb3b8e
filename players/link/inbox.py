"""A bounded box of messages in which the newest of each topic wins: a flood never piles up."""

import threading
from collections import OrderedDict
from typing import Final

from players.contract.limits import MIB
from players.link.wire import Message

MAX_BYTES: Final = 48 * MIB
MAX_TOPICS: Final = 256


class Inbox:
    """Filled by one thread and emptied by another."""

    def __init__(self, *, max_bytes: int = MAX_BYTES, max_topics: int = MAX_TOPICS) -> None:
        self._messages: OrderedDict[str, Message] = OrderedDict()
        self._max_bytes, self._max_topics = max_bytes, max_topics
        self._bytes = 0
        self._filled = threading.Condition()

    def put(self, message: Message) -> None:
        """Lay in a message; the oldest pages go first when there is no room, then the oldest of
        all.
        """
        with self._filled:
            self._drop(message.topic)
            self._messages[message.topic] = message
            self._bytes += len(message.payload)
            while self._bytes > self._max_bytes or len(self._messages) > self._max_topics:
                pages = (topic for topic in self._messages if "/pages/" in topic)
                self._drop(next(pages, None) or next(iter(self._messages)))
            self._filled.notify()

    def take_all(self) -> list[Message]:
        """Everything there, in order of arrival, without waiting."""
        with self._filled:
            return self._emptied()

    def wait_for_all(self) -> list[Message]:
        """Everything there, once there is something."""
        with self._filled:
            self._filled.wait_for(lambda: bool(self._messages))
            return self._emptied()

    def _emptied(self) -> list[Message]:
        messages = list(self._messages.values())
        self._messages.clear()
        self._bytes = 0
        return messages

    def _drop(self, topic: str) -> None:
        if dropped := self._messages.pop(topic, None):
            self._bytes -= len(dropped.payload)
