"""The fallback slides of each display: what it shows when there is nothing else."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
import structlog

from players.contract.manifest import Fallbacks
from players.contract.types import BlobRef
from signage.domain.display import Display, Profile
from signage.domain.programme import ref
from signage.domain.rendition import Rendition
from signage.domain.units import Unit
from signage.render.fallback import (
    COMMS_LOSS,
    END_OF_PROGRAMME,
    POWER_RECOVERY,
    render_fallback,
)
from signage.store import Store

log = structlog.get_logger()


WORDS = {
    "comms_loss": COMMS_LOSS,
    "power_recovery": POWER_RECOVERY,
    "end_of_programme": END_OF_PROGRAMME,
}
"""What each of the `Fallbacks` says."""


class Slides(msgspec.Struct, frozen=True):
    """The safe slide of a display, and what else it may fall back on."""

    safe: BlobRef
    fallbacks: Fallbacks

    def names(self) -> frozenset[str]:
        """The blobs that a player needs for them."""
        return frozenset(blob.sha256 for blob in (self.safe, *self.fallbacks.blobs()))


class _Slide(NamedTuple):
    """A slide to draw: on this profile, for this unit, with these words below its name."""

    profile: str
    unit: str
    words: str

    def subject(self) -> str:
        return hashlib.sha256(f"safe\n{self.words}\n{self.unit}".encode()).hexdigest()


def safe_slides(
    store: Store,
    displays: Sequence[Display],
    profiles: Mapping[str, Profile],
    units: Mapping[str, Unit],
) -> dict[str, Slides]:
    """Return the slides of each display, drawn once and kept: PNG bytes can't be made again.

    A display whose profile or unit is not there, or whose safe slide can't be drawn, has none;
    another slide that can't be drawn is left out.
    """
    here = [one for one in displays if one.profile in profiles and one.unit in units]
    wanted = {
        display.id: {
            name: _Slide(display.profile, units[display.unit].name, words)
            for name, words in {"safe": display.name, **WORDS}.items()
        }
        for display in here
    }
    slides = {slide for of_display in wanted.values() for slide in of_display.values()}
    drawn = _found(store, slides)
    new = _drawn(store, slides - drawn.keys(), profiles)
    if new:
        with store.transaction():
            for rendition in new.values():
                store.renditions.save(rendition)
    refs = {slide: ref(rendition) for slide, rendition in (drawn | new).items()}
    return {
        display: Slides(
            refs[of_display["safe"]],
            Fallbacks(**{name: refs.get(of_display[name]) for name in WORDS}),
        )
        for display, of_display in wanted.items()
        if of_display["safe"] in refs
    }


def _found(store: Store, slides: set[_Slide]) -> dict[_Slide, Rendition]:
    kept = {
        (one.subject_hash, one.profile): one
        for one in store.renditions.of_subjects({slide.subject() for slide in slides})
        if store.blobs.has(one.blob)  # a restored backup can know of a picture that it lacks
    }
    keys = {slide: (slide.subject(), slide.profile) for slide in slides}
    return {slide: kept[key] for slide, key in keys.items() if key in kept}


def _drawn(
    store: Store, lacking: set[_Slide], profiles: Mapping[str, Profile]
) -> dict[_Slide, Rendition]:
    drawn = {}
    for slide in lacking:
        try:
            drawn[slide] = _draw(store, slide, profiles[slide.profile])
        except OSError:
            raise  # a full disk is everybody's trouble, and is tried again
        except Exception:
            # One name or profile that the renderer stumbles over must not stop all the others.
            log.exception(
                "a fallback slide can't be drawn", profile=slide.profile, says=slide.words
            )
    return drawn


def _draw(store: Store, slide: _Slide, profile: Profile) -> Rendition:
    frame = render_fallback(profile, slide.unit, slide.words)
    return Rendition(
        subject_hash=slide.subject(),
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
