"""A CAP message as it is kept: what came, from where, what was decided, and what became of it."""

from enum import StrEnum

import msgspec

from signage.domain.cap.deciding import Decision, Verb
from signage.domain.cap.ledger import Heard
from signage.domain.cap.message import CapMessage
from signage.domain.sentences import N_, Refused

WAITS_AT_MOST = 2 * 60 * 1000
"""An officer has two minutes; after that the page says so loudly."""


class Standing(StrEnum):
    """Where a received message stands. CALLS: it may act by itself and has yet to."""

    DONE = "done"
    WAITS = "waits"
    CALLS = "calls"
    SHOWS = "shows"
    ENDED = "ended"
    DISMISSED = "dismissed"


OPEN = (Standing.WAITS, Standing.CALLS)


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """One message. `source` says where it came from; `alert` is the alert of ours it lives in."""

    id: str
    source: str
    received_at: int
    sha256: str
    message: CapMessage | None
    decision: Decision
    trusted: bool
    standing: Standing
    alert: str | None = None
    decided_by: str | None = None
    decided_at: int | None = None
    remark: str = ""

    def is_late(self, at: int) -> bool:
        """Say whether it has waited for an officer longer than it may."""
        return self.standing is Standing.WAITS and at >= self.received_at + WAITS_AT_MOST

    @property
    def acts(self) -> bool:
        """Say whether something is to be done with it: shown, replaced or ended."""
        return self.decision.decision in (Verb.SHOW, Verb.QUEUE, Verb.UPDATE, Verb.CANCEL)

    def heard(self) -> Heard | None:
        """Return it as the life cycle sees it; None when it changes nothing there."""
        repeated = any(one.code == "received-before" for one in self.decision.reasons)
        if self.message is None or self.decision.decision is Verb.REJECT or repeated:
            return None
        return Heard(
            itself=self.message.itself,
            type=self.message.type,
            references=self.message.references,
            alert=self.alert if self.standing is Standing.SHOWS else None,
            waits=self.standing in OPEN,
            trusted=self.trusted,
        )

    def settled(
        self, standing: Standing, *, by: str, at: int, alert: str | None = None, remark: str = ""
    ) -> "Received":
        """Return it decided; raises Refused when somebody else was quicker."""
        if self.standing not in OPEN:
            raise Refused(N_("Bản tin này đã được xử lý. Hãy tải lại trang."))
        return msgspec.structs.replace(
            self,
            standing=standing,
            alert=alert or self.alert,
            decided_by=by,
            decided_at=at,
            remark=remark,
        )

    def ended(self) -> "Received":
        """Return it over: its alert has ended, or something newer took its place."""
        return msgspec.structs.replace(self, standing=Standing.ENDED)
