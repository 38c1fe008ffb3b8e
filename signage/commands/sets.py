"""`signage hold …` and `signage drill …`: holds and drills from the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from players.contract.limits import MINUTE, SECOND
from signage.clock import now_ms
from signage.commands.here import (
    as_person,
    open_store,
    person,
    refusals_told,
    sealer_of,
    settings_here,
    wake_worker,
)
from signage.settings import Settings

if TYPE_CHECKING:
    from signage.domain.people import User
    from signage.store import Store
    from signage.workflows.sealer.at_sealer import AtSealer
    from signage.workflows.sealer.authorising_sets import Asked


@dataclass(frozen=True)
class Here:
    """This installation, and the person who acts."""

    settings: Settings
    store: Store
    user: User
    sealer: AtSealer

    def confirmed(self, act: Asked, code: str | None) -> Asked:
        """Have the sealer do `act`; the person's code is asked for where it needs one."""
        from signage.domain.factor import Code

        given = None
        if act.needs_factor:
            given = Code(digits=code or click.prompt("Your six digits"))
        return self.sealer.for_sets(given)(act, self.user, now_ms())

    def local(self, moment: int) -> str:
        """A moment as people here read it."""
        local = datetime.fromtimestamp(moment / SECOND, self.settings.zone)
        return local.isoformat(sep=" ", timespec="minutes")


_code = click.option("--code", help="The six digits of the person; asked for when left out.")
_targets = click.argument("targets", nargs=-1, required=True)
_TARGETS = "TARGETS are all, display:ID, unit:ID or tag:NAME."


def _with_store(command: Callable[..., None]) -> Callable[..., None]:
    """Open settings, store and person; a refusal ends the command with its sentence."""

    @wraps(command)
    def run(login: str, **options: Any) -> None:
        settings = settings_here()
        store = open_store(settings)
        try:
            here = Here(settings, store, person(store, login), sealer_of(settings))
            with refusals_told():
                command(here, **options)
        finally:
            store.close()
        wake_worker(settings)

    return run


@click.group()
def hold() -> None:
    """Keep displays dark, on the safe slide or in a meeting."""


@hold.command("place", epilog=_TARGETS)
@click.argument("kind", type=click.Choice(["blank", "safe", "meeting"]))
@_targets
@click.option("--minutes", type=click.IntRange(1), default=120, show_default=True)
@click.option("--why", default="", help="The reason, for the log.")
@_code
@as_person
@_with_store
def hold_place(
    here: Here,
    kind: str,
    targets: tuple[str, ...],
    minutes: int,
    why: str,
    code: str | None,
) -> None:
    """Hold the displays that TARGETS mean; blank and safe stand above alerts, too."""
    from signage.domain.hold import HoldKind
    from signage.workflows.sets import holding

    at = now_ms()
    until = at + minutes * MINUTE
    act = holding.proposed(
        here.store, HoldKind(kind), targets=targets, until=until, why=why, by=here.user, at=at
    )
    placed = here.confirmed(act, code).hold
    click.echo(f"{placed.id}: {kind} until {here.local(placed.expires_at)}")


@hold.command("list")
@as_person
@_with_store
def hold_list(here: Here) -> None:
    """Say which holds run."""
    for one in here.store.holds.live(now_ms()):
        who = f" ({one.why})" if one.why else ""
        until = here.local(one.expires_at)
        click.echo(f"{one.id}: {one.kind.value} {' '.join(one.targets)} until {until}{who}")


@hold.command("lift")
@click.argument("hold_id", metavar="HOLD")
@_code
@as_person
@_with_store
def hold_lift(here: Here, hold_id: str, code: str | None) -> None:
    """Give the displays of HOLD back to their schedule."""
    from signage.workflows.sets import holding

    here.confirmed(holding.lifting(here.store, hold_id, by=here.user, at=now_ms()), code)
    click.echo(f"{hold_id}: lifted")


@click.group()
def drill() -> None:
    """Drills: marked DIỄN TẬP in every picture, apart from real alerts."""


@drill.command("plan", epilog=_TARGETS)
@click.argument("headline")
@_targets
@click.option("--area", required=True, help="Where, in words.")
@click.option("--sender", required=True, help="Who says so.")
@click.option("--body", default="", help="What people should do.")
@click.option("--level", type=click.IntRange(0, 5), default=0, show_default=True)
@click.option("--begins", help="Local time such as 2026-12-01T09:00; now when not given.")
@click.option("--minutes", type=click.IntRange(1), default=15, show_default=True)
@_code
@as_person
@_with_store
def drill_plan(
    here: Here,
    headline: str,
    targets: tuple[str, ...],
    begins: str | None,
    minutes: int,
    code: str | None,
    **words: Any,
) -> None:
    """Begin a drill now or at its hour; it ends by itself."""
    from signage.domain.alert import AlertWords
    from signage.render.typefaces import require_raqm
    from signage.workflows.sets import drilling

    require_raqm()
    at = now_ms()
    begins_at = at if begins is None else _moment(begins, here.settings)
    drafted = drilling.draft(
        here.store,
        AlertWords(headline=headline, **words),
        targets=targets,
        begins_at=begins_at,
        expires_at=begins_at + minutes * MINUTE,
        by=here.user,
        at=at,
    )
    act = drilling.planning(here.store, drafted.id, by=here.user, at=at)
    planned = here.confirmed(act, code).drill
    click.echo(
        f"{planned.id}: from {here.local(planned.begins_at)} to {here.local(planned.expires_at)}"
    )


@drill.command("list")
@as_person
@_with_store
def drill_list(here: Here) -> None:
    """Say which drills run, will run, or have run."""
    at = now_ms()
    for one in here.store.drills.recent():
        state = "running" if one.is_running(at) else "over" if one.is_over(at) else "planned"
        begins = here.local(one.begins_at)
        click.echo(f"{one.id}: {state}, {one.words.headline}, from {begins}")


@drill.command("stop")
@click.argument("drill_id", metavar="DRILL")
@_code
@as_person
@_with_store
def drill_stop(here: Here, drill_id: str, code: str | None) -> None:
    """End DRILL, or call it off."""
    from signage.workflows.sets import drilling

    here.confirmed(drilling.stopping(here.store, drill_id, by=here.user), code)
    click.echo(f"{drill_id}: stopped")


@drill.command("report")
@click.argument("drill_id", metavar="DRILL")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="A CSV file.")
@as_person
@_with_store
def drill_report(here: Here, drill_id: str, out: Path | None) -> None:
    """Say which displays showed DRILL, and after how many seconds."""
    from signage.workflows.sets import drilling

    found = drilling.get(here.store, drill_id)
    table = drilling.as_csv(found, drilling.report(here.store, found, by=here.user))
    if out:
        out.write_text("\ufeff" + table, encoding="utf-8")
    else:
        sys.stdout.write(table)


def _moment(text: str, settings: Settings) -> int:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no time such as 2026-12-01T09:00") from error
    at = moment if moment.tzinfo else moment.replace(tzinfo=settings.zone)
    return int(at.timestamp() * SECOND)
