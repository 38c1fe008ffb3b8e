"""Starts the demo, keeps it running until Ctrl-C, and leaves nothing behind."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import msgspec
from rich.console import Console

from signage.clock import now_ms
from signage.demo import memory, screens
from signage.demo.announcing import Progress, codes_line, say_welcome
from signage.demo.household import Household
from signage.demo.installation import DISPLAYS, Installation, set_up
from signage.demo.ports import NoPort, next_free
from signage.demo.readiness import NotReady, wait_for_broker, wait_for_wall, wait_for_web
from signage.demo.restarts import Restarts
from signage.demo.sample import sign_ins_of
from signage.domain.sentences import Refused
from signage.settings import PREFIX, Settings, check_home, settings_of

HOME = Path("var") / "demo"
LOOK_EVERY = 0.5
PATIENCE = 60.0
"""Seconds; a slow machine starts slowly, a broken part says so at once."""


class StillRunning(Exception):
    """Another demo works in the same folder."""


def run() -> int:
    """Run the demo until it is told to stop; returns the exit status."""
    console = Console()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        settings = demo_settings()
        check_home(settings)
        with _alone_in(settings.home_path):
            _live(settings, Progress(console))
    except (NotReady, NoPort, StillRunning, Refused) as error:
        console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        console.print("Ended. The next start continues from here.")
    return 0


def demo_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of the environment, with a folder and free ports of loopback.

    Ports are those of the last start, or the defaults, or the next free ones above. Raises NoPort.
    """
    environment = dict(os.environ if environment is None else environment)
    environment.setdefault(f"{PREFIX}HOME", str(HOME))
    given = settings_of(environment)
    last = memory.recall(given.home_path)
    wanted_web = given.web_port if f"{PREFIX}WEB_PORT" in environment else last.web_port
    wanted_broker = given.broker_port if f"{PREFIX}BROKER_PORT" in environment else last.broker_port
    web = next_free(wanted_web)
    broker = next_free(wanted_broker, taken=frozenset({web}))
    # Its broker is its own, and open to this machine.
    return msgspec.structs.replace(
        given, web_port=web, broker_port=broker, broker_ca="", broker_user=""
    )


def _live(settings: Settings, progress: Progress) -> None:
    windows = screens.has_screen()
    with progress.step("Database, keys and the Pleiku sample"):
        installation = set_up(settings, screens.outputs(DISPLAYS, windows=windows))
        ports = memory.Memory(web_port=settings.web_port, broker_port=settings.broker_port)
        memory.remember(settings.home_path, ports)
    household = Household(settings, installation.players, logs=installation.logs)
    try:
        _start(household, settings, progress)
        say_welcome(progress.console, installation, windows=windows)
        _look_after(household, progress, installation)
    finally:
        # A second Ctrl-C must not leave half of them behind.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        with progress.step("Ending players, controller and broker"):
            household.end()


def _start(household: Household, settings: Settings, progress: Progress) -> None:
    since = now_ms()
    with progress.step(f"MQTT broker on 127.0.0.1:{settings.broker_port}"):
        household.broker.start()
        wait_for_broker(household.broker, settings.broker_port, seconds=PATIENCE)
    with progress.step(f"Controller: web on 127.0.0.1:{settings.web_port}, worker, sealer"):
        household.start_controller()
        wait_for_web(household.controller["web"], settings, seconds=PATIENCE)
    with progress.step("Three players, until each shows what is wanted"):
        household.start_players()
        wait_for_wall(household.all(), settings, since=since, seconds=PATIENCE)


def _look_after(household: Household, progress: Progress, installation: Installation) -> None:
    restarts = Restarts(household.all(), now=time.monotonic())
    with progress.console.status("") as last_line:
        while True:
            last_line.update(codes_line(installation.sign_ins, now_ms()))
            time.sleep(LOOK_EVERY)
            for line in restarts.look(time.monotonic()):
                progress.warn(line)


def tell_codes() -> int:
    """Print what the authenticators of the demo's duty officers show now."""
    environment = {f"{PREFIX}HOME": str(HOME), **os.environ}
    sign_ins = sign_ins_of(settings_of(environment).home_path)
    if not sign_ins:
        print("No demo was set up here yet: start it with `make demo`.")
        return 1
    print(codes_line(sign_ins, now_ms()))
    return 0


@contextmanager
def _alone_in(home: Path) -> Iterator[None]:
    with (home / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StillRunning(
                f"A demo already runs in {home}. End it first (Ctrl-C in its terminal),"
                f" or give this one a folder of its own: {PREFIX}HOME=var/other signage demo"
            ) from error
        yield


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
