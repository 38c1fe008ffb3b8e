"""`signage alert …`: raise, amend, clear and list alerts from a command line.

Here through the sealer, with the officer's own code; on another PC with an emergency kit, when the
controller is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from players.contract.limits import MINUTE, SECOND
from signage.clock import now_ms
from signage.commands.here import open_store, refusals_told, sealer_of, settings_here, wake_worker

if TYPE_CHECKING:
    from signage.domain.act import Proposal
    from signage.domain.alert import Alert
    from signage.domain.people import User
    from signage.store import Store
    from signage.workflows.sealer.authorising import Authorise


@dataclass(frozen=True)
class Desk:
    """Where alerts are made: the rows to work on, who acts, and what an act is asked of."""

    store: Store
    officer: User
    authorise: Authorise
    zone: ZoneInfo
    green_for: int
    publish: Callable[[], object]


@click.group()
def alert() -> None:
    """Emergency alerts. With --kit FOLDER they go straight to the broker, without a controller."""


_kit = click.option(
    "--kit", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Emergency kit."
)
_broker = click.option("--broker", help="HOST:PORT, when it is not the kit's own.")
_as = click.option("--as", "login", help="Login of the officer; not with a kit.")
_code = click.option("--code", help="The six digits of the officer; asked for when left out.")
_headline = click.option("--headline", required=True, help="What it is, such as 'Lũ quét'.")
_area = click.option("--area", required=True, help="Where, as a stranger understands it.")
_body = click.option("--body", default="", help="What people must do.")
_sender = click.option("--sender", required=True, help="Who says so.")
_level = click.option("--level", type=click.IntRange(0, 5), default=0, help="National level, or 0.")
_targets = click.option(
    "--target", "targets", multiple=True, required=True, help="all, unit:ID, display:ID or tag:NAME"
)
_minutes = click.option("--minutes", type=click.IntRange(1, 72 * 60), required=True)


def _words_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (_minutes, _targets, _level, _sender, _body, _area, _headline):
        command = option(command)
    return command


def _desk_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (_code, _as, _broker, _kit):
        command = option(command)
    return command


@alert.command("raise")
@_words_options
@click.option("--displays", type=int, help="Their number, when nobody is there to be asked.")
@_desk_options
def raise_(
    headline: str,
    area: str,
    body: str,
    sender: str,
    level: int,
    targets: tuple[str, ...],
    minutes: int,
    displays: int | None,
    **desk: Any,
) -> None:
    """Raise an alert: it is drawn, its displays are counted, and their number is asked for."""
    from signage.domain.alert import AlertWords
    from signage.workflows.alerts import alerting

    words = AlertWords(headline=headline, body=body, area=area, sender=sender, level=level)
    with _opened(**desk) as at_desk:
        at = now_ms()
        proposal = alerting.draft(
            at_desk.store,
            words,
            targets=targets,
            until=at + minutes * MINUTE,
            by=at_desk.officer,
            at=at,
        )
        count = proposal.act.displays
        confirmed = displays or click.prompt(
            f"“{headline}” goes to {count} displays until {_time(proposal.alert, at_desk)}."
            " Type their number",
            type=int,
        )
        _confirm(at_desk, proposal, expected=confirmed)


@alert.command()
@click.argument("alert_id")
@_words_options
@_desk_options
def amend(
    alert_id: str,
    headline: str,
    area: str,
    body: str,
    sender: str,
    level: int,
    targets: tuple[str, ...],
    minutes: int,
    **desk: Any,
) -> None:
    """Change a running alert: the next revision, in one step."""
    from signage.domain.alert import AlertWords
    from signage.workflows.alerts import alerting

    words = AlertWords(headline=headline, body=body, area=area, sender=sender, level=level)
    with _opened(**desk) as at_desk:
        at = now_ms()
        current = alerting.get(at_desk.store, alert_id)
        proposal = alerting.propose_amendment(
            at_desk.store,
            alert_id,
            words=words,
            targets=targets,
            until=at + minutes * MINUTE,
            revision=current.revision,
            by=at_desk.officer,
            at=at,
        )
        _confirm(at_desk, proposal)


@alert.command()
@click.argument("alert_id")
@_desk_options
def clear(alert_id: str, **desk: Any) -> None:
    """Give the all clear."""
    from signage.workflows.alerts import alerting

    with _opened(**desk) as at_desk:
        proposal = alerting.propose_all_clear(
            at_desk.store,
            alert_id,
            green_for=at_desk.green_for,
            by=at_desk.officer,
            at=now_ms(),
        )
        _confirm(at_desk, proposal)


@alert.command("list")
@_kit
@_broker
def list_(kit: Path | None, broker: str | None) -> None:
    """List the alerts that run, with their ids."""
    from signage.domain.alert import AlertState

    with _opened(kit=kit, broker=broker, login=None, code=None, acts=False) as at_desk:
        running = [one for one in at_desk.store.alerts.live() if one.state is AlertState.RAISED]
        for one in running:
            where = ", ".join(one.targets)
            click.echo(f"{one.id}  {one.words.headline} · {where} · until {_time(one, at_desk)}")
        if not running:
            click.echo("No alert runs.")


@alert.command("kit")
@click.argument("folder", type=click.Path(path_type=Path))
def make_kit(folder: Path) -> None:
    """Write an emergency kit into FOLDER: whoever has it can raise alerts; keep it in a safe."""
    from signage import emergency_kit

    settings = settings_here()
    try:
        emergency_kit.make(settings, open_store(settings), folder, at=now_ms())
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror or error}.") from error
    click.echo(f"{folder} is ready. Make it anew when displays or keys change.")
    if settings.broker_ca:
        click.echo("The broker lets it in after `signage broker files` and a reload of Mosquitto.")


def _confirm(desk: Desk, proposal: Proposal, expected: int | None = None) -> None:
    from signage.workflows.alerts import alerting

    done = alerting.confirm(
        desk.store,
        proposal.id,
        authorise=desk.authorise,
        expected_displays=expected,
        by=desk.officer,
        at=now_ms(),
    )
    if done is None:
        click.echo("Confirmed by one person; a second must confirm it on the pages.")
        return
    desk.publish()
    click.echo(f"{done.id} revision {done.revision}: {done.state}, {_time(done, desk)}")


@contextmanager
def _opened(
    *,
    kit: Path | None,
    broker: str | None,
    login: str | None,
    code: str | None,
    acts: bool = True,
) -> Iterator[Desk]:
    """Open the desk at this controller, or the kit's; a refusal ends the command in words."""
    with refusals_told():
        opened = _at_kit(kit, broker) if kit else _here(login, code, acts=acts)
        with opened as desk:
            yield desk


