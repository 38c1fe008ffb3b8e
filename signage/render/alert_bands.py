"""The bands of an alert page: the banner that says what it is, and what marks a drill."""

from contextlib import suppress
from copy import copy

from signage.domain.display import Profile
from signage.domain.sentences import N_
from signage.render.alert_livery import DRILL_BANNER, DRILL_BANNER_LONG, Livery
from signage.render.colours import BLACK, WHITE, luminance
from signage.render.fitting import Block, TooMuch, fit
from signage.render.layout import Illegible
from signage.render.legibility import is_led, ladder, least_size
from signage.render.sheet import Sheet
from signage.render.typefaces import BOLD

# Below this width a board has no room for the sign in the banner, and shows the headline on one
# page and the particulars on the next.
SMALL_BELOW_PX = 256
_ONE_LINE_SHARE = 0.7
# On a screen this many times as wide as high the particulars stand beside the headline.
STRIP_FROM = 3
_LEFT_SHARE = 0.58


class Measures:
    """The distances of an alert page on one profile, in px."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.width, self.height = profile.size
        self.led = is_led(profile)
        self.small = self.led and self.width < SMALL_BELOW_PX
        self.side = max(3, self.height // 32) if self.led else round(self.height * 0.075)
        self.pad = max(1, self.height // 64) if self.led else round(self.height * 0.026)
        self.least = least_size(profile, "alert")
        self.inner = self.width - 2 * self.side
        self.strip = not self.led and self.width >= STRIP_FROM * self.height

    def columns(self) -> "tuple[Measures, Measures]":
        """Return the same with what is to the left, and to the right, as its room."""
        left, right = copy(self), copy(self)
        left.inner = round(self.inner * _LEFT_SHARE)
        right.side = self.side + left.inner + 2 * self.side
        right.inner = self.width - self.side - right.side
        return left, right


def draw_drill(sheet: Sheet, measures: Measures, livery: Livery) -> tuple[int, int]:
    """Draw the drill bands at head and foot; return the top and bottom of the room between."""
    light = luminance(livery.banner_paper) > luminance(livery.banner_ink)
    ground, ink = (BLACK, WHITE) if light else (WHITE, BLACK)
    height = measures.height
    words = DRILL_BANNER if measures.led else DRILL_BANNER_LONG
    block = _line(words, measures, height // 9 if measures.led else height // 20, measures.inner)
    pad = max(1, measures.pad // 4)
    band = block.height + 2 * pad
    for top in (0,) if measures.led else (0, height - band):
        sheet.fill((0, top, measures.width, top + band), ground)
        y = top + pad
        sheet.write(block, measures.width // 2, y, ink=ink, paper=ground, centred=True)
    return band, height if measures.led else height - band


def draw_banner(sheet: Sheet, measures: Measures, livery: Livery, top: int) -> int:
    """Draw the line that says what this is, from `top`; return its lower edge."""
    short = min(measures.width, measures.height)
    most = max(16, measures.height // 8) if measures.led else short // 14
    high = round(most * (1.1 if measures.led else 1.5))
    sign = None if measures.small else livery.sign(high)
    indent = sign.width + measures.pad + measures.side // 2 if sign else 0
    block = _line(livery.banner, measures, most, measures.inner - indent)
    # A row of free dots above the marks of the capitals: at the very edge a frame hides them.
    pad = max(1, measures.pad // 2) if measures.led else measures.pad
    tall = max(block.height, sign.height if sign else 0) + 2 * pad
    sheet.fill((0, top, measures.width, top + tall), livery.banner_paper)
    ink, paper = livery.banner_ink, livery.banner_paper
    if sign:
        sheet.stamp(sign, measures.side, top + (tall - sign.height) // 2, ink=ink, paper=paper)
    caps_middle = (block.cap_top + block.last_baseline) // 2
    y = min(max(top + pad, top + tall // 2 - caps_middle), top + tall - pad - block.height)
    sheet.write(block, measures.side + indent, y, ink=ink, paper=paper)
    return top + tall + _draw_edge(sheet, measures, livery, top + tall)


def _draw_edge(sheet: Sheet, measures: Measures, livery: Livery, y: int) -> int:
    """Draw the line under a banner that has the colour of its page; return its thickness."""
    if livery.banner_paper != livery.paper:
        return 0
    thick = max(1, measures.height // 96) if measures.led else measures.height // 135
    side = 0 if measures.led else measures.side
    sheet.fill((side, y, measures.width - side, y + thick), livery.ink)
    return thick


def _line(text: str, measures: Measures, most: int, width: int) -> Block:
    faces = ladder(measures.led, max(most, measures.least), min(measures.least, most), BOLD)
    room = (width, measures.height)
    with suppress(TooMuch):
        line = fit(text, room, faces, lines=1)
        # On an upright screen two lines are seen from further away than one of small letters.
        if measures.led or line.face.size >= most * _ONE_LINE_SHARE:
            return line
    try:
        return fit(text, room, faces, lines=2, even=True)
    except TooMuch:
        raise Illegible(
            N_("Bảng {board} quá nhỏ để phát cảnh báo. Hãy kiểm tra kích thước màn hình."),
            board=f"{measures.width}×{measures.height}",
        ) from None
