"""Answer: what citizens reported, what was done about it, its case number and who answers."""

from PIL import Image

from signage.domain.sentences import N_
from signage.render.headed import headed, is_strip
from signage.render.layout import Field, Layout, Page, Paged
from signage.render.portions import portions_of_text
from signage.render.stack import draw_stack, stack_gap, text_part
from signage.render.typefaces import BOLD, MEDIUM

_CASE = Field(name="case", label=N_("Số phản ánh"), most=40)
_QUESTION = Field(name="question", label=N_("Người dân phản ánh"), most=400, rows=3)
_ANSWER = Field(name="answer", label=N_("Nội dung trả lời"), most=800, rows=5)
_BODY = Field(name="answered_by", label=N_("Cơ quan trả lời"), most=120)


def _draw(page: Page) -> Image.Image:
    words = page.words
    heading = "TRẢ LỜI PHẢN ÁNH" if not page.led or page.size[0] >= 256 else "PHẢN ÁNH"
    number = words["case"]
    joint = "\n" if is_strip(page) else " "
    by, label = words["answered_by"], "Cơ quan trả lời"
    sheet, room = headed(page, f"{heading}{joint}{number}", field=_CASE, source=by, label=label)
    asked = words["question"] if page.led else f"Người dân hỏi: {words['question']}"
    parts = (
        text_part(page, asked, _QUESTION, share=0.66, ink=page.look.quiet, weight=MEDIUM),
        text_part(page, words["answer"], _ANSWER, weight=BOLD if page.led else MEDIUM),
    )
    draw_stack(page, sheet, room, parts, gap=stack_gap(page))
    return sheet.finished()


LAYOUT = Layout(
    name="answer",
    title=N_("Trả lời phản ánh"),
    description=N_("Điều người dân phản ánh, kết quả giải quyết, số phản ánh và cơ quan trả lời."),
    fields=(_CASE, _QUESTION, _ANSWER, _BODY),
    picture=False,
    draw=_draw,
    paged=Paged(field=_ANSWER.name, portions=portions_of_text),
)
