"""Operations that draw: a playlist, or words not saved yet, at the pixels of each display."""

import msgspec
from flask import url_for

from signage.domain.finding import Finding, Severity
from signage.domain.language import VIETNAMESE
from signage.domain.people import Action
from signage.domain.rendition import Rendition
from signage.domain.slide import Words
from signage.web.api.operations import operation
from signage.web.context import person, store
from signage.web.language import english
from signage.workflows.content import editing, previewing
from signage.workflows.content.previewing import Preview


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What to change: "refuse" keeps a slide off the display, "warn" is told, "note" is a hint."""

    code: str
    severity: Severity
    field: str | None
    message_vi: str
    message_en: str


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A slide in one language, or the ticker when `slide` is null, on a profile: or why not.

    `further` are the addresses of the pages after the first, for words that need several, `film`
    that of the film whose poster the picture is. `findings` says what to change, the gravest first.
    """

    profile: str
    subject_hash: str
    slide: str | None
    address: str | None
    rendition: Rendition | None
    film: str | None = None
    refused_vi: str | None = None
    refused_en: str | None = None
    findings: list[Told] = []
    language: str = VIETNAMESE
    further: list[str] = []


@operation(
    "GET",
    "/playlists/<playlist_id>/previews",
    needs=Action.VIEW,
    summary="Draw everything at the pixels of each target",
    gives=list[Picture],
)
def preview_playlist(playlist_id: str) -> list[Picture]:
    return [picture(one) for one in previewing.previews(store(), playlist_id, by=person())]


@operation(
    "POST",
    "/playlists/<playlist_id>/try",
    needs=Action.EDIT,
    summary="Draw words that are not saved",
    body=Words,
    gives=list[Picture],
)
def try_slide(playlist_id: str, body: Words) -> list[Picture]:
    draft = editing.playlist(store(), playlist_id, by=person()).draft
    return [
        picture(previewing.try_slide(store(), playlist_id, one.id, words, by=person()))
        for one in previewing.target_profiles(store(), draft)
        for words in body.spoken()
    ]


def picture(shown: Preview) -> Picture:
    """Return a drawn picture, or the refusal, with its findings as the interface tells them."""
    rendition, refusal = shown.rendition, shown.refusal
    saved = shown.slide is not None and shown.slide.id != previewing.UNSAVED
    return Picture(
        profile=shown.profile.id,
        subject_hash=shown.subject_hash,
        slide=shown.slide.id if shown.slide and saved else None,
        address=url_for("machine.preview", sha256=rendition.blob) if rendition else None,
        rendition=rendition,
        film=url_for("machine.preview", sha256=rendition.film.blob)
        if rendition and rendition.film
        else None,
        refused_vi=refusal.text() if refusal else None,
        refused_en=refusal.text(english) if refusal else None,
        findings=[told(one) for one in shown.findings],
        language=shown.slide.language if shown.slide else VIETNAMESE,
        further=[
            url_for("machine.preview", sha256=page.blob)
            for page in (rendition.further if rendition else ())
        ],
    )


def told(finding: Finding) -> Told:
    """Return a finding in both languages."""
    return Told(
        code=finding.code,
        severity=finding.severity,
        field=finding.field,
        message_vi=finding.text(),
        message_en=finding.text(english),
    )
