"""`signage-player show`: a picture or a test pattern on any output, by hand."""

from __future__ import annotations

import signal
import tempfile
import threading
from pathlib import Path
from typing import Any, Final

import click
import yaml

from players.opening import dimmer_of, opened
from players.outputs import OUTPUTS, Output
from players.outputs.led.budget import SHAPES
from players.outputs.led.wiring import Panel, cables_of
from players.settings import (
    BrokerSettings,
    OutputSettings,
    Settings,
    WrongSettings,
    read_output,
    read_settings,
)

PATTERNS: Final = ("wiring", "white", "gradient", "grid")
CARD_SECONDS: Final = 10.0
_file = click.Path(path_type=Path, dir_okay=False, exists=True)


class Size(click.ParamType[tuple[int, int]]):
    """Two numbers of pixels, such as 384x192."""

    name = "WIDTHxHEIGHT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        try:
            width, height = (int(part) for part in str(value).split("x"))
        except ValueError:
            self.fail(f"{value!r} is no size; write it like 384x192", param, ctx)
        if not (1 <= width <= 16384 and 1 <= height <= 16384):
            self.fail("give 1 to 16384 pixels each way", param, ctx)
        return width, height


@click.command()
@click.argument("picture", required=False, type=_file)
@click.option("--pattern", type=click.Choice(PATTERNS), help="Show a test picture instead.")
@click.option("--strip", type=_file, help="A picture that runs along the bottom edge.")
@click.option("--config", type=_file, help="Take output and size from a player.yaml.")
@click.option("--output", "kind", type=click.Choice(sorted({*OUTPUTS, *SHAPES} - {"led_wall"})))
@click.option("--target", help="Address of the receiver; for colorlight the network interface.")
@click.option("--size", type=Size(), help="Pixels of the whole picture.")
@click.option("--panel", type=Size(), help="Pixels of one panel of the wall.")
@click.option("--folder", type=click.Path(path_type=Path), help="png_folder: where to.")
@click.option("--set", "more", multiple=True, metavar="KEY=VALUE", help="Any setting of `output`.")
@click.option("--brightness", type=click.IntRange(0, 100), help="Percent, where the output can.")
@click.option("--seconds", type=float, default=0.0, help="How long; 0: until Ctrl-C.")
def show(
    picture: Path | None,
    pattern: str | None,
    strip: Path | None,
    config: Path | None,
    kind: str | None,
    target: str | None,
    size: tuple[int, int] | None,
    panel: tuple[int, int] | None,
    folder: Path | None,
    more: tuple[str, ...],
    brightness: int | None,
    seconds: float,
) -> None:
    """Show PICTURE, or a test pattern, on an output, and say at the end how that went.

    For LED walls: --pattern wiring --output ddp --target 10.20.0.31 --size 384x192 --panel 64x32
    """
    if (picture is None) == (pattern is None):
        raise click.UsageError("Give a picture or --pattern, one of the two.")
    try:
        settings = _settings(config, kind, target, size, panel, folder, more)
        output = opened(settings)
    except WrongSettings as wrong:
        raise click.ClickException(str(wrong)) from wrong
    try:
        if brightness is not None:
            _dim(settings, output, brightness)
        content = picture.read_bytes() if picture else _drawn(str(pattern), settings)
        _show(output, content, strip, seconds)
    except ValueError as wrong:
        raise click.ClickException(f"That can't be shown: {wrong}") from wrong
    finally:
        output.close()


def _dim(settings: Settings, output: Output, percent: int) -> None:
    """By the card, else by the output; what the card says is printed when it answers."""
    answered = threading.Event()

    def hear(sentence: str) -> None:
        click.echo(sentence or f"the card is at {percent} %")
        answered.set()

    dimmer = dimmer_of(settings, output, hear)
    if dimmer is None:
        raise ValueError("nothing here can be dimmed; leave --brightness out")
    dimmer.dim(percent / 100)
    if settings.output.novastar:
        answered.wait(CARD_SECONDS)


def _show(output: Output, picture: bytes, strip: Path | None, seconds: float) -> None:
    from players.by_hand.trying import show as shown_by_hand
    from players.by_hand.trying import told

    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    shown = shown_by_hand(
        output,
        picture,
        strip=strip.read_bytes() if strip else None,
        seconds=seconds or float("inf"),
        stopped=stopping.is_set,
    )
    for line in told(shown, wall=output.kind == "led_wall"):
        click.echo(line)


def _drawn(pattern: str, settings: Settings) -> bytes:
    # Late: fonts are only loaded for a pattern.
    from players.showing.patterns import pattern as drawn

    width, height = settings.width, settings.height
    cables = cables_of(settings.output.receivers(), width, height)
    return drawn(pattern, cables or [[Panel(1, 0, 0, width, height)]], width, height)


def _settings(
    config: Path | None,
    kind: str | None,
    target: str | None,
    size: tuple[int, int] | None,
    panel: tuple[int, int] | None,
    folder: Path | None,
    more: tuple[str, ...],
) -> Settings:
    if config:
        settings = read_settings(config, OUTPUTS)
        content = _as_written(settings.output)
        width, height = size or (settings.width, settings.height)
        state = settings.state
    elif kind is None or size is None:
        raise WrongSettings("Say --output and --size, or --config with a player.yaml.")
    else:
        content, (width, height), state = {}, size, tempfile.gettempdir()
    _override(content, kind, target, panel, folder)
    for assignment in more:
        _assign(content, assignment)
    output = read_output(content, OUTPUTS, width, height)
    return Settings(
        display="signage-player-show",
        fleet="none",
        profile="none",
        width=width,
        height=height,
        broker=BrokerSettings(host="127.0.0.1"),
        controller="http://127.0.0.1",
        state=state,
        output=output,
        player_key="",
        root_keys=[],
    )


def _as_written(output: OutputSettings) -> dict[str, Any]:
    import msgspec

    content: dict[str, Any] = msgspec.to_builtins(output)
    return {name: value for name, value in content.items() if value is not None}


def _override(
    content: dict[str, Any],
    kind: str | None,
    target: str | None,
    panel: tuple[int, int] | None,
    folder: Path | None,
) -> None:
    """What stands in the command goes before what stands in a file."""
    if kind in SHAPES:
        content["kind"] = "led_wall"
        content["led"] = content.get("led") or {"target": ""}
    elif kind:
        content["kind"] = kind
    led = content.get("led") or []
    for receiver in led if isinstance(led, list) else [led]:
        if kind in SHAPES:
            receiver["protocol"] = kind
        if target:
            receiver["target"] = target
        if panel:
            size = {"panel_width": panel[0], "panel_height": panel[1]}
            receiver["wiring"] = receiver.get("wiring", {}) | size
    if folder:
        content["folder"] = str(folder)


def _assign(content: dict[str, Any], assignment: str) -> None:
    """`led.wiring.cable.serpentine=true`: the value as YAML reads it."""
    name, equals, value = assignment.partition("=")
    if not equals:
        raise WrongSettings(f"--set {assignment}: write it like led.colour_order=GRB.")
    *path, last = name.split(".")
    for part in path:
        content = content.setdefault(part, {})
    content[last] = yaml.safe_load(value)
