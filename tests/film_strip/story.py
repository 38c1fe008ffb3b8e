"""What is filmed: a day of a display, from its first slide to the all clear."""

from collections.abc import Iterator

from msgspec.structs import replace

from players.contract import topics
from players.contract.alerts import Page
from players.contract.holds import Blank, Meeting, SafeSlide
from players.contract.limits import COMMS_LOSS_AFTER, HOUR, MINUTE, SECOND
from players.contract.manifest import Fallbacks
from players.contract.playlist import FILM_TYPE, SlideItem, VideoItem, Zone
from players.contract.types import BlobRef
from signage.domain.arrangement import HEADER, MAIN, SIDE, areas_of, sizes_of
from signage.domain.display import Profile
from signage.domain.slide import Slide, TickerLine
from signage.render import fallback
from signage.render.alert_pages import AlertWords, render_alert
from signage.render.contact_sheet import ALERT, SLIDES, TICKERS, landscape
from signage.render.figures import almanac_of
from signage.render.frames import Frame, render_slide
from signage.render.meeting import render_meeting
from signage.render.tickers import band_height, render_strip
from tests.players.rig import Rig
from tests.signage.ingest.bad_films import film

BESIDE = {
    SIDE: ("clock", {"title": ""}),
    HEADER: ("header", {"text": "UBND phường Hội Phú"}),
}
BRIEF = [
    Slide(id=name, layout="slogan", fields={"text": text})
    for name, text in (("power", "Cắt điện 25/11"), ("call", "Gọi 1022"))
]
UNIT = "Trung tâm điều hành Pleiku"


