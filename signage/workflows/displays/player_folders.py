"""The folder of a new player: its settings, its own key, and the root keys it shall trust."""

from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract.signature import encoded
from signage.broker_users import BrokerUsers, display_user
from signage.domain.display import Display, Profile
from signage.domain.people import Action, User
from signage.domain.sentences import N_, Refused
from signage.keys import private_pem, write_atomically
from signage.store import Store
from signage.workflows.accounts.permission import demand


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """Where a player shows frames: a window at `x`, `y` px of the screen, a folder of PNGs, or an
    LED wall whose receiver at `target` speaks `protocol`.

    `framed` gives the window a title bar and lets others cover it: for desks, not for displays.
    """

    kind: Literal["window", "png_folder", "led_wall"] = "window"
    protocol: str = ""
    target: str = ""
    folder: str = "glass"
    x: int = 0
    y: int = 0
    framed: bool = False


class PlayerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What all players of a fleet are told. `root_keys` are raw public keys in base64, pinned.

    `broker_users` lets a player into a locked broker.
    """

    fleet: str
    broker_host: str
    broker_port: int
    broker_users: BrokerUsers | None = None
    controller: str
    root_keys: list[str]
    output: Output = Output()


def make_player(
    store: Store, display_id: str, folder: Path, settings: PlayerSettings, *, by: User, at: int
) -> Path:
    """Write player.yaml and the player's key into `folder`; return the path of player.yaml.

    The key's public half is kept with the display: only reports sealed by it count. A folder that
    holds a key already keeps it, and so its password for a locked broker: doing this twice changes
    nothing. Raises OSError.
    """
    display = store.displays.get(display_id)
    demand(store, by, Action.PROVISION, display.unit)
    if display.retired_at is not None:
        raise Refused(
            N_("Màn hình “{name}” đã ngừng dùng. Hãy đăng ký màn hình mới với mã khác."),
            name=display.name,
        )
    folder.mkdir(parents=True, exist_ok=True)
    public = _public_half(folder / "player.pem")
    if display.player_key != public:
        with store.transaction():
            paired = msgspec.structs.replace(store.displays.get(display_id), player_key=public)
            store.displays.save(paired)
            store.audit.record(
                who=by.login,
                act="display.paired",
                subject=f"display:{display_id}",
                unit=display.unit,
                detail={"player_key": public},
                at=at,
            )
    return _write_settings(folder, display, store.profiles.get(display.profile), settings)


def _write_settings(
    folder: Path, display: Display, profile: Profile, settings: PlayerSettings
) -> Path:
    output: dict[str, Any] = {"kind": settings.output.kind}
    if settings.output.kind == "png_folder":
        output["folder"] = settings.output.folder
    elif settings.output.kind == "led_wall":
        output["led"] = {"protocol": settings.output.protocol, "target": settings.output.target}
    else:
        output |= {"x": settings.output.x, "y": settings.output.y}
        if settings.output.framed:
            output |= {"borderless": False, "on_top": False}
    broker: dict[str, Any] = {"host": settings.broker_host, "port": settings.broker_port}
    if settings.broker_users:
        access = settings.broker_users.equip(display_user(display.id), folder)
        broker |= {
            "user": access.user,
            "password_file": access.password_file.name,
            "ca_file": access.ca_file.name,
        }
    # Paths are relative to the file, so that the folder can be carried to the player's PC.
    document = {
        "display": display.id,
        "fleet": settings.fleet,
        "profile": profile.id,
        "width": profile.width,
        "height": profile.height,
        "broker": broker,
        "controller": settings.controller,
        "state": "state",
        "output": output,
        "player_key": "player.pem",
        "root_keys": settings.root_keys,
    }
    path = folder / "player.yaml"
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    write_atomically(path, text.encode(), mode=0o644)
    return path


def _public_half(path: Path) -> str:
    if not path.exists():
        write_atomically(path, private_pem(Ed25519PrivateKey.generate()), mode=0o600)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return encoded(key.public_key())
