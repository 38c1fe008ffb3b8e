"""What an officer asks the sealer to do with an alert, and the hash to which a factor is bound."""

import hashlib
from enum import StrEnum

import msgspec

from signage.domain.alert import Alert, Pages
from signage.domain.sentences import N_


class ActKind(StrEnum):
    """What is asked. An extension or a wider area is an amendment; the log tells what changed."""

    RAISE = "raise"
    AMEND = "amend"
    CLEAR = "clear"


ACT_NAMES: dict[ActKind, str] = {
    ActKind.RAISE: N_("Phát cảnh báo"),
    ActKind.AMEND: N_("Cập nhật cảnh báo"),
    ActKind.CLEAR: N_("Báo hết nguy hiểm"),
}


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One act with the alert as it shall be: the next revision, with the pages that were seen.

    `displays` is the number that the officer was told, for the log. `template` is the one that
    the words are taken from, if any.
    """

    kind: ActKind
    alert: Alert
    displays: int = 0
    template: str = ""

    @property
    def binds(self) -> str:
        """SHA-256 (hex) of all that an officer confirms; a passkey signs exactly this.

        Moments that the sealer sets itself (begun, raised, cleared) are left out.
        """
        alert = self.alert
        bound = {
            "act": self.kind.value,
            "id": alert.id,
            "revision": alert.revision,
            "words": alert.words,
            "targets": alert.targets,
            "expires_at": alert.expires_at,
            "green_for": alert.green_for,
            "pages": _hashes(alert.pages),
            "green": _hashes(alert.green),
        }
        return hashlib.sha256(msgspec.json.encode(bound, order="deterministic")).hexdigest()


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """An act that is drawn and waits for an officer's confirmation; nothing of it is in force.

    That of a new alert has the alert's id. `first` is who has confirmed it while it waits for a
    second person, `first_at` (ms) when. `made_by` is a login, or `source` tells which unattended
    source wants it.
    """

    id: str
    act: Act
    made_by: str
    made_at: int
    first: str = ""
    first_at: int = 0
    source: str = ""

    @property
    def alert(self) -> Alert:
        """The alert as it would be."""
        return self.act.alert

    @property
    def kind(self) -> ActKind:
        """What would be done."""
        return self.act.kind


def _hashes(pages: Pages) -> dict[str, list[str]]:
    return {profile: [page.blob for page in drawn] for profile, drawn in pages.items()}
