"""What `signage cap check` writes: for each message what it would do here, and why; it acts not."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from signage.cap.limits import MAX_MESSAGE_BYTES
from signage.cap.table_file import Table
from signage.domain.cap.areas import Place
from signage.domain.cap.deciding import Decision, Verb
from signage.domain.cap.ledger import Heard
from signage.domain.cap.message import CapMessage
from signage.workflows.cap.cap_judging import Judged, judge

_ACTS = (Verb.SHOW, Verb.UPDATE, Verb.QUEUE)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One message, for programs; moments in RFC 3339."""

    file: str
    identifier: str
    decision: Verb
    reason: str
    explained: str
    displays: list[str]
    near: list[str]
    begins_at: str | None
    expires_at: str | None
    languages: list[str]
    waits: bool


def check(
    paths: Iterable[Path], *, table: Table, places: Sequence[Place], at: int, zone: ZoneInfo
) -> Iterable[Line]:
    """Judge files one after another, each knowing those before it."""
    heard: list[Heard] = []

    def heard_of(message: CapMessage) -> list[Heard]:
        return [one for one in heard if one.itself.sender == message.sender]

    for path in paths:
        with path.open("rb") as file:
            content = file.read(MAX_MESSAGE_BYTES + 1)
        judged = judge(content, table=table, heard_of=heard_of, places=places, at=at)
        heard = _after(heard, judged)
        yield _line(path, judged.decision, zone)


def _after(heard: list[Heard], judged: Judged) -> list[Heard]:
    """What was heard, with this message, as if everything that waits were confirmed."""
    message, decision = judged.message, judged.decision
    if message is None or not judged.counts:
        return heard
    gone = {one.itself for one in decision.ends}
    kept = [
        msgspec.structs.replace(one, alert=None, waits=False) if one.itself in gone else one
        for one in heard
        if one.itself != message.itself
    ]
    new = Heard(
        itself=message.itself,
        type=message.type,
        references=message.references,
        alert=message.identifier if decision.decision in _ACTS else None,
        trusted=judged.trusted,
    )
    return [*kept, new]


def _line(path: Path, decision: Decision, zone: ZoneInfo) -> Line:
    return Line(
        file=path.name,
        identifier=decision.identifier,
        decision=decision.decision,
        reason=decision.reason,
        explained=" ".join(one.said().text() for one in decision.reasons),
        displays=decision.displays,
        near=decision.near,
        begins_at=_time(decision.begins_at, zone),
        expires_at=_time(decision.expires_at, zone),
        languages=decision.languages,
        waits=decision.waits,
    )


def _time(moment: int | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else datetime.fromtimestamp(moment / 1000, zone).isoformat()


def in_words(line: Line) -> str:
    """Return the line for people."""
    where = (
        f" {len(line.displays)} displays: {', '.join(line.displays[:8])}" if line.displays else ""
    )
    when = f" until {line.expires_at}" if line.expires_at and line.displays else ""
    return f"{line.decision:7} {line.file}: {line.explained} [{line.reason}]{where}{when}"
