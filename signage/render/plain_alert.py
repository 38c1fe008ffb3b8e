"""The plain page of an alert: for a profile on which its own pages can't be drawn."""

from signage.domain.display import Profile
from signage.render.alert_livery import ALL_CLEAR_BANNER, DRILL_BANNER, livery_of
from signage.render.alert_pages import AlertWords
from signage.render.coverage import clean_text, missing_letters
from signage.render.fitting import Block, TooMuch, fit
from signage.render.frames import Frame, encoded
from signage.render.legibility import face_files, is_led, ladder
from signage.render.sheet import Sheet
from signage.render.typefaces import BOLD, PIXEL_SIZES

_LEAST_OUTLINE_PX = 14
_BANNERS = {"alert": "", "all_clear": ALL_CLEAR_BANNER, "drill": DRILL_BANNER}


def render_plain(words: AlertWords, profile: Profile) -> Frame:
    """Draw what, where and what to do as large as it goes, in the colours of the alert.

    It never refuses: letters that the faces lack are left out, and what does not fit even in
    small letters is cut from the end. A warning that is hard to read from afar is still a warning.
    """
    livery = livery_of(words.kind, words.level, led=is_led(profile))
    parts = (_BANNERS[words.kind], words.headline, words.area, words.body, words.sender)
    lines = [_drawable(part, profile) for part in parts]
    margin = max(1, min(profile.size) // 24)
    room = (profile.width - 2 * margin, profile.height - 2 * margin)
    block = _fitted("\n".join(line for line in lines if line), room, profile)
    sheet = Sheet(profile.size, livery.banner_paper)
    top = max(0, (profile.height - block.height) // 2)
    sheet.write(block, profile.width // 2, top, ink=livery.banner_ink, centred=True)
    return encoded(sheet.finished())


def _drawable(text: str, profile: Profile) -> str:
    text = clean_text(text)
    lacking = {letter for path in face_files(profile) for letter in missing_letters(text, path)}
    return "".join(letter for letter in text if letter not in lacking).strip()


def _fitted(text: str, room: tuple[int, int], profile: Profile) -> Block:
    least = min(PIXEL_SIZES) if is_led(profile) else _LEAST_OUTLINE_PX
    faces = ladder(is_led(profile), max(room[1] // 3, least), least, BOLD)
    while True:
        try:
            return fit(text, room, faces)
        except TooMuch:
            text = text[: len(text) * 9 // 10].rstrip()
