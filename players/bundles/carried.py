"""Judges a hand-carried bundle whole before anything of it counts, and copies its blobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from players.blobs.cache import Cache, CacheFull
from players.blobs.staging import Needs, Staging
from players.bundles.medium import BadMedium, Medium
from players.contract import documents as documents_of
from players.contract import topics
from players.contract.alerts import AlertSet
from players.contract.bundle import INDEX, KEYS, Bundle, Carried
from players.contract.holds import HoldSet, Meeting
from players.contract.keys import KeyList
from players.contract.limits import MAX_AHEAD, MAX_DOCUMENT_BYTES, MAX_SEALED_BYTES
from players.contract.manifest import Manifest
from players.contract.signature import Kind
from players.contract.types import BlobRef
from players.sealed.trust import judge, judge_index, under
from players.sealed.verdict import Accepted, Floor, Refusal, Standing

MAX_BLOBS: Final = 20_000


@dataclass(frozen=True)
class Taken:
    """A bundle that may be used, its blobs in the cache.

    `moment` is when it was sealed, to go by where the own clock is far behind it (rule T); then
    nothing but the manifest is used: an alert or a hold may be over long since.
    """

    index: Accepted
    moment: int
    borrows: bool
    documents: dict[Kind, bytes]


def take(
    medium: Medium, standing: Standing, cache: Cache, now: int, held: Mapping[Kind, int]
) -> Taken | None:
    """Judge and copy; None when exactly this bundle was taken before. Raises `BadMedium`.

    `held` are the serials of what the player goes by: a bundle from before them is refused also
    where no floor could be raised, because the clock was unsure.
    """
    keys = medium.small(KEYS, MAX_SEALED_BYTES)
    standing, new_keys = _with_keys(standing, keys, now)
    index, moment = _index(medium, standing, now)
    if index is None:
        return None
    borrows = moment > now + MAX_AHEAD
    at = moment if borrows else now
    listed = {one.topic: one for one in _listed(index)}
    manifest = _manifest(medium, standing, listed, at, held.get(Kind.MANIFEST, 0))
    documents = {Kind.KEYS: keys} if new_keys else {}
    documents[Kind.MANIFEST] = manifest.sealed
    whole = _document_of(manifest)
    needed = [*_needs(medium, cache, whole).blobs]
    if not borrows:
        sets = _sets(medium, replace(standing, profile=whole.profile), listed, at)
        documents |= {one.kind: one.sealed for one in sets}
        needed += [ref for one in sets for ref in _pages(one) if medium.has(ref.sha256)]
    _copy(medium, cache, needed)
    return Taken(index, moment, borrows, documents)


def _with_keys(standing: Standing, sealed: bytes, now: int) -> tuple[Standing, bool]:
    """The standing under the key list of the bundle when it is newer, else as it is."""
    verdict = judge(standing, Kind.KEYS, sealed, now)
    if isinstance(verdict, Accepted) and isinstance(verdict.document, KeyList):
        return under(standing, verdict.document), True
    if standing.key_list is None and isinstance(verdict, Refusal):
        raise BadMedium(verdict.sentence)
    return standing, False


def _index(medium: Medium, standing: Standing, now: int) -> tuple[Accepted | None, int]:
    sealed = medium.small(INDEX, MAX_SEALED_BYTES)
    verdict = judge_index(standing, sealed, now)
    if isinstance(verdict, Refusal):
        if verdict.same:
            return None, 0
        raise BadMedium(verdict.sentence)
    return verdict, verdict.document.issued_at


def _listed(index: Accepted) -> list[Carried]:
    return index.document.documents if isinstance(index.document, Bundle) else []


def _manifest(
    medium: Medium, standing: Standing, listed: Mapping[str, Carried], at: int, held: int
) -> Accepted:
    topic = topics.manifest(standing.fleet, standing.display)
    if (one := listed.get(topic)) is None:
        raise BadMedium(f"the bundle has nothing for display {standing.display}")
    # Judged as if it had never been seen: the one at hand comes again with its blobs.
    anew = replace(standing, floors=_without(standing, Kind.MANIFEST), held=frozenset())
    verdict = judge(anew, Kind.MANIFEST, medium.blob(one.sha256, one.bytes), at)
    if isinstance(verdict, Refusal):
        raise BadMedium(verdict.sentence)
    floor = standing.floors.get(standing.floor_name(Kind.MANIFEST))
    known = floor.serial if floor and floor.epoch >= verdict.document.epoch else 0
    if verdict.document.serial < max(known, held):
        raise BadMedium(f"the manifest {verdict.document.serial} is older than what is held")
    return verdict


def _without(standing: Standing, kind: Kind) -> dict[str, Floor]:
    name = standing.floor_name(kind)
    return {key: floor for key, floor in standing.floors.items() if key != name}


def _document_of(accepted: Accepted) -> Manifest:
    if not isinstance(accepted.document, Manifest):
        raise TypeError("judged as a manifest, but it is none")
    return accepted.document


def _sets(
    medium: Medium, standing: Standing, listed: Mapping[str, Carried], at: int
) -> list[Accepted]:
    """The sets of the profile that are newer than those at hand."""
    made: dict[Kind, Callable[[str, str], str]] = {
        Kind.ALERTS: topics.alerts,
        Kind.DRILLS: topics.drills,
        Kind.HOLDS: topics.holds,
    }
    found = []
    for kind, topic in made.items():
        if one := listed.get(topic(standing.fleet, standing.profile)):
            verdict = judge(standing, kind, medium.blob(one.sha256, one.bytes), at)
            if isinstance(verdict, Accepted):
                found.append(verdict)
            elif not (verdict.same or verdict.older):
                raise BadMedium(verdict.sentence)
    return found


def _pages(accepted: Accepted) -> list[BlobRef]:
    """The pages that a set names; one that is not on the medium comes another way, or never."""
    document = accepted.document
    if isinstance(document, AlertSet):
        entries, _ = documents_of.alert_entries(document.entries)
        return [page.blob for entry in entries for page in entry.pages]
    if isinstance(document, HoldSet):
        holds, _ = documents_of.hold_entries(document.entries)
        return [page.blob for hold in holds if isinstance(hold, Meeting) for page in hold.pages]
    return []


def _needs(medium: Medium, cache: Cache, manifest: Manifest) -> Needs:
    refs = {ref.sha256: ref for ref in Staging(lambda _: None).needs_of(manifest).blobs}

    def read(sha256: str) -> bytes | None:
        size = refs[sha256].bytes if sha256 in refs else 0
        if not 0 < size <= MAX_DOCUMENT_BYTES:
            return None
        return cache.read(sha256) or medium.blob(sha256, size)

    needs = Staging(read).needs_of(manifest)
    if len(needs.blobs) > MAX_BLOBS:
        raise BadMedium(f"the manifest names {len(needs.blobs)} blobs, more than {MAX_BLOBS}")
    return needs


def _copy(medium: Medium, cache: Cache, needed: list[BlobRef]) -> None:
    """Copy what the cache lacks; one file that is not what its name says refuses them all."""
    missing = [ref for ref in needed if not cache.has(ref.sha256)]
    if sum(ref.bytes for ref in missing) > cache.disk_free():
        raise BadMedium("there is no room on this disk for the bundle")
    for ref in missing:
        _copy_one(medium, cache, ref)


def _copy_one(medium: Medium, cache: Cache, ref: BlobRef) -> None:
    try:
        cache.make_room(ref.bytes)
        medium.copy(ref.sha256, ref.bytes, cache.part(ref.sha256))
        adopted = cache.adopt_part(ref.sha256)
    except (CacheFull, OSError) as error:
        raise BadMedium(f"the bundle can't be copied: {error}") from error
    if not adopted:
        raise BadMedium(f"file {ref.sha256[:12]} is not what its name says")
