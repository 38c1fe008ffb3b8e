"""How the feeds fare, as the intake last said; pages read it."""

import msgspec

from signage.cap.polling import FeedState
from signage.store import Store
from signage.store.documents import from_text, to_text

FEEDS = "cap.feeds"
PROBLEM = "cap.table-problem"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the intake said of its feeds."""

    feeds: list[FeedState]


def tell_feeds(store: Store, feeds: list[FeedState]) -> None:
    """Keep how the feeds fare."""
    with store.transaction():
        store.publications.keep_note(FEEDS, to_text(Told(feeds=feeds)))


def tell_problem(store: Store, problem: str) -> None:
    """Keep what is wrong with the table; nothing when nothing changed."""
    if (store.publications.note(PROBLEM) or "") != problem:
        with store.transaction():
            store.publications.keep_note(PROBLEM, problem)


def feeds(store: Store) -> list[FeedState]:
    """Return how the feeds fare."""
    note = store.publications.note(FEEDS)
    return from_text(note, Told).feeds if note else []


def table_problem(store: Store) -> str:
    """Return what is wrong with the table, in English; empty when nothing is."""
    return store.publications.note(PROBLEM) or ""
