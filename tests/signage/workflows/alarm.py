"""What a duty officer does in a flood: drafts, raises, and what the sealer makes of it."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import documents
from players.contract.alerts import Alert as SealedAlert
from players.contract.alerts import AlertSet, AllClear
from players.contract.keys import KeyList, Role
from players.contract.limits import HOUR
from players.contract.signature import Kind, open_sealed, seal
from signage.domain.alert import Alert, AlertWords
from signage.keys import KeyFiles
from signage.store import Store
from signage.store.ledger import Ledger
from signage.workflows.alerts import alerting
from signage.workflows.alerts.alert_sets import PublishedSet, publish_sets
from signage.workflows.publication.sealing import SealingDesk
from tests.signage.pleiku import DUTY_OFFICER, NOON
from tests.signage.sealing import freely

FLOOD = AlertWords(
    headline="Lũ trên sông Ba",
    body="Di chuyển ngay đến nơi cao.",
    area="Phường Hội Phú",
    sender="UBND phường Hội Phú",
    level=3,
)
UNTIL = NOON + HOUR


def draft(store: Store, *targets: str, at: int = NOON, **changes: object) -> Alert:
    details = {"words": FLOOD, "until": at + HOUR, "by": DUTY_OFFICER} | changes
    words = details.pop("words")
    return alerting.draft(store, words, targets=targets or ("all",), at=at, **details).alert


def raise_(
    store: Store, drafted: Alert, at: int = NOON, *, by=DUTY_OFFICER, into: Ledger | None = None
) -> Alert:
    """Raise a draft without a factor, straight into the rows from which sets are made."""
    covered = alerting.covered_by(store, drafted, by=by)
    count = len(covered.displays)
    authorise = freely(into or store)
    return alerting.raise_alert(
        store, drafted.id, expected_displays=count, authorise=authorise, by=by, at=at
    )


def clear(store: Store, alert_id: str, at: int, *, by=DUTY_OFFICER) -> Alert:
    return alerting.clear(store, alert_id, authorise=freely(store), by=by, at=at)


def extend(store: Store, alert_id: str, until: int, at: int) -> Alert:
    authorise = freely(store)
    return alerting.extend(
        store, alert_id, until=until, authorise=authorise, by=DUTY_OFFICER, at=at
    )


def flood(store: Store, *targets: str, at: int = NOON, **changes: object) -> Alert:
    """A flood warning that is in force."""
    return raise_(store, draft(store, *targets, at=at, **changes), at)


def amend(store: Store, alert: Alert, at: int, **changes: object) -> Alert:
    details = {
        "words": alert.words,
        "targets": alert.targets,
        "until": at + HOUR,
        "revision": alert.revision,
        "by": DUTY_OFFICER,
        "authorise": freely(store),
    }
    return alerting.amend(store, alert.id, at=at, **(details | changes))


class Desk:
    """The sealer's desk with real keys, and how others read what it seals."""

    def __init__(self, folder: Path, at: int = NOON) -> None:
        files = KeyFiles(folder, "pleiku")
        files.make(at=at)
        self.key_list: KeyList = files.key_list()
        self.key: Ed25519PrivateKey = files.signer(Role.ALERT)
        self.content_key: Ed25519PrivateKey = files.signer(Role.CONTENT)
        self.sealing = SealingDesk(self.key, fleet="pleiku", epoch=1, boot_ms=lambda: 0)

    def publish(self, store: Store, at: int = NOON) -> dict[str, PublishedSet]:
        return {one.profile: one for one in publish_sets(store, self.sealing, at=at)}

    def opened(self, sealed: bytes) -> AlertSet:
        trusted = self.key_list.trusted_for(Kind.ALERTS, NOON)
        return documents.decode(open_sealed(sealed, Kind.ALERTS, trusted)[0], AlertSet)

    def entries(self, sealed: bytes) -> list[SealedAlert | AllClear]:
        return documents.alert_entries(self.opened(sealed).entries)[0]

    def seal(self, alert_set: AlertSet, key: Ed25519PrivateKey | None = None) -> bytes:
        return seal(documents.encode(alert_set), Kind.ALERTS, key or self.key)
