"""All that a display goes by: verified documents, gathered and parsed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from players.contract import documents
from players.contract.alerts import AlertSet, AnyAlert, Page
from players.contract.holds import Hold, HoldSet, Meeting
from players.contract.layers import Layer
from players.contract.loops import Loop
from players.contract.manifest import Manifest, PlaylistEntry
from players.contract.playlist import PlaylistDocument


@dataclass(frozen=True)
class Circumstances:
    """What bears on the glass besides papers and time: findings of the player itself.

    `time_unsure`: the clock is below what was signed, so no date can be trusted (rule T).
    `cut_off_since`: when (UTC ms) the controller began to count as lost; None while it is heard.
    """

    time_unsure: bool = False
    cut_off_since: int | None = None


ORDINARY = Circumstances()
"""The clock is good and the controller is heard."""


@dataclass(frozen=True)
class Holdings:
    """All that a display goes by, verified and parsed once; `unknown` names the kinds skipped."""

    display: str
    manifest: Manifest | None
    entries: tuple[PlaylistEntry, ...]
    loops: Mapping[str, Loop]
    groups: tuple[str, ...]
    unknown: tuple[str, ...]
    alerts: Layer[AnyAlert] = field(default_factory=Layer)
    drills: Layer[AnyAlert] = field(default_factory=Layer)
    holds: Layer[Hold] = field(default_factory=Layer)

    @classmethod
    def of(
        cls,
        display: str,
        manifest: Manifest | None,
        playlists: Mapping[str, PlaylistDocument],
        alerts: AlertSet | None,
        drills: AlertSet | None = None,
        holds: HoldSet | None = None,
    ) -> Holdings:
        """Gather verified documents; `playlists` maps the SHA-256 of a document to it."""
        entries, unknown = documents.playlist_entries(manifest.entries) if manifest else ([], [])
        loops: dict[str, Loop] = {}
        for sha256, playlist in playlists.items():
            if documents.refusal_of_schema(playlist.schema):
                unknown.append(f"schema {playlist.schema}")
                continue
            loops[sha256], unknown_items = Loop.of(playlist)
            unknown += unknown_items
        raised, unknown_alerts = documents.alert_entries(alerts.entries) if alerts else ([], [])
        drilled, unknown_drills = documents.alert_entries(drills.entries) if drills else ([], [])
        held, unknown_holds = documents.hold_entries(holds.entries) if holds else ([], [])
        return cls(
            display=display,
            manifest=manifest,
            entries=tuple(entries),
            loops=loops,
            groups=tuple(manifest.groups) if manifest else (),
            unknown=tuple(sorted({*unknown, *unknown_alerts, *unknown_drills, *unknown_holds})),
            alerts=Layer.of(raised, alerts.issued_at if alerts else 0),
            drills=Layer.of(drilled, drills.issued_at if drills else 0),
            holds=Layer.of(held, holds.issued_at if holds else 0),
        )

    def covering(self) -> Holdings:
        """Only what of the sets means this display."""
        return replace(
            self,
            alerts=self.alerts.over(self.display, self.groups),
            drills=self.drills.over(self.display, self.groups),
            holds=self.holds.over(self.display, self.groups),
        )

    def pages(self) -> list[Page]:
        """The pages that the sets name for this display, those of alerts first."""
        mine = self.covering()
        meetings = [hold for hold in mine.holds.entries if isinstance(hold, Meeting)]
        entries = (*mine.alerts.entries, *mine.drills.entries, *meetings)
        return [page for entry in entries for page in entry.pages]
