"""The command line of the controller: `signage <command>`. It puts the parts together, no more."""

from __future__ import annotations

import sys
from typing import Any

import click

from signage.commands import content, processes, setting_up
from signage.commands.alert import alert
from signage.commands.broker import broker
from signage.commands.bundle import bundle
from signage.commands.cap import cap
from signage.commands.factor import factor
from signage.commands.keys import keys
from signage.commands.sets import drill, hold
from signage.commands.standing import standing
from signage.settings import BadSettings


class Surroundings(click.Group):
    """A group whose commands end with a sentence, not a traceback, when settings are wrong."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; bad settings end it with status 2."""
        try:
            return super().invoke(context)
        except BadSettings as bad:
            for sentence in bad.sentences:
                click.echo(sentence, err=True)
            sys.exit(2)


@click.group(cls=Surroundings)
def main() -> None:
    """Digital signage for a city: controller commands. Players have `signage-player`."""


for command in (
    setting_up.check_settings, setting_up.db, setting_up.begin, setting_up.provision,
    setting_up.displays, keys, processes.web, processes.worker, processes.sealer,
    processes.intake, processes.demo, content.playlists, content.media, content.render,
    alert, cap, hold, drill, factor, standing, bundle, broker,
):  # fmt: skip
    main.add_command(command)


if __name__ == "__main__":
    main()