class Story:
    """Tells `rig` what to show on `profile`; each step gives the name of what is on the glass."""

    def __init__(self, rig: Rig, profile: Profile) -> None:
        self.rig, self.profile, self.controller = rig, profile, rig.controller
        self._playlists = 0

    def tell(self) -> Iterator[str]:
        """Go through all of it."""
        self.rig.settle()
        yield "nothing held yet"
        self.rig.hears_keys()
        self.rig.hears_manifest(self._manifest())
        self.passes(50)
        yield "nothing scheduled: safe slide"
        for part in (self.transitions, self.widgets, self.tickers, self.zones, self.films):
            yield from part()
        for part in (self.commands, self.holds, self.alerts, self.drills, self.losses):
            yield from part()

    def transitions(self) -> Iterator[str]:
        for how in ("cut", "crossfade", "slide"):
            yield from self._transition(how)

    def _transition(self, how: str) -> Iterator[str]:
        slides = [self.slide(SLIDES[name], transition=how) for name in ("notice-short", "slogan")]
        self.plays(*slides)
        yield f"{how}: before"
        self.to_the_next()
        for wait in (120, 120) if how != "cut" else (0,):
            self.passes(wait)
            yield f"{how}: on its way"
        self.passes(600)
        yield f"{how}: after"

    def widgets(self) -> Iterator[str]:
        for name in ("clock-named", "countdown", "bulletin"):
            self.plays(self.slide(SLIDES[name]))
            yield name
        self.plays(self.slide(SLIDES["countdown"]))
        self.passes(3 * SECOND)
        yield "countdown, three seconds on"

    def tickers(self) -> Iterator[str]:
        if self.profile.traffic:
            return
        one = [TickerLine(id="1", text="Chiều nay có mưa dông", speed=2)]
        for name, lines in (("one short line", one), ("two lines", TICKERS)):
            strip = render_strip(lines, self.profile, alone=False)
            area = self._above(strip.frame.height)
            slide = self.slide(BRIEF[0], area)
            ticker = self.controller.ticker(strip.frame.bytes, step=strip.step)
            self.plays(slide, ticker=ticker)
            for wait in (0, 1000, 5000):
                self.passes(wait)
                yield f"ticker of {name}, {wait} ms on"

    def _above(self, band: int) -> tuple[int, int]:
        return self.profile.width, self.profile.height - band

    def zones(self) -> Iterator[str]:
        for arrangement in ("side", "header"):
            band = 0 if self.profile.traffic else band_height(self.profile)
            head = band_height(self.profile) if self.profile.width <= 512 else 100
            sizes = sizes_of(arrangement, self.profile.size, band=band, head=head)
            areas = areas_of(sizes)
            name = next(one for one in sizes if one != MAIN)
            small = name == SIDE and self.profile.width < 256  # a clock has no room there
            layout, words = ("slogan", {"text": "1022"}) if small else BESIDE[name]
            beside = self.slide(Slide(id=name, layout=layout, fields=words), sizes[name])
            zone = Zone(id=name, items=self._raw(beside), area=areas[name])
            slides = [self.slide(one, sizes[MAIN], transition="slide") for one in BRIEF]
            strip = render_strip(TICKERS, self.profile, alone=False) if band else None
            ticker = self.controller.ticker(strip.frame.bytes, step=strip.step) if strip else None
            self.plays(*slides, ticker=ticker, zones=[zone], area=areas[MAIN])
            yield f"zone: {arrangement}"
            self.to_the_next()
            self.passes(150)
            yield f"zone: {arrangement}, its slides change"

    def films(self) -> Iterator[str]:
        whole = self.video(self.profile.size)
        self.plays(whole, self.slide(SLIDES["slogan"]))
        for wait in (100, 1500):
            self.passes(wait)
            yield f"film, {wait} ms on"
        sizes = sizes_of("side", self.profile.size, band=0, head=0)
        areas = areas_of(sizes)
        pane = Zone(id=SIDE, items=self._raw(self.video(sizes[SIDE])), area=areas[SIDE])
        self.plays(self.slide(BRIEF[0], sizes[MAIN]), zones=[pane], area=areas[MAIN])
        self.passes(700)
        yield "film in a pane"

    def commands(self) -> Iterator[str]:
        self.plays(self.slide(SLIDES["notice-short"]))
        for act, words in (("identify", "Bảng LED trước UBND · ubnd"), ("test_pattern", "")):
            topic = topics.commands(self.controller.fleet, self.controller.display)
            self.rig.hears(topic, self.controller.command(act, words=words))
            self.passes(100)
            yield act
            self.passes(MINUTE)

    def holds(self) -> Iterator[str]:
        pages = [self._page(render_meeting(self.profile, self.controller.now() + HOUR))]
        kinds = ((Blank, {}), (SafeSlide, {}), (Meeting, {"pages": pages}))
        for kind, fields in kinds:
            self.rig.hears_holds(self.controller.holds(self.controller.hold(kind, **fields)))
            self.passes(100)
            yield f"hold: {kind.__name__}"
        self.rig.hears_holds(self.controller.holds())

    def alerts(self) -> Iterator[str]:
        yield from self._alert("alert", ALERT, self.rig.hears_alerts, self.controller.alerts)
        clear = self.controller.all_clear(
            pages=self._pages(replace(ALERT, kind="all_clear", body=""))
        )
        self.rig.hears_alerts(self.controller.alerts(clear))
        self.passes(100)
        yield "all clear"
        self.rig.hears_alerts(self.controller.alerts())
        self.passes(100)
        yield "after the all clear"
        bare = self.controller.alert("bare", pages=[Page(blob=self._gone(), seconds=10)])
        self.rig.hears_alerts(self.controller.alerts(bare))
        self.passes(100)
        yield "alert whose page never came"
        self.rig.hears_alerts(self.controller.alerts())

    def drills(self) -> Iterator[str]:
        words = replace(ALERT, kind="drill")
        yield from self._alert("drill", words, self.rig.hears_drills, self.controller.drills)
        bare = self.controller.alert("bare", pages=[Page(blob=self._gone(), seconds=10)])
        self.rig.hears_drills(self.controller.drills(bare))
        self.passes(100)
        yield "drill whose page never came"
        self.rig.hears_drills(self.controller.drills())

    def _alert(self, name, words: AlertWords, hear, seal) -> Iterator[str]:
        hear(seal(self.controller.alert(pages=self._pages(words))))
        self.passes(100)
        yield f"{name} in"
        self.passes(10 * SECOND)
        yield f"{name}, ten seconds on"
        amended = replace(words, level=4, area="Toàn phường Hội Phú", body="Lên chỗ cao ngay.")
        hear(seal(self.controller.alert(pages=self._pages(amended), revision=2)))
        self.passes(100)
        yield f"{name} amended"

    def losses(self) -> Iterator[str]:
        self.controller.answers_time = False
        self.rig.hears_manifest(self._manifest(valid_until=self.controller.now() + 40 * MINUTE))
        self.passes(COMMS_LOSS_AFTER + MINUTE)
        yield "controller lost, nothing scheduled"
        self.passes(HOUR)
        yield "programme at its end"

    # How it is told

    def plays(self, *items: SlideItem | VideoItem, **document: object) -> None:
        """Have a playlist on the glass, right after its first item came on."""
        self._playlists += 1
        name = f"playlist-{self._playlists}"
        lunar = list(almanac_of(self.controller.now()).lunar)
        entry = self.controller.entry(*items, id=name, lunar=lunar, **document)
        self.rig.hears_beat()
        self.rig.hears_manifest(self._manifest(entry))
        self.rig.until(lambda: self.rig.reason == name)
        loop = 1000 * sum(getattr(one, "seconds", 8) for one in items)
        self.passes(loop - self.controller.now() % loop)

    def to_the_next(self) -> None:
        """Let time pass up to the moment at which the next slide of ten seconds comes on."""
        self.passes(10 * SECOND - self.controller.now() % (10 * SECOND))

    def _manifest(self, *entries, **fields: object) -> bytes:
        words = (fallback.COMMS_LOSS, fallback.POWER_RECOVERY, fallback.END_OF_PROGRAMME)
        drawn = [self._kept(fallback.render_fallback(self.profile, UNIT, one)) for one in words]
        safe = self._kept(fallback.render_safe(self.profile, self.profile.name, UNIT))
        names = dict(zip(("comms_loss", "power_recovery", "end_of_programme"), drawn, strict=True))
        return self.controller.manifest(
            *entries, **{"safe": safe, "fallbacks": Fallbacks(**names), **fields}
        )

    def passes(self, milliseconds: float) -> None:
        self.rig.passes(milliseconds)
        for _ in range(3):
            self.rig.settle()

    def slide(
        self, slide: Slide, area: tuple[int, int] | None = None, **fields: object
    ) -> SlideItem:
        area = area or self.profile.size
        drawn = render_slide(slide, self.profile, area=area, picture=landscape(1600, 1200))
        for one in drawn.figures:
            ref = one.widget.sheet
            self.controller.blob(one.sheet, ref.media_type, (ref.width, ref.height))
        figures = [one.widget for one in drawn.figures]
        known: dict[str, object] = {"seconds": 10, "widgets": figures, **fields}
        return SlideItem(id=slide.id, blob=self._kept(drawn), **known)

    def video(self, size: tuple[int, int]) -> VideoItem:
        even = (size[0] // 2 * 2, size[1] // 2 * 2)
        moving = film(size=even, seconds=4.0, still=landscape(*even))
        poster = self.slide(SLIDES["full_picture"], size).blob
        blob = self.controller.blob(moving, FILM_TYPE, even)
        return VideoItem(id="film", poster=poster, film=blob, length_ms=4000, shown_ms=8000)

    def _raw(self, *items: SlideItem | VideoItem):
        from players.contract import documents

        return [documents.raw(item) for item in items]

    def _pages(self, words: AlertWords) -> list[Page]:
        until = replace(words, until_ms=self.controller.now() + HOUR)
        return [self._page(frame) for frame in render_alert(until, self.profile)]

    def _page(self, frame: Frame) -> Page:
        kept = self._kept(frame)
        self.rig.hears_page(frame.bytes, kept.sha256)
        return Page(blob=kept, seconds=6)

    def _kept(self, frame: Frame) -> BlobRef:
        return self.controller.blob(frame.bytes, frame.media_type, (frame.width, frame.height))

    def _gone(self) -> BlobRef:
        missing = self.controller.picture("gold")
        self.controller.blobs.pop(missing.sha256, None)
        return missing
