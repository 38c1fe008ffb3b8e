"""Reads `player.yaml` and complains in sentences before anything starts."""

import difflib
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, get_args, get_type_hints
from urllib.parse import urlsplit

import msgspec
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from players.contract.keys import root_set
from players.contract.signature import Unsealed
from players.outputs.led.checking import check_led
from players.outputs.led.settings import LedSettings
from players.panels import PANELS

_NAME = re.compile(r"[a-z0-9][a-z0-9._:-]{0,79}")


class WrongSettings(Exception):
    """One sentence for the person who edits the file."""


class BrokerSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the MQTT broker listens."""

    host: str
    """Name or address of the broker."""
    port: int = 1883
    """TCP port of the broker."""
    user: str = ""
    """User of this display at a locked broker; none: anybody may connect."""
    password_file: str = ""
    """File with the password of that user, read at each connection."""
    ca_file: str = ""
    """Certificate (PEM) of the authority that signed the broker's; none: without encryption."""


class OutputSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which surface the player shows on."""

    kind: str
    """`window`, `led_wall` or `png_folder`."""
    folder: str = ""
    """png_folder: where the pictures go."""
    keep: int = 200
    """png_folder: how many pictures of the past are kept."""
    monitor: str = ""
    """window: number (from 1) or part of the name of the monitor; x and y then count from it."""
    x: int = 0
    """window: left edge in pixels of the desktop, or of the monitor."""
    y: int = 0
    """window: top edge in pixels of the desktop, or of the monitor."""
    rotate: int = 0
    """window: degrees by which the picture is turned clockwise: 0, 90, 180 or 270."""
    renderer: str = "processor"
    """window: `processor`, `card` (in step with the refresh), or `auto`, which tries both."""
    surround: bool = False
    """window: black over the rest of the monitor, for a sending card that takes a region of it."""
    borderless: bool = True
    """window: without frame and title."""
    on_top: bool = True
    """window: above all other windows."""
    volume: int = 0
    """window: how loud films are, 0 (silent) to 100."""
    novastar: str = ""
    """NovaStar card whose brightness follows the sun: host, host:port, or a serial port."""
    led: LedSettings | list[LedSettings] | None = None
    """led_wall: the receiver, the wiring of its panels and their colours; or a list of them."""

    def receivers(self) -> list[LedSettings]:
        """The receivers of an LED wall, however they were written."""
        if isinstance(self.led, LedSettings):
            return [self.led]
        return self.led or []


class PanelSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the panel behind the output is switched off and on."""

    kind: str = "dark"
    """`dark`, `dpms`, `cec`, `samsung`, `lg`, `philips` or `nec`."""
    port: str = ""
    """Serial port (/dev/ttyUSB0, COM3) or host[:port]; for cec one of several adapters."""
    number: int = 1
    """The panel's number (id) on its line."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of one player; paths are relative to the file they stand in."""

    display: str
    """Id of the display, as the controller knows it."""
    fleet: str
    """Id of the fleet the display belongs to."""
    profile: str
    """Id of the display's profile, until a manifest names another."""
    width: int
    """Pixels of the display from left to right."""
    height: int
    """Pixels of the display from top to bottom."""
    broker: BrokerSettings
    """Where documents and alerts come from."""
    controller: str
    """Address (http or https) from which pictures are fetched."""
    state: str
    """Folder for what must survive a restart: cache, documents, journal."""
    output: OutputSettings
    """The surface to show on."""
    player_key: str
    """PEM file with the player's own Ed25519 key, which seals its reports."""
    root_keys: list[str]
    """Public root keys of the fleet (base64, one to three), pinned when the display was paired."""
    root_threshold: int = 1
    """How many of them must have signed the first key list."""
    panel: PanelSettings = PanelSettings()
    """How the panel is switched off and on outside its hours."""
    bundles: list[str] = msgspec.field(default_factory=lambda: ["/media", "/run/media"])
    """Folders below which media with hand-carried bundles are mounted; none: none is taken in."""
    cache_mb: int = 2048
    """Most megabytes of pictures kept on disk."""

    def player_private_key(self) -> Ed25519PrivateKey:
        """Read the player's own key; raises `WrongSettings`."""
        try:
            key = load_pem_private_key(Path(self.player_key).read_bytes(), password=None)
        except OSError as error:
            raise WrongSettings(
                f"player_key: can't read {self.player_key} ({error.strerror}). "
                "Give the path of the PEM file that was made when this display was paired."
            ) from error
        except (ValueError, TypeError) as error:
            raise WrongSettings(f"player_key: {self.player_key} holds no PEM key.") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise WrongSettings(f"player_key: {self.player_key} is not an Ed25519 key.")
        return key

    def roots(self) -> dict[str, Ed25519PublicKey]:
        """The pinned root keys by id; raises `WrongSettings`."""
        try:
            return root_set(self.root_keys)
        except Unsealed as error:
            raise WrongSettings(
                f"root_keys: {error}. Copy them from the controller again."
            ) from error


