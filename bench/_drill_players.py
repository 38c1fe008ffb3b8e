"""Simulated players that speak: they show drills and seal what they show with keys of their own.

`python -m bench._drill_players HOST PORT FLEET KEYS PLAYERS` where PLAYERS is a JSON file with a
list of `{"display", "profile", "key"}`, the key 32 bytes in hex; prints `ready` once all listen.
"""

import json
import os
import selectors
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bench._fleet_clients import Session, trusted_for
from bench.publishing import _status
from players.contract import documents, topics
from players.contract.alerts import Alert, AlertSet
from players.contract.reports import OnGlass, Presence, Presented
from players.contract.signature import Kind, open_sealed, seal
from signage.clock import now_ms

LOOK_SECONDS = 0.02


class Player:
    """One display: shows a drill from its beginning to its end by its own clock, and says so."""

    def __init__(
        self,
        address: tuple[str, int],
        fleet: str,
        told: Mapping[str, str],
        trusted: Mapping[str, Ed25519PublicKey],
    ) -> None:
        self._fleet, self._display, self._trusted = fleet, told["display"], trusted
        self._key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(told["key"]))
        profile = told["profile"]
        filters = topics.drills(fleet, profile), topics.pages(fleet, profile)
        self.session = Session(address, f"player-{self._display}", *filters)
        self._coming: list[Alert] = []
        self._showing: Alert | None = None
        self._shown: list[Presented] = []
        self._number, self._boot = 0, os.urandom(8).hex()

    def hear(self, topic: str, payload: bytes) -> None:
        """Take in a sealed set of drills; pages are what a set may name."""
        if "/sets/" not in topic or not payload:
            return
        body, _ = open_sealed(payload, Kind.DRILLS, self._trusted)
        entries, _ = documents.alert_entries(documents.decode(body, AlertSet).entries)
        self._coming = [one for one in entries if isinstance(one, Alert)]
        self.look()

    def look(self) -> None:
        """Show what has begun, let go of what is over; tell each change."""
        at = now_ms()
        due = [one for one in self._coming if one.begins_at <= at < one.expires_at]
        if (due[0] if due else None) is self._showing:
            return
        self._showing = due[0] if due else None
        if self._showing:
            shown = Presented(id=self._showing.id, revision=1, received_at=at, presented_at=at)
            self._shown = [*self._shown, shown]
        self.tell()

    def tell(self) -> None:
        """Seal a status and send it, as a player does after each change."""
        at = now_ms()
        self._number += 1
        on = self._showing
        glass = OnGlass(
            source="drill" if on else "fallback",
            reason=on.id if on else "no-manifest",
            item=f"{on.id}.1.1" if on else "safe",
            sha256=on.pages[0].blob.sha256 if on else "",
            since=at,
        )
        status = msgspec.structs.replace(
            _status(self._display, at),
            fleet=self._fleet,
            boot=self._boot,
            number=self._number,
            showing=glass,
            alerts=self._shown,
        )
        sealed = seal(documents.encode(status), Kind.STATUS, self._key)
        self.session.publish(topics.status(self._fleet, self._display), sealed)

    def arrive(self) -> None:
        """Say that this player is there."""
        there = Presence(state="online", boot=self._boot, connection=1)
        topic = topics.presence(self._fleet, self._display)
        self.session.publish(topic, msgspec.json.encode(there))
        self.tell()


def main() -> None:
    host, port, fleet, keys, file = sys.argv[1:]
    trusted = trusted_for(Kind.DRILLS, Path(keys))
    players = [
        Player((host, int(port)), fleet, told, trusted)
        for told in json.loads(Path(file).read_text())
    ]
    selector = selectors.DefaultSelector()
    for player in players:
        selector.register(player.session.socket, selectors.EVENT_READ, player)
    parent, is_ready = os.getppid(), False
    while os.getppid() == parent:
        for key, _ in selector.select(LOOK_SECONDS):
            for topic, payload in key.data.session.read():
                key.data.hear(topic, payload)
        if not is_ready and all(one.session.is_subscribed for one in players):
            is_ready = True
            for player in players:
                player.arrive()
            print("ready", flush=True)
        for player in players:
            player.look()


if __name__ == "__main__":
    main()
