"""Notices that the database is older than what is on the air, and holds publishing (rule R)."""

from collections.abc import Mapping

import msgspec

from players.contract import documents, topics
from players.contract.keys import KeyList
from players.contract.limits import MAX_AHEAD
from players.contract.manifest import Manifest
from players.contract.signature import Kind, Unsealed, open_sealed
from signage.domain.people import Action, User, require
from signage.store import Store
from signage.store.documents import from_text, to_text
from signage.workflows.publication.publishing import FLOORS, HELD, Floor, floors


def overtaking(
    store: Store, key_list: KeyList, *, fleet: str, retained: Mapping[str, bytes], at: int
) -> dict[str, int]:
    """Displays on whose topic, or in whose status, a manifest newer than the database's stands.

    Gives the serial on the air of each. Only validly sealed manifests and statuses count: anybody
    can write garbage to a broker. A display that was retired and forgotten is nobody's concern,
    nor is what an ended key epoch left behind.
    """
    released = floors(store)
    marks = store.publications.marks(Kind.MANIFEST)
    retired = {d.id for d in store.displays.all(retired=True) if d.retired_at is not None}
    serials = _held(store, at)
    for topic, sealed in retained.items():
        manifest = _manifest(key_list, sealed, at)
        ours = manifest and topic == topics.manifest(fleet, manifest.display)
        if manifest and ours and manifest.epoch >= key_list.epoch:
            newest = max(serials.get(manifest.display, 0), manifest.serial)
            serials[manifest.display] = newest
    ahead = {}
    for display, serial in serials.items():
        topic = topics.manifest(fleet, display)
        forgotten = display in retired and topic not in marks
        known = [marks[topic].serial] if topic in marks else []
        known += [released[topic].serial] if topic in released else []
        if not forgotten and serial > max(known, default=0):
            ahead[display] = serial
    return dict(sorted(ahead.items()))


def hold(store: Store, ahead: Mapping[str, int], *, fleet: str, at: int) -> None:
    """Publish nothing until a person has chosen; what is on the air stays.

    `ahead` is what `overtaking` gave: the serial on the air of each display.
    """
    known = store.publications.note(HELD)
    found = _Held(
        displays=sorted(ahead),
        serials={topics.manifest(fleet, display): serial for display, serial in ahead.items()},
    )
    if known == to_text(found):
        return
    with store.transaction():
        store.publications.keep_note(HELD, to_text(found))
        store.audit.record(
            who="worker",
            act="publishing.held",
            subject="publishing",
            at=at,
            detail={"displays": found.displays},
        )


def held(store: Store) -> str | None:
    """The displays that are ahead of the database, or None when nothing is held."""
    displays = ahead(store)
    return None if displays is None else ", ".join(displays)


def ahead(store: Store) -> list[str] | None:
    """The ids of the displays that are ahead of the database, or None when nothing is held."""
    note = store.publications.note(HELD)
    return None if note is None else from_text(note, _Held).displays


def release(store: Store, *, by: User, at: int) -> None:
    """Publish from this database after all: its state becomes the newest everywhere.

    Whatever is on the air is sealed anew, above the serials that are there. Only who provisions
    the whole fleet may decide this.
    """
    require(by, Action.PROVISION, store.units.chain(by.unit)[-1:])
    with store.transaction():
        note = store.publications.note(HELD)
        if note is None:
            return
        found = from_text(note, _Held).serials
        new = {topic: Floor(serial=serial, since=at) for topic, serial in found.items()}
        store.publications.keep_note(FLOORS, to_text(floors(store) | new))
        store.publications.keep_note(HELD, None)
        store.audit.record(who=by.login, act="publishing.released", subject="publishing", at=at)


class _Held(msgspec.Struct, frozen=True, kw_only=True):
    displays: list[str]
    serials: dict[str, int]


def _held(store: Store, at: int) -> dict[str, int]:
    """The serial of the manifest that each display says it holds.

    One from the future binds no player (rule T), and is left from before a new key epoch.
    """
    held = {
        display: one.status.holds.get(Kind.MANIFEST.value)
        for display, one in store.reports.statuses().items()
    }
    return {
        display: manifest.serial
        for display, manifest in held.items()
        if manifest and manifest.serial <= at + MAX_AHEAD
    }


def _manifest(key_list: KeyList, sealed: bytes, at: int) -> Manifest | None:
    try:
        payload, _ = open_sealed(sealed, Kind.MANIFEST, key_list.trusted_for(Kind.MANIFEST, at))
        return documents.decode(payload, Manifest)
    except Unsealed:
        return None
