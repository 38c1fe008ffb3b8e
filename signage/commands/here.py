"""This installation as commands find it: settings, store, and the person who acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from signage.settings import Settings, check_home, settings_of

if TYPE_CHECKING:  # a command that needs no database starts without it
    from signage.domain.people import User
    from signage.store import Store
    from signage.workflows.sealer.at_sealer import AtSealer


as_person = click.option("--as", "login", required=True, help="Login of the person who does this.")


def settings_here() -> Settings:
    """The settings of this installation, whose home has been looked at."""
    settings = settings_of()
    check_home(settings)
    return settings


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give `command` the settings as its first argument."""

    @wraps(command)
    def run(**options: Any) -> None:
        command(settings_here(), **options)

    return run


def open_store(settings: Settings) -> Store:
    """The store, its tables in the newest shape."""
    from signage.store import Store

    store = Store.open(settings.database_url, settings.media_root)
    store.upgrade()
    return store


def sealer_of(settings: Settings) -> AtSealer:
    """The sealer of this installation, as it answers on its socket."""
    from signage.asking import ask
    from signage.workflows.sealer.at_sealer import AtSealer

    return AtSealer(lambda request: ask(settings.home_path, "sealer", request))


def person(store: Store, login: str) -> User:
    """Who signs in as `login`; a click.ClickException names those there are."""
    user = store.users.by_login(login)
    if user is None:
        logins = ", ".join(one.login for one in store.users.all()) or "nobody yet"
        raise click.ClickException(f"Nobody signs in as {login!r}; there are: {logins}.")
    return user


@contextmanager
def refusals_told(*more: type[Exception]) -> Iterator[None]:
    """End the command with the sentence of a refusal, or of an error of the types `more`."""
    from signage.domain.sentences import Refused

    told: tuple[type[Exception], ...] = (Refused, *more)
    try:
        yield
    except told as refusal:
        raise click.ClickException(str(refusal)) from refusal


def wake_worker(settings: Settings) -> None:
    """Let the worker look at once at what has changed."""
    from signage.wake import wake

    wake(settings.home_path, "worker")
