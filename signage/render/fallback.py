"""Fallback slides: whose display this is, calmly, and why there is nothing else to show."""

from signage.domain.display import Profile
from signage.render.coverage import clean_text, missing_letters
from signage.render.fitting import Block, TooMuch, fit
from signage.render.frames import Frame, encoded
from signage.render.furniture import draw_woven_band, margin
from signage.render.layout import Page
from signage.render.legibility import MAX_LETTER_PX, ladder, least_size
from signage.render.sheet import Sheet
from signage.render.typefaces import BOLD, MEDIUM, NOTO_SANS, SEMIBOLD

COMMS_LOSS = "Đang chờ tin mới. Tin khẩn: hãy nghe đài"
POWER_RECOVERY = "Vừa có điện lại, bảng tin sắp phát tiếp"
END_OF_PROGRAMME = "Chương trình đã kết thúc, sắp có chương trình mới"
"""Read by the public, who need not know of controllers and clocks."""


def render_safe(profile: Profile, display_name: str, unit_name: str) -> Frame:
    """Draw the slide that a display falls back on: the unit, the display, no time of day."""
    return render_fallback(profile, unit_name, display_name)


def render_fallback(profile: Profile, unit_name: str, words: str) -> Frame:
    """Draw `words` below the name of the unit.

    It never refuses: what is too long for the display is cut, for a dark board helps nobody.
    """
    page = Page(profile, profile.size, {})
    look = page.look
    ground = look.paper if page.led else look.band
    sheet = Sheet(profile.size, ground)
    width, height = profile.size
    side = margin(page)
    unit = _fit(page, clean_text(unit_name), height // 5 if page.led else page.px(120), BOLD)
    name = _fit(page, clean_text(words), height // 9 if page.led else page.px(56), MEDIUM)
    if not page.led:
        draw_woven_band(sheet, page, height - page.px(150), ground)
    gap = max(2, height // 16)
    bar = max(1, height // 90)
    top = (height - unit.height - name.height - 2 * gap - bar) // 2
    sheet.write(unit, width // 2, top, ink=look.band_ink, paper=ground, centred=True)
    bar_top = top + unit.height + gap
    reach = min(width // 2 - side, width // 12)
    sheet.fill((width // 2 - reach, bar_top, width // 2 + reach, bar_top + bar), look.accent)
    y = bar_top + bar + gap
    sheet.write(name, width // 2, y, ink=look.band_quiet, paper=ground, centred=True)
    return encoded(sheet.finished())


def _fit(page: Page, text: str, most: int, weight: int) -> Block:
    least = least_size(page.profile, "fine")
    weight = max(weight, SEMIBOLD) if page.led else weight
    faces = ladder(page.led, max(most, least), least, weight)
    room = (page.size[0] - 2 * margin(page), page.size[1] * 2 // 5)
    missing = missing_letters(text, NOTO_SANS)
    text = "".join(letter for letter in text if letter not in missing)
    while text:
        try:
            return fit(text, room, faces, even=True)
        except TooMuch:
            text = text.rstrip("…")[: len(text) * 4 // 5 - 1].rstrip()
            text += "…" if text else ""
    return fit("", (page.size[0], MAX_LETTER_PX * 2), faces)
