"""QR: a code on a white card beside the words that say what it opens."""

from PIL import Image

from signage.domain.sentences import N_
from signage.render.colours import BLACK, WHITE
from signage.render.furniture import BODY, SOURCE, TITLE
from signage.render.headed import headed
from signage.render.layout import Field, Illegible, Layout, Page
from signage.render.qr_codes import (
    QUIET_MODULES,
    checked_address,
    code_mask,
    modules_of,
)
from signage.render.sheet import Box, Sheet
from signage.render.stack import draw_stack, stack_gap, text_part

_ADDRESS = Field(
    name="address",
    label=N_("Địa chỉ trang web (https://…)"),
    most=200,
    check=checked_address,
)


def _draw(page: Page) -> Image.Image:
    words = page.words
    if page.profile.traffic:
        raise Illegible(
            N_("Bảng {board} ở cạnh đường: không ai nên quét mã khi lái xe. Hãy dùng Thông báo."),
            field=_ADDRESS.name,
            board=_board(page),
        )
    sheet, room = headed(page, words["title"], field=TITLE, source=words["source"])
    card, text = _split(page, room)
    _draw_card(sheet, page, card)
    shown = words["address"].split("://", 1)[-1].rstrip("/")
    parts = (
        text_part(page, words["body"], BODY),
        # Who has no phone at hand can still write the address down; a long one helps nobody.
        text_part(page, shown if len(shown) <= _WRITABLE else "", _ADDRESS, share=0.55,
                  ink=page.look.quiet),
    )  # fmt: skip
    draw_stack(page, sheet, text, parts, gap=stack_gap(page))
    return sheet.finished()


_WRITABLE = 40


def _split(page: Page, room: Box) -> tuple[Box, Box]:
    """Return the boxes of the card and of the words; the card is a square."""
    left, top, right, bottom = room
    width, height = right - left, bottom - top
    gap = max(4, page.size[0] // 48) if page.led else page.px(64)
    if height > width:
        side = min(width, round(height * 0.55))
        middle = (left + right) // 2
        card = (middle - side // 2, top, middle - side // 2 + side, top + side)
        return card, (left, top + side + gap, right, bottom)
    side = min(height, round(width * 0.5))
    y = top + (height - side) // 2
    return (left, y, left + side, y + side), (left + side + gap, top, right, bottom)


def _draw_card(sheet: Sheet, page: Page, card: Box) -> None:
    left, top, right, bottom = card
    room = min(right - left, bottom - top)
    address = page.words[_ADDRESS.name]
    mask = code_mask(address, room, page.profile)
    if mask is None:
        raise Illegible(
            N_(
                "Mã QR quá nhỏ để quét trên bảng {board}. Hãy dùng địa chỉ ngắn hơn,"
                " hoặc viết thành Thông báo."
            ),
            field=_ADDRESS.name,
            board=_board(page),
        )
    scale = mask.width // modules_of(address).width
    whole = mask.width + 2 * QUIET_MODULES * scale
    x, y = left + (right - left - whole) // 2, top + (bottom - top - whole) // 2
    sheet.fill((x, y, x + whole, y + whole), WHITE)
    sheet.stamp(mask, x + QUIET_MODULES * scale, y + QUIET_MODULES * scale, ink=BLACK, paper=WHITE)
    sheet.note_code(scale)


def _board(page: Page) -> str:
    return f"{page.profile.width}×{page.profile.height}"


LAYOUT = Layout(
    name="qr",
    title=N_("Mã QR"),
    description=N_(
        "Mã QR mở một trang web, bên cạnh là lời giới thiệu cho người không có điện thoại."
    ),
    fields=(TITLE, BODY, _ADDRESS, SOURCE),
    picture=False,
    draw=_draw,
)
