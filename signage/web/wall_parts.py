"""The tiles of the wall as HTML, made once for all who watch the same displays in one language."""

import threading
from collections.abc import Mapping
from typing import Any

from flask import current_app, render_template
from flask_babel import get_locale

from signage.domain.people import User
from signage.web.context import house, now, settings, store
from signage.web.naming import as_counted
from signage.workflows.reports import broker_state, reporting
from signage.workflows.reports.reporting import Tile

ORDER = {"lost": 0, "late": 1, "never": 2, "online": 3}


class WallParts:
    """What one group of watchers sees. A tile is drawn again only when it says something else."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._beat = -1
        self._tiles: dict[str, Tile] = {}
        self._parts: dict[str, str] = {}

    def newest(self, beat: int, by: User) -> Mapping[str, str]:
        """Return HTML by element, as of the change number `beat` at least."""
        with self._turn:
            if self._beat < beat or not self._parts:
                self._draw(tiles_for(by))
                self._beat = beat
            return self._parts

    def _draw(self, tiles: list[Tile]) -> None:
        lost = broker_state.lost_since(store())
        parts = {
            "broker": render_template("parts/broker_lost.html", broker_lost_since=lost),
            "counts": render_template("wall/counts.html", counts=counts_of(tiles)),
        }
        for tile in tiles:
            name = tile.display.id
            parts[name] = (
                self._parts[name]
                if self._tiles.get(name) == tile
                else render_template("wall/tile.html", tile=tile)
            )
        self._tiles = {tile.display.id: tile for tile in tiles}
        self._parts = parts


_GROWING = threading.Lock()


def newest_parts(by: User) -> Mapping[str, str]:
    """Return the parts for `by`, shared with everybody who sees the same."""
    group = (by.unit, by.role, tuple(sorted(by.scopes or ())), str(get_locale() or "vi"))
    with _GROWING:
        groups = current_app.extensions.setdefault("signage.wall", {})
        parts: WallParts = groups.setdefault(group, WallParts())
    return parts.newest(house().pulse.beat, by)


def tiles_for(by: User) -> list[Tile]:
    """Return the tiles that `by` may see, trouble first, names as people count."""
    tiles = reporting.wall(store(), settings().fleet, by=by, at=now())
    return sorted(
        tiles, key=lambda tile: (ORDER.get(tile.link, 9), tile.unit, as_counted(tile.display.name))
    )


def counts_of(tiles: list[Tile]) -> dict[str, Any]:
    """Return how many are online, late and lost, and how far running alerts are."""
    running = [tile.progress for tile in tiles if tile.progress]
    took = [one.took_ms for one in running if one.took_ms is not None]
    return {
        "all": len(tiles),
        **{name: sum(tile.link == name for tile in tiles) for name in ORDER},
        "alerted": len(running),
        **{
            state: sum(one.state == state for one in running)
            for state in ("shown", "received", "waiting")
        },
        "slowest": max(took, default=None),
    }
