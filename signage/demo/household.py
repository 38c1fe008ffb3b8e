"""The processes of one installation on one machine: broker, controller and players, by name."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from signage.demo.children import Child, end_all
from signage.settings import PREFIX, Settings

CONTROLLER = ("web", "worker", "sealer", "intake")
PLAYER_SECONDS = 4.0
CONTROLLER_SECONDS = 5.0


class Household:
    """All processes, none started yet; `players` maps display ids to their player.yaml."""

    def __init__(self, settings: Settings, players: Mapping[str, Path], *, logs: Path) -> None:
        environment = child_environment(settings)

        def child(name: str, *arguments: str) -> Child:
            command = [sys.executable, "-m", *arguments]
            return Child(name, command, environment=environment, log=logs / f"{name}.log")

        self.broker = child("broker", "signage.demo.broker_process", str(settings.broker_port))
        self.controller = {name: child(name, "signage", name) for name in CONTROLLER}
        self.players = {
            display: child(f"player-{display}", "players", "run", "--config", str(path))
            for display, path in players.items()
        }

    def all(self) -> list[Child]:
        """Every process, in the order in which they are started."""
        return [self.broker, *self.controller.values(), *self.players.values()]

    def start_controller(self) -> None:
        """Start web, worker, sealer and intake."""
        for child in self.controller.values():
            child.start()

    def start_players(self) -> None:
        """Start every player."""
        for child in self.players.values():
            child.start()

    def end_controller(self) -> None:
        """End all of the controller; what was handed over to the broker is sent first."""
        end_all(list(self.controller.values()), CONTROLLER_SECONDS)

    def end(self) -> None:
        """End everything: players, then the controller, then the broker."""
        end_all(list(self.players.values()), PLAYER_SECONDS)
        self.end_controller()
        self.broker.kill()  # it keeps nothing, so there is nothing to wait for


def child_environment(settings: Settings) -> dict[str, str]:
    """Return the surroundings of a child: its settings, and no way out to a proxy."""
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(PREFIX) and not name.lower().endswith("_proxy")
    }
    return kept | settings.as_environment() | {"PYTHONUNBUFFERED": "1", "NO_PROXY": "*"}
