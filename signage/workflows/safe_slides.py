"""The safe slide of each display: what it shows when there is nothing else."""

import hashlib
from collections.abc import Mapping, Sequence

import structlog

from players.contract.types import BlobRef
from signage.domain.display import Display, Profile
from signage.domain.programme import ref
from signage.domain.rendition import Rendition
from signage.domain.units import Unit
from signage.render.fallback import render_safe
from signage.store import Store

log = structlog.get_logger()


def safe_slides(
    store: Store,
    displays: Sequence[Display],
    profiles: Mapping[str, Profile],
    units: Mapping[str, Unit],
) -> dict[str, BlobRef]:
    """Return the safe slide of each display, drawn once and kept: PNG bytes can't be made again.

    A display whose profile or unit is not there, or whose slide can't be drawn, has none.
    """
    subjects = {
        display.id: (_subject(display, units[display.unit]), display.profile)
        for display in displays
        if display.profile in profiles and display.unit in units
    }
    found = {
        (one.subject_hash, one.profile): one
        for one in store.renditions.of_subjects({subject for subject, _ in subjects.values()})
        if store.blobs.has(one.blob)  # a restored backup can know of a picture that it lacks
    }
    lacking = {
        subjects[display.id]: display
        for display in displays
        if display.id in subjects and subjects[display.id] not in found
    }
    drawn = _drawn(store, lacking, profiles, units)
    if drawn:
        with store.transaction():
            for rendition in drawn.values():
                store.renditions.save(rendition)
    every = found | drawn
    return {display: ref(every[key]) for display, key in subjects.items() if key in every}


def _subject(display: Display, unit: Unit) -> str:
    return hashlib.sha256(f"safe\n{display.name}\n{unit.name}".encode()).hexdigest()


def _drawn(
    store: Store,
    lacking: Mapping[tuple[str, str], Display],
    profiles: Mapping[str, Profile],
    units: Mapping[str, Unit],
) -> dict[tuple[str, str], Rendition]:
    drawn = {}
    for key, display in lacking.items():
        profile, unit = profiles[display.profile], units[display.unit]
        try:
            drawn[key] = _draw(store, key[0], display.name, profile, unit.name)
        except OSError:
            raise  # a full disk is everybody's trouble, and is tried again
        except Exception:
            # One name or profile that the renderer stumbles over must not stop all the others.
            log.exception("a safe slide can't be drawn", display=display.id)
    return drawn


def _draw(
    store: Store, subject: str, display_name: str, profile: Profile, unit_name: str
) -> Rendition:
    frame = render_safe(profile, display_name, unit_name)
    return Rendition(
        subject_hash=subject,
        kind="slide",
        profile=profile.id,
        area_w=profile.width,
        area_h=profile.height,
        blob=store.blobs.put(frame.bytes),
        media_type=frame.media_type,
        width=frame.width,
        height=frame.height,
        bytes=len(frame.bytes),
    )
