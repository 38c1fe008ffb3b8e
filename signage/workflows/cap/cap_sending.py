"""Tells others of our own alerts in CAP: one signed message for each revision, never changed."""

from pathlib import Path
from zoneinfo import ZoneInfo

from players.contract.limits import HOUR
from signage.cap.signing import Signer
from signage.cap.writing import Outgoing, feed, message
from signage.domain.alert import Alert, AlertState
from signage.store import Store
from signage.store.documents import from_text, to_text

LISTED = 100
LOOKED_AT = 60
"""The newest alerts whose revisions are looked at in each round."""
SENT_WITHIN = 72 * HOUR
"""What was raised before this, when nobody wrote messages yet, is history and is not announced."""
_SAID = (AlertState.RAISED, AlertState.CLEARED)


class Sending:
    """Writes what is still to be said. Holds the key for CAP, which signs nothing for displays."""

    def __init__(self, store: Store, folder: Path, *, sender: str, zone: ZoneInfo) -> None:
        self._store, self._zone, self._sender = store, zone, sender
        self._signer = Signer(folder, name=sender)
        self._said: set[tuple[str, int]] = set()

    def write(self, at: int) -> None:
        """Write a message for each revision that has none."""
        for alert in self._store.alerts.recent(LOOKED_AT):
            newest = (alert.id, alert.revision)
            if newest not in self._said and (alert.revised_at or at) > at - SENT_WITHIN:
                self._write(alert)
            self._said.add(newest)

    def _write(self, alert: Alert) -> None:
        said = [from_text(one, Outgoing) for one in self._store.cap_sent.of_alert(alert.id)]
        known = {one.identifier for one in said}
        for revision, _, made_at in self._store.alerts.history(alert.id):
            if revision.state not in _SAID or revision.outside:
                continue
            out = self._outgoing(revision, said, made_at)
            if out.identifier not in known:
                self._keep(revision, out)
                said.append(out)

    def _outgoing(self, alert: Alert, before: list[Outgoing], made_at: int) -> Outgoing:
        cleared = alert.state is AlertState.CLEARED
        return Outgoing(
            identifier=f"{self._sender}.{alert.id}.{alert.revision}",
            sender=self._sender,
            # To the second, and never before what it replaces.
            sent=max([made_at, *(one.sent + 1000 for one in before)]) // 1000 * 1000,
            kind="Cancel" if cleared else "Update" if before else "Alert",
            exercise=False,
            references=[one.reference(self._zone) for one in before],
            headline=alert.words.headline,
            body=alert.words.body,
            area=alert.words.area,
            sender_name=alert.words.sender,
            level=alert.words.level,
            effective=alert.begins_at,
            expires=alert.green_until if cleared else alert.expires_at,
        )

    def _keep(self, alert: Alert, out: Outgoing) -> None:
        content = self._signer.sign(message(out, self._zone))
        with self._store.transaction():
            self._store.cap_sent.add(
                out.identifier,
                alert=alert.id,
                revision=alert.revision,
                sent_at=out.sent,
                document=to_text(out),
                content=content,
            )


def feed_of(store: Store, *, address: str, title: str) -> bytes:
    """Return our feed as Atom; `address` is where the feed stands, messages lie below it."""
    newest = [from_text(one, Outgoing) for one in store.cap_sent.recent(LISTED)]
    listed = [(one, f"{address}/{one.identifier}.xml") for one in newest]
    return feed(
        listed, address=address, title=title, updated=max((one.sent for one in newest), default=0)
    )
