"""A whole installation in a folder, that a journey can start, cut off and look at."""

import time
from collections.abc import Callable
from pathlib import Path

from signage.clock import now_ms
from signage.demo import sample, screens
from signage.demo.household import Household
from signage.demo.installation import DISPLAYS, set_up
from signage.demo.journey.timeline import Timeline
from signage.demo.journey.watch import Watch
from signage.demo.ports import any_free
from signage.demo.readiness import wait_for_broker, wait_for_wall, wait_for_web
from signage.domain.display import Profile
from signage.settings import Settings

PATIENCE = 60.0
GREEN_SECONDS = 3

Say = Callable[[str], None]


class City:
    """Controller, broker and three players that show into folders; `say` tells what goes on."""

    def __init__(self, folder: Path, say: Say) -> None:
        web, broker = any_free(2)
        self.settings = Settings(
            home=str(folder), web_port=web, broker_port=broker, all_clear_seconds=GREEN_SECONDS
        )
        self.say = say
        self.timeline = Timeline()
        self.profiles = _profiles()
        self.installation = set_up(self.settings, screens.outputs(DISPLAYS, windows=False))
        self.household = Household(
            self.settings, self.installation.players, logs=self.installation.logs
        )
        self.watch = Watch({display: self.installation.glass(display) for display in DISPLAYS})

    def kinds(self) -> list[Profile]:
        """The profiles in use, each once."""
        return list({profile.id: profile for profile in self.profiles.values()}.values())

    def start(self) -> None:
        """Start everything and wait until each display is live on the wall."""
        since = now_ms()
        self.start_controller()
        self.household.start_players()
        self.wait_until_live(since)

    def start_controller(self) -> None:
        """Start the broker and the controller, and wait for the pages."""
        self.household.broker.start()
        wait_for_broker(self.household.broker, self.settings.broker_port, seconds=PATIENCE)
        self.household.start_controller()
        wait_for_web(self.household.controller["web"], self.settings, seconds=PATIENCE)

    def wait_until_live(self, since: int) -> None:
        """Wait until every display said after `since` (ms) that it shows what is wanted."""
        wait_for_wall(self.household.all(), self.settings, since=since, seconds=PATIENCE)

    def cut_off(self) -> None:
        """Kill broker and controller at once, as a power cut would."""
        for child in (self.household.broker, *self.household.controller.values()):
            child.kill()

    def kill_player(self, display: str) -> None:
        """Kill a player at once."""
        self.household.players[display].kill()

    def start_player(self, display: str) -> int:
        """Start the player of `display`; returns the moment (ms)."""
        at = now_ms()
        self.household.players[display].start()
        return at

    def end(self) -> None:
        """End everything."""
        self.household.end()


def sleep_until(moment: int) -> None:
    """Sleep until `moment` (ms)."""
    time.sleep(max(0.0, (moment - now_ms()) / 1000))


def _profiles() -> dict[str, Profile]:
    """The profile of each display of the sample."""
    by_id = {profile.id: profile for profile in sample.PROFILES}
    return {display: by_id[profile] for _, (display, _, profile, _) in sample.PLACES}
