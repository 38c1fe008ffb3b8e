"""Key files and the sealed key list, made on first start; the root is kept apart (rule K).

keys/root/root.pem        signs key lists only; belongs on a medium in a safe
keys/worker/content.pem   manifests        keys/worker/beat.pem   beats, times, acknowledgements
keys/sealer/alert.pem     alert sets; in an installation the folder of another OS user (rule P)
keys/sealer/drill.pem     drill sets                keys/sealer/hold.pem      hold sets, commands
keys/sealer/book.sqlite3  factors of officers and what they authorised
keys/list.sealed          the key list as published; public
keys/roots.pub            the root public keys that new players pin; public
"""

import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import SCHEMA, documents
from players.contract.keys import Key, KeyList, Role, root_set
from players.contract.limits import DAY, MAX_CONTENT_KEY_LIFE
from players.contract.signature import Kind, Unsealed, encoded, key_id, open_sealed, seal

ROLE_FOLDERS = {
    Role.CONTENT: "worker",
    Role.BEAT: "worker",
    Role.ALERT: "sealer",
    Role.DRILL: "sealer",
    Role.HOLD: "sealer",
}
LONG_LIFE = 5 * 365 * DAY
RENEW_BEFORE = 30 * DAY
"""As long as this the old content key and the new one are both valid (rule K)."""
BEFORE = DAY
"""Keys are valid from a day before they are made: the clock of a player may be slow."""


class KeysUnusable(Exception):
    """The key files can't be used; the text says which, and what to do."""


