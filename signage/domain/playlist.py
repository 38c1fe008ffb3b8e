"""Playlists being edited: slides in order, ticker lines, and the displays they are meant for."""

import msgspec

from signage.domain.arrangement import HEADER, MAIN, SIDE, Staging, checked_staging
from signage.domain.names import checked_title
from signage.domain.sentences import N_, Refused
from signage.domain.slide import Slide, TickerLine, slide_hash, ticker_hash

MAX_SLIDES = 200
MAX_TICKERS = 20
MAX_SPOKEN = 500
"""Slides, counted once for each language: with all their pages a player takes the document."""


class Stale(Refused):
    """Someone else changed the playlist after the editor read it; neither change is lost."""


class PlaylistDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The content of a playlist: what is edited, submitted, hashed. `targets` are display ids.

    The slides of the zone at the side come after those of the main one.
    """

    id: str
    unit: str
    title: str
    slides: list[Slide] = msgspec.field(default_factory=list)
    tickers: list[TickerLine] = msgspec.field(default_factory=list)
    targets: list[str] = msgspec.field(default_factory=list)
    staging: Staging = Staging()

    def slides_of(self, zone: str) -> list[Slide]:
        """Return the slides that take turns in a zone."""
        return [slide for slide in self.slides if slide.zone == zone]

    def slide(self, slide_id: str) -> Slide:
        """Return the slide with this id, or raise Refused."""
        return self.slides[self._place_of(slide_id)]

    def spoken(self) -> list[Slide]:
        """Return every slide in each of its languages, in the order in which they show.

        The header, where there is one, comes last.
        """
        spoken = [one for slide in self.slides for one in slide.spoken()]
        if HEADER not in self.staging.zones or not spoken:
            return spoken
        fields = {"text": self.staging.header}
        return [*spoken, Slide(id=HEADER, layout=HEADER, fields=fields, zone=HEADER)]

    def subjects(self) -> list[str]:
        """Return the hash of each thing drawn: every slide in each language, then the strip."""
        hashes = list(dict.fromkeys(slide_hash(slide) for slide in self.spoken()))
        return [*hashes, ticker_hash(self.tickers)] if self.tickers else hashes

    def renamed(self, title: str) -> "PlaylistDraft":
        """Return the playlist under another title."""
        what = N_("Tên danh sách phát")
        return msgspec.structs.replace(self, title=checked_title(title, what=what))

    def staged(self, staging: Staging) -> "PlaylistDraft":
        """Return the playlist on another arrangement; slides of a zone that goes become main."""
        checked = checked_staging(staging)
        slides = self.slides
        if SIDE not in checked.zones:
            slides = [msgspec.structs.replace(slide, zone=MAIN) for slide in slides]
        return msgspec.structs.replace(self, staging=checked, slides=slides)

    def with_slide(self, slide: Slide) -> "PlaylistDraft":
        """Return the playlist with `slide` added, or replaced when its id is there already."""
        if any(other.id == slide.id for other in self.slides):
            slides = [slide if other.id == slide.id else other for other in self.slides]
        elif len(self.slides) >= MAX_SLIDES:
            raise Refused(
                N_("Danh sách phát đã đủ {limit} trang chiếu. Hãy xóa bớt hoặc tạo danh sách mới."),
                limit=MAX_SLIDES,
            )
        else:
            slides = [*self.slides, slide]
        if slide.zone not in {MAIN, SIDE} or slide.zone not in self.staging.zones:
            raise Refused(
                N_("Cách chia màn hình này không có phần đó. Hãy chọn lại."), field="zone"
            )
        if slide.video and slide.zone != MAIN:
            raise Refused(
                N_("Video chỉ chiếu được ở phần chính của màn hình. Hãy chọn phần chính."),
                field="zone",
            )
        new = msgspec.structs.replace(self, slides=sorted(slides, key=_zone_order))
        if len(new.spoken()) > MAX_SPOKEN:
            raise Refused(
                N_(
                    "Danh sách phát đã đủ {limit} trang, tính cả các bản ngữ."
                    " Hãy xóa bớt hoặc tạo danh sách mới."
                ),
                limit=MAX_SPOKEN,
            )
        return new

    def without_slide(self, slide_id: str) -> "PlaylistDraft":
        """Return the playlist without this slide."""
        gone = self._place_of(slide_id)
        slides = self.slides[:gone] + self.slides[gone + 1 :]
        return msgspec.structs.replace(self, slides=slides)

    def with_slide_moved(self, slide_id: str, place: int) -> "PlaylistDraft":
        """Return the playlist with this slide at `place`; 0 is first, beyond the end means last."""
        slides = self.without_slide(slide_id).slides
        slides.insert(max(place, 0), self.slide(slide_id))
        return msgspec.structs.replace(self, slides=sorted(slides, key=_zone_order))

    def with_ticker(self, line: TickerLine) -> "PlaylistDraft":
        """Return the playlist with this line added, or replaced when its id is there already."""
        if any(other.id == line.id for other in self.tickers):
            tickers = [line if other.id == line.id else other for other in self.tickers]
        elif len(self.tickers) >= MAX_TICKERS:
            raise Refused(
                N_("Danh sách phát đã đủ {limit} dòng chữ chạy. Hãy xóa bớt một dòng."),
                limit=MAX_TICKERS,
            )
        else:
            tickers = [*self.tickers, line]
        return msgspec.structs.replace(self, tickers=tickers)

    def without_ticker(self, line_id: str) -> "PlaylistDraft":
        """Return the playlist without this line."""
        tickers = [line for line in self.tickers if line.id != line_id]
        if len(tickers) == len(self.tickers):
            raise Refused(N_("Dòng chữ chạy này không còn nữa. Hãy tải lại trang."))
        return msgspec.structs.replace(self, tickers=tickers)

    def _place_of(self, slide_id: str) -> int:
        for place, slide in enumerate(self.slides):
            if slide.id == slide_id:
                return place
        raise Refused(N_("Trang chiếu này không còn nữa. Hãy tải lại trang."))


def _zone_order(slide: Slide) -> bool:
    return slide.zone != MAIN


class Playlist(msgspec.Struct, frozen=True, kw_only=True):
    """A playlist as the store keeps it: the draft, and who changed it when.

    `version` grows by one with each change; an edit names the version it was made on.
    """

    draft: PlaylistDraft
    version: int
    created_by: str
    created_at: int
    updated_by: str
    updated_at: int

    @property
    def id(self) -> str:
        """The playlist's id."""
        return self.draft.id

    @property
    def unit(self) -> str:
        """The unit whose playlist it is."""
        return self.draft.unit

    @property
    def title(self) -> str:
        """The playlist's title."""
        return self.draft.title
