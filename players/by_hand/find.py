"""`signage-player find-boards`: which receivers answer on the network."""

from __future__ import annotations

import click

from players.outputs.led.discovery import EVERYBODY, nodes


@click.command("find-boards")
@click.option("--where", default=EVERYBODY, show_default=True, help="A network's address, or one.")
@click.option("--seconds", type=float, default=3.0, show_default=True, help="How long to wait.")
def find_boards(where: str, seconds: float) -> None:
    """List the Art-Net receivers that answer; DDP and sACN have no such question."""
    count = 0
    try:
        for node in nodes(where, seconds):
            count += 1
            click.echo(f"{node.address}  {node.name}  {node.description}")
    except OSError as error:
        raise click.ClickException(f"Nobody can be asked: {error}.") from error
    if not count:
        click.echo("Nobody answers. Is the board on this network, and does it speak Art-Net?")
