"""`signage standing …`: what unattended sources may raise; run as the sealer's OS user."""

from __future__ import annotations

from datetime import datetime

import click

from signage.clock import now_ms
from signage.commands.factor import open_book


@click.group()
def standing() -> None:
    """Standing authorisations of unattended sources, such as a CAP feed."""


@standing.command("list")
def list_() -> None:
    """Tell which source may raise what, where and until when."""
    from signage.workflows.sealer import sealer_grants

    book, settings = open_book()
    for one in sealer_grants.standing(book):
        until = datetime.fromtimestamp(one.until / 1000, settings.zone).strftime("%d/%m/%Y %H:%M")
        templates, targets = ", ".join(one.templates), ", ".join(one.targets)
        click.echo(f"{one.id}  {one.sender}: {templates} at {targets} until {until}")


@standing.command()
@click.argument("sender")
@click.option("--template", "templates", multiple=True, required=True, help="Id; may be repeated.")
@click.option("--target", "targets", multiple=True, required=True, help="Such as unit:hoi-phu.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Last day.")
@click.option("--as", "login", required=True, help="The officer who gives it.")
@click.option("--code", prompt=True, help="The officer's six digits.")
def grant(
    sender: str,
    templates: tuple[str, ...],
    targets: tuple[str, ...],
    until: datetime,
    login: str,
    code: str,
) -> None:
    """Let SENDER raise approved templates; prints the token that SENDER must show."""
    from signage.domain.factor import Code
    from signage.domain.sentences import Refused
    from signage.workflows.sealer import sealer_grants
    from signage.workflows.sealer.officer_factors import Site
    from signage.workflows.sealer.sealer_talk import GrantStanding

    book, settings = open_book()
    end = until.replace(hour=23, minute=59, tzinfo=settings.zone)
    asked = GrantStanding(
        login=login,
        sender=sender,
        templates=list(templates),
        targets=list(targets),
        until=int(end.timestamp() * 1000),
        given=Code(digits=code),
    )
    site = Site(origin=settings.controller_url)
    try:
        with book.transaction():
            refused, token = sealer_grants.grant(book, asked, site=site, at=now_ms())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if refused:
        raise click.ClickException(str(refused))
    click.echo(token)


@standing.command()
@click.argument("standing_id")
def end(standing_id: str) -> None:
    """End an authorisation at once; `list` tells its id."""
    from signage.workflows.sealer import sealer_grants

    book, _ = open_book()
    if not sealer_grants.end_standing(book, standing_id, at=now_ms()):
        raise click.ClickException(f"There is no {standing_id}; `signage standing list` tells.")
    click.echo("Ended.")
