"""Operations that tell what is on the displays, and what was."""

from typing import Annotated

import msgspec
from flask import url_for
from msgspec import Meta

from players.contract.reports import OnGlass, Status
from signage.domain.display import Display
from signage.domain.names import NotFound
from signage.domain.people import Action
from signage.domain.sentences import N_
from signage.store.reports import PlayRow
from signage.web.api.operations import operation
from signage.web.context import now, person, settings, store
from signage.workflows.reports import reporting
from signage.workflows.reports.reporting import AlertProgress, Tile


class OnWall(msgspec.Struct, frozen=True, kw_only=True):
    """A display as the wall shows it; `link` is online, late, lost or never."""

    display: Display
    unit: str
    site: str
    link: str
    source: str
    title: str
    since: int | None
    until: int | None
    next_title: str
    problem: str
    screenshot: str | None
    screenshot_at: int | None
    showing: OnGlass | None
    alert: AlertProgress | None


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """Plays that began before a moment."""

    before: int | None = None
    limit: Annotated[int, Meta(ge=1, le=500)] = 50


@operation(
    "GET",
    "/displays",
    needs=Action.VIEW,
    summary="List displays with what is on their glass",
    gives=list[OnWall],
)
def list_displays() -> list[OnWall]:
    tiles = reporting.wall(store(), settings().fleet, by=person(), at=now())
    return [_on_wall(tile) for tile in tiles]


@operation(
    "GET", "/displays/<display_id>", needs=Action.VIEW, summary="Read one display", gives=OnWall
)
def read_display(display_id: str) -> OnWall:
    return _on_wall(_tile(display_id))


@operation(
    "GET",
    "/displays/<display_id>/status",
    needs=Action.VIEW,
    summary="Read the newest sealed status of its player",
    gives=Status,
)
def read_status(display_id: str) -> Status:
    reported = _tile(display_id).reported
    if reported is None:
        raise NotFound(N_("Máy phát của màn hình này chưa báo về lần nào. Hãy kiểm tra kết nối."))
    return reported.status


@operation(
    "GET",
    "/displays/<display_id>/plays",
    needs=Action.VIEW,
    summary="List its proof of play, newest first",
    query=Earlier,
    gives=list[PlayRow],
)
def list_plays(display_id: str, query: Earlier) -> list[PlayRow]:
    return reporting.plays_of(
        store(), display_id, by=person(), before=query.before, limit=query.limit
    )


def _tile(display_id: str) -> Tile:
    for tile in reporting.wall(store(), settings().fleet, by=person(), at=now()):
        if tile.display.id == display_id:
            return tile
    raise NotFound(N_("Không có màn hình này trong đơn vị của bạn. Hãy xem lại danh sách."))


def _on_wall(tile: Tile) -> OnWall:
    address = None
    if tile.screenshot_at is not None:
        address = url_for("displays.screenshot", display_id=tile.display.id, at=tile.screenshot_at)
    return OnWall(
        display=tile.display,
        unit=tile.unit,
        site=tile.site,
        link=tile.link,
        source=tile.source,
        title=tile.title,
        since=tile.since,
        until=tile.until,
        next_title=tile.next_title,
        problem=tile.problem,
        screenshot=address,
        screenshot_at=tile.screenshot_at,
        showing=tile.reported.status.showing if tile.reported else None,
        alert=tile.progress,
    )
