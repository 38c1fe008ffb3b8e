"""From what somebody wrote to a slide: its picture or film is there, its words are in order."""

import msgspec

from signage.domain.fit import AUTO, checked_fit
from signage.domain.media import Asset
from signage.domain.names import NotFound
from signage.domain.people import User
from signage.domain.sentences import N_, Refused
from signage.domain.slide import MAX_FILM_SLIDE_SECONDS, Slide, Words, checked_seconds
from signage.domain.video import seconds_of
from signage.render.layouts import takes_film, takes_fit
from signage.store import Store
from signage.workflows.accounts.permission import visible_units
from signage.workflows.content.spoken import checked_versions


def checked_slide(store: Store, slide_id: str, words: Words, *, by: User) -> Slide:
    """Return a slide with its words cleaned; raises Refused for a wrong field, picture or film."""
    fit = checked_fit(words.fit) if takes_fit(words.layout) else AUTO
    if takes_film(words.layout):
        film = Slide(id=slide_id, layout=words.layout, fields=words.fields, fit=fit)
        return checked_versions(_with_film(store, film, words, by=by))
    slide = msgspec.structs.replace(words.as_slide(slide_id), video=None, fit=fit)
    checked_seconds(slide.seconds)
    if slide.picture is not None:
        _require_picture(store, slide.picture, by=by)
    return checked_versions(slide)


def _with_film(store: Store, slide: Slide, words: Words, *, by: User) -> Slide:
    """Return the slide with its film, the film's still, and the film's length by default."""
    if not words.video:
        raise Refused(
            N_("Trang chiếu này cần một đoạn video. Hãy chọn video trong thư viện."), field="video"
        )
    film = _film(store, words.video, by=by)
    seconds = words.seconds
    if seconds is None:
        seconds = seconds_of(film.seconds_ms or 0)
    return msgspec.structs.replace(
        slide,
        video=film.sha256,
        picture=film.clean_sha256,
        seconds=checked_seconds(seconds, MAX_FILM_SLIDE_SECONDS),
    )


def _film(store: Store, sha256: str, *, by: User) -> Asset:
    units = visible_units(store, by)
    for asset in store.assets.by_original(sha256):
        if asset.unit in units and asset.kind == "video":
            if asset.state != "ready":
                raise Refused(
                    N_("Video chưa xử lý xong. Hãy chờ xong ở thư viện rồi chọn lại."),
                    field="video",
                )
            return asset
    raise NotFound(N_("Không có video này trong thư viện. Hãy chọn video khác."), field="video")


def _require_picture(store: Store, clean_sha256: str, *, by: User) -> None:
    units = {asset.unit for asset in store.assets.by_clean(clean_sha256)}
    if units.isdisjoint(visible_units(store, by)):
        raise NotFound(N_("Không có ảnh này trong thư viện. Hãy chọn ảnh khác."), field="picture")