def read_settings(path: Path, outputs: Collection[str]) -> Settings:
    """Read and check `path`; `outputs` are the kinds of output there are.

    Raises `WrongSettings`.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongSettings(f"Can't read {path}: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongSettings(f"{path} is not YAML: {error}") from error
    if not isinstance(content, dict):
        raise WrongSettings(f"{path} is empty or no list of `key: value` lines.")
    _refuse_unknown_keys(content, Settings, "")
    try:
        settings = msgspec.convert(content, Settings)
    except msgspec.ValidationError as error:
        raise WrongSettings(f"{path}: {error}.") from error
    settings = _with_paths_from(settings, path.resolve().parent)
    check(settings, outputs)
    return settings


def check(settings: Settings, outputs: Collection[str]) -> None:
    """Raise `WrongSettings` for the first thing that can't work."""
    for name in ("display", "fleet", "profile"):
        if not _NAME.fullmatch(getattr(settings, name)):
            raise WrongSettings(
                f"{name}: {getattr(settings, name)!r} is no name; "
                "use lower-case letters, digits and hyphens."
            )
    for name in ("width", "height"):
        if not 1 <= getattr(settings, name) <= 16384:
            raise WrongSettings(f"{name}: {getattr(settings, name)} pixels; give 1 to 16384.")
    if settings.cache_mb < 1:
        raise WrongSettings("cache_mb: give at least 1 (megabyte).")
    _check_addresses(settings)
    _check_output(settings.output, outputs, settings.width, settings.height)
    _check_panel(settings.panel)
    if not 1 <= settings.root_threshold <= len(settings.root_keys) <= 3:
        raise WrongSettings(
            "root_keys: give one to three, and a root_threshold no higher than that."
        )
    settings.roots()
    settings.player_private_key()


def read_output(
    content: Mapping[str, Any], outputs: Collection[str], width: int, height: int
) -> OutputSettings:
    """The settings of an output alone, as they stand under `output:`. Raises `WrongSettings`."""
    _refuse_unknown_keys(content, OutputSettings, "output.")
    try:
        output = msgspec.convert(content, OutputSettings)
    except msgspec.ValidationError as error:
        raise WrongSettings(f"output: {error}.") from error
    _check_output(output, outputs, width, height)
    return output


def _check_addresses(settings: Settings) -> None:
    if not settings.broker.host or not 1 <= settings.broker.port <= 65535:
        raise WrongSettings("broker: give a host, and a port from 1 to 65535.")
    if settings.broker.user and not (settings.broker.password_file and settings.broker.ca_file):
        raise WrongSettings(
            "broker.user: give password_file and ca_file too; no password goes over an open line."
        )
    if urlsplit(settings.controller).scheme not in {"http", "https"}:
        raise WrongSettings(
            f"controller: {settings.controller!r} must begin with http:// or https://."
        )


def _check_output(
    output: OutputSettings, outputs: Collection[str], width: int, height: int
) -> None:
    if output.kind not in outputs:
        raise WrongSettings(
            f"output.kind: there is no {output.kind!r}{_meant(output.kind, outputs)} "
            f"There are {', '.join(sorted(outputs))}."
        )
    if not 0 <= output.volume <= 100:
        raise WrongSettings(f"output.volume: {output.volume}; give 0 (silent) to 100.")
    if output.kind == "png_folder" and not output.folder:
        raise WrongSettings("output.folder: say into which folder the pictures go.")
    if output.renderer not in {"processor", "card", "auto"}:
        raise WrongSettings("output.renderer: give processor, card or auto.")
    if output.rotate not in {0, 90, 180, 270}:
        raise WrongSettings("output.rotate: give 0, 90, 180 or 270 (degrees clockwise).")
    if output.kind == "led_wall":
        try:
            check_led(output.receivers(), width, height)
        except ValueError as error:
            raise WrongSettings(f"output.led: {error}.") from error


def _check_panel(panel: PanelSettings) -> None:
    if panel.kind not in PANELS:
        raise WrongSettings(
            f"panel.kind: there is no {panel.kind!r}{_meant(panel.kind, PANELS)} "
            f"There are {', '.join(sorted(PANELS))}."
        )
    if panel.kind not in {"dark", "dpms", "cec"} and not panel.port:
        raise WrongSettings("panel.port: give the serial port, or the panel's host name.")
    if not 1 <= panel.number <= (26 if panel.kind == "nec" else 253):
        raise WrongSettings(f"panel.number: {panel.number}; give the panel's id, 1 upwards.")


def _refuse_unknown_keys(
    content: Mapping[Any, Any], kind: type[msgspec.Struct], place: str
) -> None:
    """Look into nested settings as well, so that each mistake is told with its place."""
    for key, value in content.items():
        if key not in kind.__struct_fields__:
            raise WrongSettings(
                f"There is no setting {place}{key}{_meant(str(key), kind.__struct_fields__)}"
            )
        for inner in _structs_in(get_type_hints(kind)[key]):
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, dict):
                    _refuse_unknown_keys(part, inner, f"{place}{key}.")


def _structs_in(hint: Any) -> list[type[msgspec.Struct]]:
    """The settings that a field of this type may hold: itself, or inside `list[X] | None`."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return [hint]
    return [kind for part in get_args(hint) for kind in _structs_in(part)]


def _meant(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else "."


def _with_paths_from(settings: Settings, folder: Path) -> Settings:
    output, broker = settings.output, settings.broker
    if output.folder:
        output = msgspec.structs.replace(output, folder=str(folder / output.folder))
    for name in ("password_file", "ca_file"):
        if path := getattr(broker, name):
            broker = msgspec.structs.replace(broker, **{name: str(folder / path)})
    return msgspec.structs.replace(
        settings,
        state=str(folder / settings.state),
        player_key=str(folder / settings.player_key),
        output=output,
        broker=broker,
    )
