"""Messages from the broker's thread: bounded, and the newest of a topic wins (rule E)."""

import threading
from collections import OrderedDict
from typing import Final

from players.contract.limits import MIB
from signage.workflows.reports.hearing import Message

MAX_BYTES: Final = 64 * MIB
MAX_TOPICS: Final = 20_000


class Inbox:
    """Filled by one thread and emptied by another.

    Nothing is lost by the newest winning: players repeat states, and send plays again until those
    are acknowledged.
    """

    def __init__(self, *, max_bytes: int = MAX_BYTES, max_topics: int = MAX_TOPICS) -> None:
        self._messages: OrderedDict[str, Message] = OrderedDict()
        self._max_bytes, self._max_topics = max_bytes, max_topics
        self._bytes = 0
        self._turn = threading.Lock()

    def put(self, message: Message) -> None:
        """Lay in a message; where there is no room the oldest go."""
        with self._turn:
            if message.topic in self._messages:
                self._take_out(message.topic)
            self._messages[message.topic] = message
            self._bytes += len(message.payload)
            while self._bytes > self._max_bytes or len(self._messages) > self._max_topics:
                self._take_out(next(iter(self._messages)))

    def take(self, most: int = MAX_TOPICS) -> list[Message]:
        """Take out at most so many, the oldest first."""
        with self._turn:
            return [self._take_out(topic) for topic in list(self._messages)[:most]]

    def is_empty(self) -> bool:
        """Say whether nothing waits."""
        return not self._messages

    def _take_out(self, topic: str) -> Message:
        message = self._messages.pop(topic)
        self._bytes -= len(message.payload)
        return message
