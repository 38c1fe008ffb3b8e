"""The sealer's own look at drills: only pages that are truly those of a drill get its key.

Drills are drawn by the web process and lie in its database. Without this look, whoever writes there
could have the picture of a real alert sealed as a drill, without the mark that is in the pixels.
"""

import time
from collections.abc import Iterable, Iterator
from typing import Final

import structlog

from players.contract import documents
from players.contract.alerts import AlertSet, Laid
from players.contract.keys import KeyList
from players.contract.signature import Kind, Unsealed, open_sealed
from signage.domain.alert import AlertPage
from signage.domain.display import Profile
from signage.domain.drill import Drill
from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.alert_drawing import draw_pages, draw_plainly
from signage.workflows.drill_sets import entry_of

log = structlog.get_logger()

BY_SEALER: Final = "sealer"
SECONDS: Final = 0.3
"""The most that drawing may hold up the sealer in one round: an alert must not wait for drills."""


class DrillCheck:
    """Which pages of which drill are good on which profile: drawn here alike, or sealed before."""

    def __init__(self) -> None:
        self._good: dict[tuple[str, str], tuple[str, ...]] = {}
        self._bad: set[tuple[str, str, tuple[str, ...]]] = set()

    def trust_sealed(self, store: Store, key_list: KeyList, at: int) -> None:
        """What stands in sets with the drill key's own signature was looked at before."""
        keys = key_list.trusted_for(Kind.DRILLS, at)
        for one in store.publications.of_kind(Kind.DRILLS):
            try:
                payload, _ = open_sealed(one.sealed, Kind.DRILLS, keys)
                found = documents.decode(payload, AlertSet)
            except Unsealed:
                continue
            for entry in documents.alert_entries(found.entries)[0]:
                shown = tuple(page.blob.sha256 for page in entry.pages)
                self._good[entry.id, found.profile] = shown

    def look(self, store: Store, at: int) -> bool:
        """Draw what is new and compare, for a moment; True when there is more to do."""
        end = time.monotonic() + SECONDS
        profiles = store.profiles.by_id()
        for drill, profile in self._unseen(store.drills.live(at), profiles):
            if time.monotonic() >= end:
                return True
            self._look_at(store, drill, profiles[profile], at)
        return False

    def entries(self, store: Store, profile: str, at: int) -> list[Laid]:
        """The entries of a profile whose pages are good."""
        live = store.drills.live(at)
        return [entry_of(drill, profile) for drill in live if self._is_good(drill, profile)]

    def _unseen(
        self, drills: Iterable[Drill], profiles: dict[str, Profile]
    ) -> list[tuple[Drill, str]]:
        return [
            (drill, profile)
            for drill in drills
            for profile, pages in drill.pages.items()
            if profile in profiles
            and not self._is_good(drill, profile)
            and (drill.id, profile, _hashes(pages)) not in self._bad
        ]

    def _is_good(self, drill: Drill, profile: str) -> bool:
        pages = drill.pages.get(profile)
        return bool(pages) and self._good.get((drill.id, profile)) == _hashes(pages or ())

    def _look_at(self, store: Store, drill: Drill, profile: Profile, at: int) -> None:
        shown = _hashes(drill.pages[profile.id])
        if any(_hashes(pages) == shown for pages in _ways(store, drill, profile)):
            self._good[drill.id, profile.id] = shown
            return
        self._bad.add((drill.id, profile.id, shown))
        log.error("a drill's pages are not those of a drill", drill=drill.id, profile=profile.id)
        with store.transaction():
            store.audit.record(
                who=BY_SEALER,
                act="drill.refused",
                subject=f"drill:{drill.id}",
                at=at,
                detail={"profile": profile.id},
            )


def _ways(store: Store, drill: Drill, profile: Profile) -> Iterator[list[AlertPage]]:
    """How the drill may look: its pages, or the plain one where they can't be drawn."""
    words, until = drill.words, drill.drawn_until
    try:
        yield draw_pages(store, words, profile, until=until, kind="drill")
    except Refused:
        pass
    except Exception:
        log.exception("a drill can't be drawn", drill=drill.id, profile=profile.id)
    yield draw_plainly(store, words, profile, until=until, kind="drill")


def _hashes(pages: Iterable[AlertPage]) -> tuple[str, ...]:
    return tuple(page.blob for page in pages)
