"""When each feed is asked, what is new in it, and how it fares; it stores nothing."""

import hashlib
from collections.abc import Callable, Iterator

import msgspec

from players.contract.limits import MINUTE, SECOND
from signage.cap.feeds import Entry, entries_of
from signage.cap.fetching import Got, Unreachable, get
from signage.cap.limits import MAX_FEED_BYTES, MAX_MESSAGE_BYTES
from signage.cap.xml import Unreadable
from signage.domain.cap.table import Feed

LONGEST_WAIT = 15 * MINUTE
"""However often a feed failed, it is asked again after this long."""


class FeedState(msgspec.Struct, frozen=True, kw_only=True):
    """How a feed fares: when it was asked, when it last answered, and what went wrong since."""

    url: str
    asked_at: int = 0
    answered_at: int = 0
    failures: int = 0
    problem: str = ""
    entries: int = 0


class Poller:
    """One feed. `parsed` counts how often its content was looked at: not while it is unchanged."""

    def __init__(self, feed: Feed, fetch: Callable[..., Got] = get) -> None:
        self.feed = feed
        self.state = FeedState(url=feed.url)
        self.parsed = 0
        self._fetch = fetch
        self._etag = self._modified = self._sha256 = ""
        self._marks: set[str] = set()

    def is_due(self, at: int) -> bool:
        """Say whether it is time to ask; after failures ever later."""
        wait = self.feed.every_seconds * SECOND
        if self.state.failures:
            wait = max(wait, min(wait << min(self.state.failures, 10), LONGEST_WAIT))
        return not self.state.asked_at <= at < self.state.asked_at + wait

    def poll(self, at: int) -> Iterator[bytes]:
        """Ask the feed and give the messages that are new in it."""
        self.state = msgspec.structs.replace(self.state, asked_at=at)
        try:
            for entry in self._new_entries():
                yield from self._message(entry)
        except (Unreachable, Unreadable) as error:
            failures = self.state.failures + 1
            self.state = msgspec.structs.replace(
                self.state, failures=failures, problem=str(error)[:200]
            )
        else:
            self.state = msgspec.structs.replace(self.state, answered_at=at, failures=0, problem="")

    def _new_entries(self) -> list[Entry]:
        got = self._fetch(
            self.feed.url,
            limit=MAX_FEED_BYTES,
            private=self.feed.private,
            etag=self._etag,
            modified=self._modified,
        )
        if got.content is None:
            return []
        sha256 = hashlib.sha256(got.content).hexdigest()
        if sha256 == self._sha256:  # a server that knows no ETag
            return []
        self.parsed += 1
        entries = entries_of(got.content, address=self.feed.url)
        # Only now: a feed that can't be read is asked for whole again.
        self._etag, self._modified, self._sha256 = got.etag, got.modified, sha256
        self.state = msgspec.structs.replace(self.state, entries=len(entries))
        fresh = [one for one in entries if not one.mark or one.mark not in self._marks]
        self._marks &= {one.mark for one in entries}
        return fresh

    def _message(self, entry: Entry) -> Iterator[bytes]:
        """Give the message of an entry; one that can't be had is tried again the next time."""
        if entry.content:
            yield entry.content
        else:
            try:
                got = self._fetch(entry.link, limit=MAX_MESSAGE_BYTES, private=self.feed.private)
            except Unreachable:
                self._etag = self._modified = self._sha256 = ""
                return
            yield got.content or b""
        self._marks.add(entry.mark)
