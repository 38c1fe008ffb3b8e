"""Slides that are films: each size of display gets its own copy, made by a background job."""

import msgspec

from signage.clock import now_ms
from signage.domain.display import Profile
from signage.domain.finding import Finding
from signage.domain.fit import fills, share_lost
from signage.domain.jobs import GAVE_UP, WHOLE, Job
from signage.domain.media import Asset
from signage.domain.rendition import FilmCopy, Rendition
from signage.domain.sentences import N_, Refused
from signage.domain.slide import Slide, slide_hash
from signage.domain.video import SHARE_THAT_MAY_GO, VideoRendition, film_size
from signage.render.findings.cuts import cut_off
from signage.render.layout import Illegible
from signage.store import Store
from signage.workflows.media.converting import rendition_job

TRY_AGAIN_AFTER = 10 * 60_000
"""Milliseconds until a copy that could not be made is tried once more."""
_MINUTE = 60


class NotOnRoads(Illegible):
    """Something that moves, on a board that drivers see; the playlist shows there without it."""


class NotYet(Refused):
    """The film for this size of display is still being made; looking again later helps."""


def film_of(store: Store, slide: Slide, profile: Profile, area: tuple[int, int]) -> Rendition:
    """Return the film of `slide` for `area` px of a display, with its poster as the picture.

    Raises NotOnRoads where drivers pass, NotYet while the film is being made (it is asked for
    here), and Refused when it can't be.
    """
    if slide.is_left_out(profile):
        raise NotOnRoads(
            N_(
                "“{name}” ở cạnh đường giao thông nên không chiếu video. Bảng này bỏ qua"
                " trang video, chỉ chiếu các trang khác của danh sách; cần có ít nhất một trang"
                " như vậy."
            ),
            name=profile.name,
        )
    size = film_size(area)
    film = store.videos.find(slide.video or "", size, slide.fit)
    if film is None or not (store.blobs.has(film.blob) and store.blobs.has(film.poster)):
        raise _reason_to_wait(store, _video(store, slide), profile, size, slide.fit)
    return msgspec.structs.replace(
        _rendition(slide, profile, area, film),
        findings=tuple(_cut(_video(store, slide), size, slide.fit, profile)),
    )


def _cut(video: Asset, size: tuple[int, int], fit: str, profile: Profile) -> list[Finding]:
    shape = (video.width, video.height)
    cut = fills(fit, shape, size, may_go=SHARE_THAT_MAY_GO)
    return cut_off(share_lost(shape, size) if cut else 0, profile.id)


def _rendition(
    slide: Slide, profile: Profile, area: tuple[int, int], film: VideoRendition
) -> Rendition:
    return Rendition(
        subject_hash=slide_hash(slide),
        kind="slide",
        profile=profile.id,
        area_w=area[0],
        area_h=area[1],
        blob=film.poster,
        media_type="image/jpeg",
        width=film.width,
        height=film.height,
        bytes=film.poster_bytes,
        film=FilmCopy(
            blob=film.blob, bytes=film.bytes, length_ms=film.seconds_ms, sound=film.sound
        ),
    )


def _video(store: Store, slide: Slide) -> Asset:
    """Return the library's film of a slide, of whichever unit."""
    for asset in store.assets.by_original(slide.video or ""):
        if asset.kind == "video" and asset.state == "ready":
            return asset
    raise Refused(N_("Video này không còn. Hãy tải lại video."), field="video")


def _reason_to_wait(
    store: Store, video: Asset, profile: Profile, size: tuple[int, int], fit: str
) -> Refused:
    """Ask for the copy, unless that was done, and return what to tell in the meantime."""
    at = now_ms()
    wanted = rendition_job(video, size, fit=fit, by=video.uploaded_by, at=at)
    same = [
        job
        for job in store.jobs.of_subject(video.unit, video.sha256)
        if (job.kind, job.detail) == (wanted.kind, wanted.detail)
    ]
    last = same[0] if same else None
    if last and last.state == "failed" and at - (last.finished_at or 0) < TRY_AGAIN_AFTER:
        said = last.said or GAVE_UP
        return Refused(said.msgid, field="video", **said.params)
    if last is None or last.is_over:
        with store.transaction():
            last = store.jobs.add(wanted)
    return _not_yet(last, profile, at)


def _not_yet(job: Job, profile: Profile, at: int) -> NotYet:
    left = job.remaining_ms(at)
    if left is None:
        return NotYet(
            N_("Video cho “{name}” đang được chuẩn bị, đã xong {percent} %. Hãy chờ một lát."),
            name=profile.name,
            percent=job.progress * 100 // WHOLE,
        )
    seconds = max(5, -(-left // 5000) * 5)
    if seconds < 2 * _MINUTE:
        return NotYet(
            N_(
                "Video cho “{name}” đang được chuẩn bị, đã xong {percent} %,"
                " còn khoảng {seconds} giây."
            ),
            name=profile.name,
            percent=job.progress * 100 // WHOLE,
            seconds=seconds,
        )
    return NotYet(
        N_(
            "Video cho “{name}” đang được chuẩn bị, đã xong {percent} %, còn khoảng {minutes} phút."
        ),
        name=profile.name,
        percent=job.progress * 100 // WHOLE,
        minutes=-(-seconds // _MINUTE),
    )
