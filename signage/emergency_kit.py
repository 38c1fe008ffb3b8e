"""The emergency kit: a folder with which alerts are raised when the controller is gone.

It holds a copy of the alert key, the key list, and the displays as they were when it was made. It
speaks with the broker alone: what is on the air is verified and taken over first, then what is
raised or cleared is merged into it and sealed; the controller that returns adopts it (rule R).
Whoever has the folder can raise alerts: it belongs on an encrypted stick in a safe.
"""

import os
import secrets
import shutil
import time
from pathlib import Path
from typing import Final

import msgspec

from players.contract import topics
from players.contract.keys import Role
from signage.broker import Connection
from signage.broker_users import KIT, access_in, users_of
from signage.clock import now_ms
from signage.domain.act import Act
from signage.domain.alert import Alert
from signage.domain.people import Role as PersonRole
from signage.domain.people import User
from signage.inbox import Inbox
from signage.keys import ROLE_FOLDERS, KeyFiles
from signage.settings import Settings
from signage.store import Store
from signage.store.book import Book
from signage.workflows.alerts.alert_adoption import adopt
from signage.workflows.alerts.alert_mirror import mirror
from signage.workflows.alerts.alert_sets import publish_sets
from signage.workflows.publication.sealing import SealingDesk
from signage.workflows.reports.hearing import Message
from signage.workflows.sealer import authorising
from signage.workflows.sealer.authorising import Authorise

_ABOUT: Final = "kit.json"
LISTEN_SECONDS: Final = 1.5
REACH_SECONDS: Final = 10.0
_BY: Final = "emergency-kit"


class BrokerGone(Exception):
    """The broker can't be reached: nobody would hear an alert."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a kit must know besides its keys and displays."""

    fleet: str
    broker_host: str
    broker_port: int
    broker_user: str = ""
    made_at: int


def make(settings: Settings, store: Store, folder: Path, *, at: int) -> None:
    """Write a kit into `folder`, which must not be there yet; raises FileExistsError, OSError."""
    folder.mkdir(parents=True, mode=0o700)
    keys, own = settings.keys_folder, folder / "keys"
    alert = ROLE_FOLDERS[Role.ALERT]
    (own / alert).mkdir(parents=True, mode=0o700)
    for name in ("list.sealed", "roots.pub", f"{alert}/{Role.ALERT.value}.pem"):
        shutil.copyfile(keys / name, own / name)
        (own / name).chmod(0o600)
    _copy_displays(store, _own_store(folder))
    about = About(
        fleet=settings.fleet,
        broker_host=settings.broker_host,
        broker_port=settings.broker_port,
        broker_user=_user(settings, folder),
        made_at=at,
    )
    (folder / _ABOUT).write_bytes(msgspec.json.encode(about))


def _user(settings: Settings, folder: Path) -> str:
    """The kit's own user at a locked broker, with what it connects with in the folder; or none."""
    users = users_of(settings)
    return users.equip(f"{KIT}{secrets.token_hex(4)}", folder).user if users else ""


def _own_store(folder: Path) -> Store:
    store = Store.open(f"sqlite:///{folder}/kit.sqlite3", folder / "media")
    store.upgrade()
    return store


def _copy_displays(store: Store, kit: Store) -> None:
    units = store.units.all()
    top = next(unit for unit in units if unit.parent is None)
    officer = User(
        id=_BY, login=_BY, name="Emergency kit", role=PersonRole.DUTY_OFFICER, unit=top.id
    )
    with kit.transaction():
        for unit in sorted(units, key=lambda one: one.parent is not None):
            kit.units.save(unit)
        for profile in store.profiles.all():
            kit.profiles.add(profile)
        for site in store.sites.all():
            kit.sites.save(site)
        for display in store.displays.all():
            kit.displays.save(display)
        for contact in store.alert_contacts.all():
            kit.alert_contacts.save(contact)
        kit.users.save(officer)
    kit.close()


class Kit:
    """An opened kit that has heard what is on the air. `store` serves the usual workflows."""

    def __init__(self, folder: Path, *, broker: tuple[str, int] | None = None) -> None:
        about = msgspec.json.decode((folder / _ABOUT).read_bytes(), type=About)
        files = KeyFiles(folder / "keys", about.fleet)
        self.fleet, self.key_list = about.fleet, files.key_list()
        self.store = _own_store(folder)
        self.book = Book.open(folder / "keys" / "sealer")
        self.officer = self.store.users.get(_BY)
        self._desk = SealingDesk(
            files.signer(Role.ALERT), fleet=self.fleet, epoch=self.key_list.epoch
        )
        self._inbox = Inbox()
        host, port = broker or (about.broker_host, about.broker_port)
        self._connection = Connection(
            host,
            port,
            name=f"{self.fleet}-kit-{os.getpid()}",
            subscriptions=[topics.alerts(self.fleet, "+")],
            access=access_in(folder, about.broker_user) if about.broker_user else None,
            received=lambda topic, payload, retained: self._inbox.put(
                Message(topic, payload, now_ms(), retained)
            ),
        )

    def listen(self) -> None:
        """Reach the broker and take over what is on the air; raises BrokerGone."""
        self._connection.start()
        if not self._connection.wait_until_up(REACH_SECONDS):
            raise BrokerGone
        time.sleep(LISTEN_SECONDS)
        at = now_ms()
        for heard in self._inbox.take():
            adopt(
                self.book,
                self.key_list,
                fleet=self.fleet,
                topic=heard.topic,
                sealed=heard.payload,
                at=at,
            )
        mirror(self.book, self.store, at=at)

    def authoriser(self) -> Authorise:
        """Return what does an act in the name of whoever holds the kit."""

        def authorise(act: Act, by: User, at: int) -> Alert:
            with self.book.transaction():
                alert = authorising.result_of(self.book, act, at=at)
                authorising.record(
                    self.book, alert, act, who=by.login, unit=by.unit, at=at, how="emergency kit"
                )
            return alert

        return authorise

    def publish(self) -> int:
        """Seal and send what changed; returns the number of sets."""
        published = publish_sets(self.book, self._desk, at=now_ms())
        for one in published:
            for sha256 in one.new_pages:
                page = self.store.blobs.read(sha256)
                self._connection.publish(topics.page(self.fleet, one.profile, sha256), page)
            self._connection.publish(one.sealed.topic, one.sealed.sealed)
        mirror(self.book, self.store, at=now_ms())
        return len(published)

    def close(self) -> None:
        """Send what is under way, and let go of everything."""
        self._connection.close()
        self.book.close()
        self.store.close()
