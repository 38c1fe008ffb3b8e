"""`signage factor …`: officers' own factors, given on the sealer's command line and nowhere else.

Run these as the sealer's OS user: they read and write its book.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from signage.clock import now_ms
from signage.commands.here import open_store, person, refusals_told, settings_here
from signage.settings import Settings

if TYPE_CHECKING:
    from signage.store.book import Book


_MAY = {"alerts": "alert", "templates": "approve", "holds": "hold"}


@click.group()
def factor() -> None:
    """Second factors of officers: codes of an authenticator, and passkeys."""


_for_what = click.option(
    "--for",
    "what",
    type=click.Choice(list(_MAY)),
    default="alerts",
    show_default=True,
    help="Alerts and drills, approvals of their templates, or holds alone; all confirm holds.",
)
_of_unit = click.option(
    "--unit", help="Whose displays it may act on; that of the person's account when left out."
)


@factor.command()
@click.argument("login")
@_for_what
@_of_unit
@click.option("--png", type=click.Path(dir_okay=False, path_type=Path), help="Write the QR here.")
def enrol(login: str, what: str, unit: str | None, png: Path | None) -> None:
    """Give LOGIN an authenticator: prints a QR code to be scanned with a phone, once."""
    import segno

    from signage.domain.factor import enrolment_address
    from signage.workflows.sealer import officer_factors

    book, settings = open_book()
    reach = _told_reach(settings, login, unit)
    with refusals_told():
        made = officer_factors.enrol_code(book, login, at=now_ms(), may=_MAY[what], reach=reach)
    address = enrolment_address(made.secret, login)
    code = segno.make(address, micro=False)
    if png:
        code.save(str(png), scale=8)
        click.echo(f"{png}: scan it with an authenticator, then destroy it.")
    else:
        code.terminal(compact=True)
    click.echo(f"{address}\n{login} can confirm {what} with codes of this authenticator now.")


@factor.command()
@click.argument("login")
@_for_what
@_of_unit
def invite(login: str, what: str, unit: str | None) -> None:
    """Give LOGIN a code, good once and for an hour, with which to make a passkey on the pages."""
    from signage.workflows.sealer import passkey_enrolment

    book, settings = open_book()
    reach = _told_reach(settings, login, unit)
    code = passkey_enrolment.invite(book, login, at=now_ms(), may=_MAY[what], reach=reach)
    click.echo(
        f"{code}\nTell {login} this code; it is typed at {settings.controller_url}/account/passkey"
        " within an hour."
    )


@factor.command()
@click.argument("login")
@_of_unit
def reach(login: str, unit: str | None) -> None:
    """Tell on which displays LOGIN's factors may act from now on, as after displays were added."""
    from signage.workflows.sealer import officer_factors

    book, settings = open_book()
    told = _told_reach(settings, login, unit)
    if not officer_factors.set_reach(book, login, told, at=now_ms()):
        raise click.ClickException(
            f"{login} has no factor; `signage factor enrol {login}` gives one."
        )


@factor.command("list")
def list_() -> None:
    """Tell who has which factors."""
    from signage.workflows.sealer import officer_factors

    book, settings = open_book()
    for one in officer_factors.all_factors(book):
        made = datetime.fromtimestamp(one.made_at / 1000, settings.zone).strftime("%d/%m/%Y %H:%M")
        where = "everything" if one.reach is None else f"{len(one.reach)} displays and units"
        click.echo(f"{one.id}  {one.login}  {one.kind}  for {one.may} on {where}  since {made}")


@factor.command()
@click.argument("factor_id")
def remove(factor_id: str) -> None:
    """Take a factor away, for example that of a lost phone; `list` tells its id."""
    from signage.workflows.sealer import officer_factors

    book, _ = open_book()
    if not officer_factors.remove(book, factor_id, at=now_ms()):
        raise click.ClickException(f"There is no factor {factor_id}; `signage factor list` tells.")
    click.echo("Removed.")


@factor.command()
@click.argument("login")
def unlock(login: str) -> None:
    """Let LOGIN try codes again at once, after too many wrong ones."""
    from signage.workflows.sealer import officer_factors

    book, _ = open_book()
    officer_factors.unlock(book, login)
    click.echo(f"{login} may try again.")


def open_book() -> tuple[Book, Settings]:
    """The sealer's book and the settings."""
    from signage.keys import KeyFiles
    from signage.store.book import Book

    settings = settings_here()
    return Book.open(KeyFiles(settings.keys_folder, settings.fleet).sealer_folder), settings


def _told_reach(settings: Settings, login: str, unit: str | None) -> list[str] | None:
    """The reach for a factor of `login`, said aloud: whoever enrols looks at it."""
    from signage.workflows.displays.reach import reach_of

    store = open_store(settings)
    try:
        with refusals_told():
            of = unit or person(store, login).unit
            found = reach_of(store, of)
    finally:
        store.close()
    where = "every display" if found is None else ", ".join(found)
    click.echo(f"{login} may act on ({of}): {where}")
    return found
