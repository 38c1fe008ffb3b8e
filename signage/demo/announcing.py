"""What the demo says: each step with its seconds, then where everything is."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from signage.clock import now_ms
from signage.demo.installation import Installation
from signage.demo.sample import SignIn
from signage.domain.factor import STEP_SECONDS


class Progress:
    """Says each step while it runs and how long it took."""

    def __init__(self, console: Console) -> None:
        self.console = console

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """Say `words` while the block runs."""
        began = time.monotonic()
        with self.console.status(f"{words} …"):
            try:
                yield
            except BaseException:
                self._line("[red]✗[/red]", words, began)
                raise
        self._line("[green]✓[/green]", words, began)

    def warn(self, line: str) -> None:
        """Say something that went wrong without ending the demo."""
        self.console.print(line, style="yellow", markup=False, highlight=False, soft_wrap=True)

    def _line(self, mark: str, words: str, began: float) -> None:
        took = time.monotonic() - began
        self.console.print(f"{mark} {words} ({took:.1f} s)", highlight=False, soft_wrap=True)


def say_welcome(console: Console, installation: Installation, *, windows: bool) -> None:
    """Say the address, one sign-in per role, and where the glass of each display is."""

    def say(words: str = "") -> None:
        console.print(words, highlight=False, soft_wrap=True)

    say(f"\n[bold]Open {installation.settings.controller_url}/[/bold]\n")
    console.print(_sign_ins(installation))
    if windows:
        say("\nThe three displays are windows on this screen.")
    else:
        say("\nNo screen here, so each display shows in a file that is always its newest picture:")
        for display in installation.players:
            say(f"  {display:12} {installation.glass(display) / 'current.png'}")
    say(
        "The code confirms alerts and changes every 30 seconds: the last line shows it,"
        " and so does `signage demo --code`."
    )
    say(f"Logs are in {installation.logs}. Ctrl-C ends everything; the next start continues here.")


def _sign_ins(installation: Installation) -> Table:
    table = Table(title="Sign-ins (this machine only)", title_justify="left")
    for heading in ("role", "login", "password", "code now"):
        table.add_column(heading, no_wrap=True)
    told, at = set(), now_ms()
    for one in installation.sign_ins:
        if one.role not in told or one.authenticator:
            told.add(one.role)
            role = f"{one.role.value.replace('_', ' ')} ({one.role_name})"
            code = one.code_at(at) if one.authenticator else ""
            table.add_row(role, one.login, one.password, code)
    return table


def codes_line(sign_ins: Sequence[SignIn], at: int) -> str:
    """What the authenticators of the duty officers show at a moment (ms), and for how long."""
    left = STEP_SECONDS - at // 1000 % STEP_SECONDS
    codes = [f"{one.login} {one.code_at(at)}" for one in sign_ins if one.authenticator]
    return f"Mã xác thực · codes: {' · '.join(codes)} ({left} s)"
