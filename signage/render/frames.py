"""Frames: one rendered picture for one profile, named by the hash of its encoded bytes."""

import builtins
import hashlib
import io
from collections.abc import Iterable

import msgspec
from PIL import Image

from players.contract.types import BlobRef
from players.contract.widgets import Widget
from signage.domain.display import Profile
from signage.domain.finding import Finding
from signage.domain.sentences import N_, Refused
from signage.domain.slide import Slide
from signage.render.contents import Standing, contents_of
from signage.render.coverage import refuse_missing_letters
from signage.render.findings.measured import measured
from signage.render.fitting import TooMuch
from signage.render.layout import Illegible, Layout, Page, checked_words, too_much
from signage.render.layouts import LAYOUTS
from signage.render.legibility import face_files
from signage.render.typefaces import NOTO_SANS

__all__ = ["Frame", "Illegible", "checked_slide", "encoded", "render_slide"]

JPEG_QUALITY = 92
# A board's photo is small whatever it is packed in, and its letters must stay clean.
_MAX_LOSSLESS_PX = 512 * 512


class FiguresFrame(msgspec.Struct, frozen=True):
    """A widget as documents tell it, and the encoded sheet that its glyphs are copied from."""

    sheet: builtins.bytes
    widget: Widget


class Frame(msgspec.Struct, frozen=True):
    """An encoded picture without metadata; `sha256` (hex) names its bytes.

    `findings` is what was measured on it while it was drawn, `figures` what players copy onto it.
    """

    bytes: builtins.bytes
    media_type: str
    width: int
    height: int
    sha256: str
    findings: tuple[Finding, ...] = ()
    figures: tuple[FiguresFrame, ...] = ()


def render_slide(
    slide: Slide, profile: Profile, *, area: tuple[int, int], picture: Image.Image | None
) -> Frame:
    """Draw `slide` at exactly `area` px (width, height) for `profile`.

    `picture` is the clean asset the slide names, or None. Raises Refused when the slide itself
    is wrong, Illegible when its words can't be read on this profile.
    """
    layout = _layout_of(slide)
    words = checked_words(layout, slide)
    for name, text in words.items():
        refuse_missing_letters(text, face_files(profile), field=name)
    if layout.picture and picture is None:
        raise Refused(N_("Ảnh của trang chiếu này không còn. Hãy chọn ảnh khác."), field="picture")
    page = Page(profile, area, words, picture, slide.fit)
    try:
        drawn = layout.draw(page)
    except TooMuch as much:  # not the officer's words, but what the layout itself writes
        raise too_much(page, much.words) from None
    frame = encoded(drawn, measured(drawn, words, profile))
    return msgspec.structs.replace(frame, figures=_figures(drawn))


def _figures(drawn: Image.Image) -> tuple[FiguresFrame, ...]:
    """Return what stands on a drawn page as documents tell it."""
    return tuple(_standing(one) for one in contents_of(drawn).standing)


def _standing(one: Standing) -> FiguresFrame:
    sheet = encoded(one.sheet)
    ref = BlobRef(
        sha256=sheet.sha256,
        bytes=len(sheet.bytes),
        media_type=sheet.media_type,
        width=sheet.width,
        height=sheet.height,
    )
    widget = Widget(
        sheet=ref,
        glyphs=list(one.glyphs),
        x=one.left,
        y=one.top,
        width=one.width,
        says=list(one.says),
        align=one.align,
        to=one.to,
        then=list(one.then),
    )
    return FiguresFrame(sheet.bytes, widget)


def checked_slide(slide: Slide) -> Slide:
    """Return `slide` with cleaned words; raise Refused when a field is wrong on any display."""
    layout = _layout_of(slide)
    words = checked_words(layout, slide)
    for name, text in words.items():
        refuse_missing_letters(text, (NOTO_SANS,), field=name)
    return msgspec.structs.replace(slide, fields=words)


def encoded(picture: Image.Image, findings: Iterable[Finding] = ()) -> Frame:
    """Return `picture` as a frame: mode P as PNG, mode RGB as JPEG or, when small, as PNG."""
    stream = io.BytesIO()
    small = picture.width * picture.height <= _MAX_LOSSLESS_PX
    if picture.mode == "P" or small:
        picture.save(stream, "PNG", compress_level=1)
        media_type = "image/png"
    else:
        picture.save(stream, "JPEG", quality=JPEG_QUALITY, subsampling=0)
        media_type = "image/jpeg"
    data = stream.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    return Frame(data, media_type, *picture.size, digest, tuple(findings))


def _layout_of(slide: Slide) -> Layout:
    layout = LAYOUTS.get(slide.layout)
    if layout is None:
        raise Refused(
            N_("Không có mẫu “{layout}”. Hãy chọn một trong: {known}."),
            field="layout",
            layout=slide.layout,
            known=", ".join(LAYOUTS),
        )
    return layout
