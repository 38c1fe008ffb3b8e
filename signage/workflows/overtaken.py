"""Notices that the database is older than what is on the air, and holds publishing (rule R)."""

from collections.abc import Mapping

from players.contract import documents, topics
from players.contract.keys import KeyList
from players.contract.manifest import Manifest
from players.contract.signature import Kind, Unsealed, open_sealed
from signage.domain.people import Action, User, require
from signage.store import Store
from signage.workflows.publishing import HELD


def overtaking(
    store: Store, key_list: KeyList, *, fleet: str, retained: Mapping[str, bytes], at: int
) -> list[str]:
    """Displays on whose topic, or in whose status, a manifest newer than the database's stands.

    Only validly sealed manifests count: anybody can write garbage to a broker (rule R).
    """
    ahead = set()
    for topic, sealed in retained.items():
        manifest = _manifest(key_list, sealed, at)
        if manifest and topic == topics.manifest(fleet, manifest.display):
            latest = store.publications.latest(topic)
            if latest is None or manifest.serial > latest.serial:
                ahead.add(manifest.display)
    for display, reported in store.reports.statuses().items():
        held = reported.status.holds.get(Kind.MANIFEST.value)
        latest = store.publications.latest(topics.manifest(fleet, display))
        if held and (latest is None or held.serial > latest.serial):
            ahead.add(display)
    return sorted(ahead)


def hold(store: Store, displays: list[str], *, at: int) -> None:
    """Publish nothing until a person has chosen; what is on the air stays."""
    with store.transaction():
        store.publications.keep_note(HELD, ", ".join(displays)[:2000])
        store.audit.record(
            who="worker",
            act="publishing.held",
            subject="publishing",
            at=at,
            detail={"displays": displays},
        )


def held(store: Store) -> str | None:
    """The displays that are ahead of the database, or None when nothing is held."""
    return store.publications.note(HELD)


def release(store: Store, *, by: User, at: int) -> None:
    """Publish from this database after all: its state becomes the newest everywhere."""
    require(by, Action.PROVISION, store.units.chain(by.unit))
    with store.transaction():
        store.publications.keep_note(HELD, None)
        store.audit.record(who=by.login, act="publishing.released", subject="publishing", at=at)


def _manifest(key_list: KeyList, sealed: bytes, at: int) -> Manifest | None:
    try:
        payload, _ = open_sealed(sealed, Kind.MANIFEST, key_list.trusted_for(Kind.MANIFEST, at))
        return documents.decode(payload, Manifest)
    except Unsealed:
        return None
