"""Key files and the sealed key list, made on first start; the root is kept apart (rule K).

keys/root/root.pem        signs key lists only; belongs on a medium in a safe
keys/worker/content.pem   manifests        keys/worker/beat.pem   beats, times, acknowledgements
keys/sealer/alert.pem     alert sets; in an installation the folder of another OS user (rule P)
keys/list.sealed          the key list as published; public
"""

import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import SCHEMA, documents
from players.contract.keys import Key, KeyList, Role, root_set
from players.contract.limits import DAY, MAX_CONTENT_KEY_LIFE
from players.contract.signature import Kind, encoded, key_id, open_sealed, seal

ROLE_FOLDERS = {Role.CONTENT: "worker", Role.BEAT: "worker", Role.ALERT: "sealer"}
LONG_LIFE = 5 * 365 * DAY
RENEW_BEFORE = 30 * DAY
BEFORE = DAY
"""Keys are valid from a day before they are made: the clock of a player may be slow."""


class KeyFiles:
    """The key files under one folder; each process reads only what its role needs."""

    def __init__(self, folder: Path, fleet: str) -> None:
        self.folder = folder
        self.fleet = fleet

    def make(self, *, at: int) -> bool:
        """Make whatever is missing, and a new content key when the old one is near its end.

        Returns whether the key list changed. Without the root key nothing can be renewed: then
        the list stays as it is.
        """
        fresh = not self._list_file.exists()
        if fresh:
            self._write(self._root_file, Ed25519PrivateKey.generate())
        elif not self._root_file.exists():
            return False
        current = None if fresh else self.key_list()
        due = {role for role in Role if current is None or _is_due(current, role, at)}
        if not due:
            return False
        for role in due:
            self._write(self._file(role), Ed25519PrivateKey.generate())
        self._publish_list(current, due, at)
        return True

    def has_list(self) -> bool:
        """Say whether the keys have been made; the list is written last."""
        return self._list_file.exists()

    def key_list(self) -> KeyList:
        """The key list in force, verified with the root key it was pinned to."""
        sealed = self.sealed_list()
        payload, _ = open_sealed(sealed, Kind.KEYS, root_set(self.pinned_roots()))
        return documents.decode(payload, KeyList)

    def sealed_list(self) -> bytes:
        """The key list as it is published."""
        return self._list_file.read_bytes()

    def pinned_roots(self) -> list[str]:
        """The root public keys in base64, for the settings of new players."""
        return (self.folder / "roots.pub").read_text().split()

    def signer(self, role: Role) -> Ed25519PrivateKey:
        """The private key of `role`; raises FileNotFoundError where a process may not have it."""
        return _read(self._file(role))

    @property
    def _root_file(self) -> Path:
        return self.folder / "root" / "root.pem"

    @property
    def _list_file(self) -> Path:
        return self.folder / "list.sealed"

    def _file(self, role: Role) -> Path:
        return self.folder / ROLE_FOLDERS[role] / f"{role.value}.pem"

    def _publish_list(self, current: KeyList | None, due: Iterable[Role], at: int) -> None:
        root = _read(self._root_file)
        kept = [key for key in current.keys if key.not_after > at] if current else []
        added = [_entry(role, self.signer(role), at) for role in sorted(due)]
        key_list = KeyList(
            schema=SCHEMA,
            fleet=self.fleet,
            epoch=current.epoch if current else 1,
            serial=max(current.serial + 1 if current else 0, at),
            issued_at=at,
            roots=[encoded(root.public_key())],
            threshold=1,
            keys=[*kept, *added],
        )
        (self.folder / "roots.pub").write_text(f"{encoded(root.public_key())}\n")
        write_atomically(
            self._list_file, seal(documents.encode(key_list), Kind.KEYS, root), mode=0o644
        )

    def _write(self, path: Path, key: Ed25519PrivateKey) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        write_atomically(path, private_pem(key), mode=0o600)


def private_pem(key: Ed25519PrivateKey) -> bytes:
    """A private key as an unencrypted PKCS #8 PEM file, as OpenSSL writes it."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def write_atomically(path: Path, data: bytes, *, mode: int) -> None:
    """Replace `path` with `data`, durably: after a power cut it is the old file or the new one."""
    partial = path.with_name(f".{path.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _read(path: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return key


def _entry(role: Role, key: Ed25519PrivateKey, at: int) -> Key:
    life = MAX_CONTENT_KEY_LIFE - BEFORE if role is Role.CONTENT else LONG_LIFE
    public = key.public_key()
    return Key(
        id=key_id(public),
        public=encoded(public),
        role=role.value,
        not_before=at - BEFORE,
        not_after=at + life,
    )


def _is_due(current: KeyList, role: Role, at: int) -> bool:
    usable = [key for key in current.keys if key.role == role and not key.revoked]
    return max((key.not_after for key in usable), default=0) < at + RENEW_BEFORE
