"""Ticker strips: all lines of a playlist in one picture that runs round without a seam."""

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from signage.domain.display import Profile
from signage.domain.sentences import N_, Refused
from signage.domain.slide import TickerLine, checked_ticker
from signage.render.colours import BOARD, SCREEN
from signage.render.coverage import clean_text, refuse_missing_letters
from signage.render.findings.measured import measured
from signage.render.fitting import Block, TooMuch, fit
from signage.render.frames import Frame, encoded
from signage.render.layout import Illegible
from signage.render.legibility import face_files, is_led, ladder, least_size
from signage.render.ornaments import diamond
from signage.render.sheet import Sheet
from signage.render.typefaces import BOLD, PIXEL_SIZES, SEMIBOLD, Face, pixel_face

MAX_TICKER_LINES = 20
# Graphics chips stop at 16,384 px, and the player holds the strip in memory at 4 bytes a pixel.
MAX_STRIP_WIDTH = 16_384
MAX_STRIP_PIXELS = 12_000_000

_BAND_SHARE = 11  # of a screen's height


class Strip(msgspec.Struct, frozen=True):
    """A ticker strip: it moves `step` px to the left every `every` frames at 60 Hz, and wraps."""

    frame: Frame
    step: int
    every: int


def band_height(profile: Profile) -> int:
    """Return the height in px of the ticker band at the foot of `profile`."""
    if is_led(profile):
        face = _band_face(profile)
        return face.above_of("\u0306") + face.below + 1 + _rule(profile)
    return max(profile.height // _BAND_SHARE, _band_face(profile).line) // 2 * 2


def render_strip(lines: Sequence[TickerLine], profile: Profile, *, alone: bool) -> Strip:
    """Draw `lines` as one strip for `profile`, with a lozenge between two lines.

    `alone`: the strip fills the whole height, in large letters; else it is band_height high. The
    slowest line sets the pace of all. Raises Refused when a line is wrong, Illegible when the
    strip would be longer than a player can hold.
    """
    texts = [_checked_text(line, profile) for line in lines]
    if not 1 <= len(texts) <= MAX_TICKER_LINES:
        raise Refused(
            N_("Chữ chạy cần từ 1 đến {most} dòng. Hãy sửa danh sách phát."), most=MAX_TICKER_LINES
        )
    height = profile.height if alone else band_height(profile)
    blocks = _set(texts, profile, height, alone=alone)
    frame = _drawn(texts, blocks, profile, height, alone=alone)
    return Strip(frame, min(line.speed for line in lines), 1)


def _checked_text(line: TickerLine, profile: Profile) -> str:
    text = clean_text(checked_ticker(line).text).replace("\n", " ")
    refuse_missing_letters(text, face_files(profile), field="text")
    return text


def _band_face(profile: Profile) -> Face:
    """Return the face of the band: on boards a pixel face, a tenth to a sixth of the height."""
    least = least_size(profile)
    if not is_led(profile):
        return ladder(False, max(least, profile.height // 18), least, SEMIBOLD)[0]
    wanted = max(least, 16, profile.height // 9)
    return pixel_face(max(size for size in PIXEL_SIZES if size <= wanted or size == 16), BOLD)


def _set(texts: list[str], profile: Profile, height: int, *, alone: bool) -> list[Block]:
    """Set all lines in the largest face whose strip the player can hold."""
    faces: Sequence[Face] = (_band_face(profile),)
    if alone:
        least = least_size(profile)
        faces = ladder(is_led(profile), max(least, height // 2), least, BOLD)
    longest = min(MAX_STRIP_WIDTH, MAX_STRIP_PIXELS // height)
    for face in faces:
        if sum(face.length(text) + _gap(face) for text in texts) > longest:
            continue
        with suppress(TooMuch):
            return [fit(text, (longest, height), (face,), lines=1) for text in texts]
    letters = sum(map(len, texts))
    fitting = letters * longest // max(1, sum(faces[-1].length(text) for text in texts))
    raise Illegible(
        N_("Chữ chạy dài {have} ký tự, bảng này chứa khoảng {most}. Hãy rút ngắn hoặc bớt dòng."),
        field="text",
        have=letters,
        most=min(fitting, letters - 1),
    )


def _drawn(
    texts: Sequence[str], blocks: Sequence[Block], profile: Profile, height: int, *, alone: bool
) -> Frame:
    led = is_led(profile)
    look = BOARD if led else SCREEN
    ground = look.paper if led else look.band
    face = blocks[0].face
    length = sum(block.width + _gap(face) for block in blocks)
    # A strip shorter than the display would show the same line twice at once.
    sheet = Sheet((max(length, profile.width), height), ground)
    rule = 0 if alone else _rule(profile)
    sheet.fill((0, 0, sheet.size[0], rule), look.rule if led else look.accent)
    mark = diamond(max(5, face.cap // 2))
    baseline = rule + (height - rule + face.cap) // 2
    if led and not alone:
        baseline = height - face.below
    x = 0
    for block in blocks:
        sheet.write(block, x, baseline - block.lines[0].baseline, ink=_ink(led), paper=ground)
        x += block.width
        y = baseline - face.cap // 2 - mark.height // 2
        sheet.stamp(mark, x + (_gap(face) - mark.width) // 2, y, ink=look.accent, paper=ground)
        x += _gap(face)
    picture = sheet.finished()
    return encoded(picture, measured(picture, {"text": " ".join(texts)}, profile))


def _ink(led: bool) -> tuple[int, int, int]:
    return BOARD.ink if led else SCREEN.band_ink


def _gap(face: Face) -> int:
    return face.size * 3


def _rule(profile: Profile) -> int:
    return 1 if is_led(profile) else max(2, profile.height // 270)
