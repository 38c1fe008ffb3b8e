"""What the controller tells players about itself: beats, the time, and which plays are stored."""

import re
from collections.abc import Mapping

from players.contract import documents, topics
from players.contract.alerts import Beat, TimeAnswer
from players.contract.limits import MAX_PROFILES
from players.contract.reports import PlaysAck
from players.contract.signature import Kind, seal
from signage.store import Store
from signage.store.publications import Sealed
from signage.workflows.publication.sealing import ClockWrong, SealingDesk, hash_of

_NONCE = re.compile(r"[0-9a-f]{32}")


def seal_beat(store: Store, desk: SealingDesk, *, key_list_serial: int, at: int) -> Sealed:
    """Seal the pulse: the time, and the serials by which players notice what is withheld."""
    desk.check_clock(store, at)
    with store.transaction():
        return desk.commit(
            store,
            kind=Kind.BEAT,
            topic=topics.beat(desk.fleet),
            addressee="all",
            says=hash_of([at]),
            document=lambda header: Beat(
                **header,
                keys=key_list_serial,
                alerts=_serials(store, Kind.ALERTS),
                drills=_serials(store, Kind.DRILLS),
                holds=_serials(store, Kind.HOLDS),
            ),
            at=at,
        )


def seal_acknowledgements(
    store: Store, desk: SealingDesk, stored: Mapping[tuple[str, str], int], *, at: int
) -> list[Sealed]:
    """Seal how far the journal of each (display, journal) is stored.

    Always anew: a player that has heard a higher number than a restored database holds must get a
    serial that it has not heard.
    """
    if not stored:
        return []
    desk.check_clock(store, at)
    with store.transaction():
        return [
            _acknowledgement(store, desk, display, journal, up_to, at)
            for (display, journal), up_to in stored.items()
        ]


def sealed_time(store: Store, desk: SealingDesk, nonce: str, *, at: int) -> bytes:
    """Seal the time with a player's own nonce; b"" while the clock can't be right (rule T)."""
    if not _NONCE.fullmatch(nonce):
        return b""
    try:
        desk.check_clock(store, at)
    except ClockWrong:
        return b""
    answer = TimeAnswer(fleet=desk.fleet, nonce=nonce, now=at)
    return seal(documents.encode(answer), Kind.TIME, desk.key)


def _serials(store: Store, kind: Kind) -> dict[str, int]:
    """The serial of the newest set of this kind by profile."""
    marks = store.publications.marks(kind).values()
    newest = sorted(marks, key=lambda mark: mark.serial, reverse=True)[:MAX_PROFILES]
    return {mark.addressee: mark.serial for mark in newest}


def _acknowledgement(
    store: Store, desk: SealingDesk, display: str, journal: str, up_to: int, at: int
) -> Sealed:
    return desk.commit(
        store,
        kind=Kind.PLAYS_ACK,
        topic=topics.plays_ack(desk.fleet, display),
        addressee=display,
        says=hash_of([journal, up_to]),
        document=lambda header: PlaysAck(**header, display=display, journal=journal, up_to=up_to),
        at=at,
    )