@contextmanager
def _here(login: str | None, code: str | None, *, acts: bool) -> Iterator[Desk]:
    from signage.domain.factor import Code

    settings = settings_here()
    store = open_store(settings)
    officer = store.users.by_login(login) if login else None
    if acts and officer is None:
        logins = ", ".join(one.login for one in store.users.all())
        raise click.ClickException(f"Say who you are: --as LOGIN. There are: {logins}.")
    digits = code or (click.prompt("Your six digits") if acts else "")
    yield Desk(
        store=store,
        officer=officer or store.users.all()[0],
        authorise=sealer_of(settings).confirmer(Code(digits=digits)),
        zone=settings.zone,
        green_for=settings.all_clear_seconds * SECOND,
        publish=lambda: wake_worker(settings),
    )
    store.close()


@contextmanager
def _at_kit(folder: Path, broker: str | None) -> Iterator[Desk]:
    from signage.domain.alert import GREEN_PAGE_TIME
    from signage.emergency_kit import BrokerGone, Kit

    host, _, port = (broker or "").rpartition(":")
    kit = Kit(folder, broker=(host, int(port)) if host and port.isdecimal() else None)
    try:
        kit.listen()
        yield Desk(
            store=kit.store,
            officer=kit.officer,
            authorise=kit.authoriser(),
            zone=ZoneInfo("Asia/Ho_Chi_Minh"),
            green_for=GREEN_PAGE_TIME,
            publish=kit.publish,
        )
    except BrokerGone as gone:
        raise click.ClickException(
            "The broker does not answer: nobody would hear. Its address goes to --broker HOST:PORT."
        ) from gone
    finally:
        kit.close()


def _time(one: Alert, desk: Desk) -> str:
    ends = one.green_until if one.cleared_at else one.expires_at
    return datetime.fromtimestamp(ends / SECOND, desk.zone).strftime("%H:%M %d/%m/%Y")
