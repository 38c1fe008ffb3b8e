"""The folder of a new player: its settings, its own key, and the root keys it shall trust."""

import base64
import os
from pathlib import Path
from typing import Literal

import msgspec
import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from signage.domain.display import Display, Profile
from signage.domain.people import Action, User
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.workflows.permission import demand


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """Where a player shows frames: a window at `x`, `y` px of the screen, or a folder of PNGs."""

    kind: Literal["window", "png_folder"] = "window"
    folder: str = ""
    x: int = 0
    y: int = 0


class PlayerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What all players of a fleet are told. `root_keys` are raw public keys in base64, pinned."""

    fleet: str
    broker_host: str
    broker_port: int
    controller: str
    root_keys: list[str]
    output: Output = Output()


def make_player(
    store: Store, display_id: str, folder: Path, settings: PlayerSettings, *, by: User, at: int
) -> Path:
    """Write player.yaml and the player's key into `folder`; return the path of player.yaml.

    The key's public half is kept with the display: only reports sealed by it count. A folder that
    holds a key already keeps it, so doing this twice changes nothing.
    """
    display = store.displays.get(display_id)
    demand(store, by, Action.PROVISION, display.unit)
    if display.retired_at is not None:
        raise Refused(
            N_("Màn hình “{name}” đã ngừng dùng. Hãy đăng ký màn hình mới với mã khác."),
            name=display.name,
        )
    folder = folder.absolute()
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
    output = {"kind": settings.output.kind, "x": settings.output.x, "y": settings.output.y}
    if settings.output.kind == "png_folder":
        output["folder"] = settings.output.folder or str(folder / "glass")
    document = {
        "display": display.id,
        "fleet": settings.fleet,
        "profile": profile.id,
        "width": profile.width,
        "height": profile.height,
        "broker": {"host": settings.broker_host, "port": settings.broker_port},
        "controller": settings.controller,
        "state": str(folder / "state"),
        "output": output,
        "player_key": str(folder / "player.pem"),
        "root_keys": settings.root_keys,
    }
    path = folder / "player.yaml"
    partial = path.with_suffix(".partial")
    partial.write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), "utf-8")
    partial.replace(path)
    return path


def _public_half(path: Path) -> str:
    if not path.exists():
        _write_key(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def _write_key(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    # Readable by nobody else from its first byte on.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
