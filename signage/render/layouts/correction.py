"""Correction: what is right, first and large; then what was said wrongly, and who corrects it."""

from PIL import Image

from signage.domain.sentences import N_
from signage.render.headed import headed
from signage.render.layout import Field, Layout, Page
from signage.render.stack import Part, draw_stack, stack_gap, text_part
from signage.render.typefaces import BOLD, MEDIUM, SEMIBOLD

_HEADING = "ĐÍNH CHÍNH"
_RIGHT = Field(name="right", label=N_("Thông tin đúng"), most=500, rows=4)
_WRONG = Field(name="wrong", label=N_("Thông tin sai đã đăng"), most=400, rows=3)
_SOURCE = Field(name="source", label=N_("Cơ quan đính chính"), most=120)


def _draw(page: Page) -> Image.Image:
    sheet, room = headed(page, _HEADING, source=page.words["source"])
    # People remember what stands first and largest: that must never be the error.
    parts = (
        *_labelled(page, "Thông tin đúng", _RIGHT, share=1.0),
        *_labelled(page, "Tin trước nêu sai", _WRONG, share=0.62),
    )
    draw_stack(page, sheet, room, parts, gap=stack_gap(page))
    return sheet.finished()


def _labelled(page: Page, label: str, field: Field, *, share: float) -> tuple[Part, ...]:
    words, quiet = page.words[field.name], page.look.quiet
    wrong = field is _WRONG
    if page.led:
        # Colour and order tell the two apart; a board has no room for labels on lines of their own.
        words = f"{label}: {words}" if wrong else words
        return (text_part(page, words, field, share=share, ink=quiet if wrong else None),)
    return (
        text_part(page, label, None, share=0.45, ink=quiet, weight=SEMIBOLD),
        text_part(
            page,
            words,
            field,
            share=share,
            ink=quiet if wrong else None,
            weight=MEDIUM if wrong else BOLD,
            tie=True,
        ),
    )


LAYOUT = Layout(
    name="correction",
    title=N_("Đính chính"),
    description=N_("Thông tin đúng đứng trước, chữ lớn; sau đó là điều đã đăng sai."),
    fields=(_RIGHT, _WRONG, _SOURCE),
    picture=False,
    draw=_draw,
)