class KeyFiles:
    """The key files under one folder; each process reads only what its role needs.

    `root` is where the root key lies while it is needed, unless it is in the folder itself.
    """

    def __init__(self, folder: Path, fleet: str, *, root: Path | None = None) -> None:
        self.folder = folder
        self.fleet = fleet
        self._root_file = root or folder / "root" / "root.pem"

    def make(self, *, at: int) -> bool:
        """Make whatever is missing, and a new content key when the old one is near its end.

        Returns whether the key list changed. Without the root key nothing can be renewed: then
        the list stays as it is, and `due` says what waits. Raises KeysUnusable when the list is
        gone and so is the root that players have pinned: another root would shut them all out.
        """
        if not self.due(at=at):
            return False
        with self._alone():
            due, fresh = self.due(at=at), not self.has_list()
            if fresh and self._roots_file.exists() and not self._root_file.exists():
                raise KeysUnusable(
                    f"{self._list_file} is gone, and so is the root key that players have pinned:"
                    f" put it back as {self._root_file}, or restore the list from a backup"
                )
            if not due or not (fresh or self._root_file.exists()):
                return False
            if fresh:
                self._begin(at)
            else:
                self._renew(due, at)
            return True

    def due(self, *, at: int) -> set[Role]:
        """The roles that need a new key: the newest listed ends soon, or is not in its file."""
        if not self.has_list():
            return set(Role)
        current = self.key_list()
        if at < current.issued_at:
            return set()  # the clock is behind: what looks ended may not be, and nothing is sealed
        return {role for role in Role if self._is_due(current, role, at)}

    def waits(self, *, at: int) -> str | None:
        """Say which keys only the root can make, and how, or None when nothing is due."""
        due = self.due(at=at)
        if not due:
            return None
        listed = {key.role for key in self.key_list().keys} if self.has_list() else set()
        lacking = ", ".join(sorted(role for role in due if role not in listed))
        ending = ", ".join(sorted(role for role in due if role in listed))
        said = [f"no {lacking} key has been made yet" if lacking else ""]
        said += [f"keys end soon or are lost ({ending})" if ending else ""]
        return (
            f"{'; '.join(filter(None, said))}: bring the root key and run"
            " `signage keys renew --root FILE`, then take it away again"
        )

    def revoke(self, role: Role, *, at: int) -> None:
        """Make every key of `role` worthless from now on, and a new one in its place (rule K).

        A higher epoch begins with it, so that everything is sealed anew: players forget at once
        what the old key sealed. Raises KeysUnusable without the root key.
        """
        with self._alone():
            current = self.key_list()
            made = Ed25519PrivateKey.generate()
            kept = [
                msgspec.structs.replace(key, revoked=True) if key.role == role else key
                for key in current.keys
            ]
            keys = [*kept, _entry(role, made, at)]
            serial = max(current.serial + 1, at)
            self._publish_list(keys, epoch=current.epoch + 1, serial=serial, at=at)
            self._write(self._file(role), made)

    def begin_epoch(self, *, at: int) -> None:
        """Begin a higher epoch: serials and floors of time start anew everywhere (rule K).

        The way out when the controller's clock was ahead, and what it sealed is dated in the
        future. Raises KeysUnusable without the root key.
        """
        with self._alone():
            current = self.key_list()
            epoch = current.epoch + 1
            self._publish_list(list(current.keys), epoch=epoch, serial=at, at=at)

    def has_list(self) -> bool:
        """Say whether the keys have been made; the list is written last."""
        return self._list_file.exists()

    def key_list(self) -> KeyList:
        """The key list in force, verified with the root key it was pinned to."""
        try:
            payload, _ = open_sealed(self.sealed_list(), Kind.KEYS, root_set(self.pinned_roots()))
            key_list = documents.decode(payload, KeyList)
        except (OSError, Unsealed) as error:
            raise KeysUnusable(
                f"{self._list_file} can't be used ({error}): restore it and"
                f" {self._roots_file.name} from a backup"
            ) from error
        if key_list.fleet != self.fleet:
            raise KeysUnusable(
                f"{self._list_file} is of fleet {key_list.fleet}, not of {self.fleet}:"
                " a fleet never changes its name"
            )
        return key_list

    def sealed_list(self) -> bytes:
        """The key list as it is published."""
        return self._list_file.read_bytes()

    def listed_at(self) -> int:
        """When the key list was written, in ms of this machine's clock."""
        return self._list_file.stat().st_mtime_ns // 1_000_000

    def pinned_roots(self) -> list[str]:
        """The root public keys in base64, for the settings of new players."""
        return self._roots_file.read_text().split()

    def signer(self, role: Role) -> Ed25519PrivateKey:
        """The private key of `role`; raises KeysUnusable where it can't be read or isn't listed."""
        path = self._file(role)
        if role not in {listed.role for listed in self.key_list().keys}:
            raise KeysUnusable(
                f"no {role.value} key has been made yet: bring the root key and run"
                " `signage keys renew --root FILE`"
            )
        key = _read(path)
        if key_id(key.public_key()) not in {listed.id for listed in self.key_list().keys}:
            raise KeysUnusable(
                f"{path} is not in the key list, so no player would accept what it seals: restore"
                " both from the same backup, or move the file away and have a new one made"
            )
        return key

    @property
    def sealer_folder(self) -> Path:
        """The folder of the sealer's OS user: its keys and its book."""
        return self.folder / ROLE_FOLDERS[Role.ALERT]

    @property
    def _roots_file(self) -> Path:
        return self.folder / "roots.pub"

    @property
    def _list_file(self) -> Path:
        return self.folder / "list.sealed"

    def _file(self, role: Role) -> Path:
        return self.folder / ROLE_FOLDERS[role] / f"{role.value}.pem"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two processes that start at once must not make two roots."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _is_due(self, current: KeyList, role: Role, at: int) -> bool:
        newest = next((key for key in reversed(current.keys) if key.role == role), None)
        if newest is None or not (newest.may_sign_at(at) and newest.may_sign_at(at + RENEW_BEFORE)):
            return True
        path = self._file(role)
        try:
            if not path.exists():
                return True
            # The sealer's key is the sealer's to read (rule P); the own one may be older than the
            # list when the power went while it was renewed.
            return ROLE_FOLDERS[role] == "worker" and key_id(_read(path).public_key()) != newest.id
        except (PermissionError, KeysUnusable):
            return False  # another OS user's, or to be repaired by a person: `signer` says so

    def _begin(self, at: int) -> None:
        """Make the first list, or one in place of a lost one; keys that are there go on."""
        for path in (self._root_file, *map(self._file, Role)):
            if not path.exists():
                self._write(path, Ed25519PrivateKey.generate())
        keys = [_entry(role, _read(self._file(role)), at) for role in Role]
        self._publish_list(keys, epoch=1, serial=at, at=at)

    def _renew(self, due: Collection[Role], at: int) -> None:
        current = self.key_list()
        made = {role: Ed25519PrivateKey.generate() for role in sorted(due)}
        kept = [key for key in current.keys if key.not_after > at]
        keys = [*kept, *(_entry(role, key, at) for role, key in made.items())]
        serial = max(current.serial + 1, at)
        # The list first: after a power cut the key in use is on the list in either case.
        self._publish_list(keys, epoch=current.epoch, serial=serial, at=at)
        for role, key in made.items():
            self._write(self._file(role), key)

    def _publish_list(self, keys: list[Key], *, epoch: int, serial: int, at: int) -> None:
        root = _read(self._root_file)
        roots = encoded(root.public_key())
        if self.has_list() and self.pinned_roots() != [roots]:
            raise KeysUnusable(
                f"{self._root_file} is not the root key that players have pinned: put that one back"
            )
        key_list = KeyList(
            schema=SCHEMA,
            fleet=self.fleet,
            epoch=epoch,
            serial=serial,
            issued_at=at,
            roots=[roots],
            threshold=1,
            keys=keys,
        )
        sealed = seal(documents.encode(key_list), Kind.KEYS, root)
        write_atomically(self._roots_file, f"{roots}\n".encode(), mode=0o644)
        write_atomically(self._list_file, sealed, mode=0o644)

    def _write(self, path: Path, key: Ed25519PrivateKey) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        # Not left to the umask: other users of this machine read the public files.
        os.fchmod(descriptor, mode)
        if os.geteuid() == 0:
            # An administrator who renews a key must not take it away from who owns the folder.
            folder = path.parent.stat()
            os.fchown(descriptor, folder.st_uid, folder.st_gid)
        file.write(data)
        file.flush()
        os.fsync(descriptor)
    partial.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise KeysUnusable(f"{path} can't be used ({error}): restore it from a backup") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysUnusable(f"{path} holds no Ed25519 key: restore it from a backup")
    return key


def _entry(role: Role, key: Ed25519PrivateKey, at: int) -> Key:
    life = MAX_CONTENT_KEY_LIFE - BEFORE if role is Role.CONTENT else LONG_LIFE
    public = key.public_key()
    return Key(
        id=key_id(public),
        public=encoded(public),
        role=role.value,
        not_before=max(0, at - BEFORE),
        not_after=at + life,
    )
