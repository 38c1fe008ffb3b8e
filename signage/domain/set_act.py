"""What an officer asks the sealer to do with a hold or a drill, and its hash, which is signed."""

import hashlib
from enum import StrEnum

import msgspec

from players.contract.limits import HOUR
from signage.domain.alert import Pages
from signage.domain.drill import Drill
from signage.domain.factor import ALERT, HOLD
from signage.domain.hold import Hold, HoldKind

FREE_MEETING = 4 * HOUR
"""As long at most a meeting lasts that is placed without a factor: every alert goes over it."""


class HoldActKind(StrEnum):
    """What is asked of a hold."""

    PLACE = "place"
    EXTEND = "extend"
    LIFT = "lift"


class DrillActKind(StrEnum):
    """What is asked of a drill."""

    PLAN = "plan"
    STOP = "stop"


class HoldAct(msgspec.Struct, frozen=True, kw_only=True, tag="hold"):
    """One act with the hold as it shall be; `displays` is the number that was told, for the log."""

    kind: HoldActKind
    hold: Hold
    displays: int = 0

    @property
    def may(self) -> str:
        """What a factor must be for."""
        return HOLD

    @property
    def targets(self) -> list[str]:
        """Where it acts."""
        return self.hold.targets

    @property
    def ends(self) -> bool:
        """Say whether it only ends something."""
        return self.kind is HoldActKind.LIFT

    @property
    def needs_factor(self) -> bool:
        """Say whether an officer's factor must confirm it, by the times of the hold itself.

        A meeting hides nothing but ordinary content, which a factor does not guard either: a
        short one needs none, nor does its end. Dark and safe slide stand above alerts.
        """
        hold = self.hold
        if hold.kind is not HoldKind.MEETING:
            return True
        is_short = hold.expires_at <= hold.begins_at + FREE_MEETING
        return not self.ends and not is_short

    @property
    def binds(self) -> str:
        """SHA-256 (hex) of all that an officer confirms; moments the sealer sets are left out."""
        hold = self.hold
        return _hash(
            act=f"hold.{self.kind.value}",
            id=hold.id,
            revision=hold.revision,
            kind=hold.kind.value,
            targets=hold.targets,
            expires_at=hold.expires_at,
            why=hold.why,
            pages=_blobs(hold.pages),
        )


class DrillAct(msgspec.Struct, frozen=True, kw_only=True, tag="drill"):
    """One act with the drill as it was seen; `displays` is the number told, for the log."""

    kind: DrillActKind
    drill: Drill
    displays: int = 0

    @property
    def may(self) -> str:
        """What a factor must be for: a drill is a duty officer's, as an alert is."""
        return ALERT

    @property
    def targets(self) -> list[str]:
        """Where it acts."""
        return self.drill.targets

    @property
    def ends(self) -> bool:
        """Say whether it only ends something."""
        return self.kind is DrillActKind.STOP

    @property
    def needs_factor(self) -> bool:
        """Every act on a drill is confirmed; one that is planned begins by itself."""
        return True

    @property
    def binds(self) -> str:
        """SHA-256 (hex) of all that an officer confirms.

        Of one that is confirmed a little late both hours move, so how long it lasts is bound with
        the hour at which it was to begin.
        """
        drill = self.drill
        return _hash(
            act=f"drill.{self.kind.value}",
            id=drill.id,
            words=drill.words,
            targets=drill.targets,
            begins_at=drill.begins_at,
            expires_at=drill.expires_at,
            pages=_blobs(drill.pages),
        )


SetAct = HoldAct | DrillAct


def _hash(**bound: object) -> str:
    return hashlib.sha256(msgspec.json.encode(bound, order="deterministic")).hexdigest()


def _blobs(pages: Pages) -> dict[str, list[str]]:
    return {profile: [page.blob for page in drawn] for profile, drawn in pages.items()}
