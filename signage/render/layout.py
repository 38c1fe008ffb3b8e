"""What a layout is: its fields with their limits, and the function that draws it."""

import math
from collections.abc import Callable, Iterator, Mapping

import msgspec
from PIL import Image

from signage.domain.display import Profile
from signage.domain.fit import AUTO
from signage.domain.sentences import N_, Phrase, Refused
from signage.domain.slide import Slide
from signage.render.colours import BOARD, SCREEN, Look
from signage.render.coverage import clean_text
from signage.render.legibility import is_led


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a layout: its label for people, its greatest length, its rows in a form.

    `clean` tidies what was typed, by default as running text; `check` raises Refused when it
    can't be so, such as a day that no month has.
    """

    name: str
    label: str
    most: int
    required: bool = True
    rows: int = 1
    clean: Callable[[str], str] = clean_text
    check: Callable[[str], object] | None = None


class Page:
    """What a layout is asked to draw: the words, for this profile, in `size` px.

    `size` may be lower than the profile: the ticker band is not the slide's.
    """

    def __init__(
        self,
        profile: Profile,
        size: tuple[int, int],
        words: Mapping[str, str],
        picture: Image.Image | None = None,
        fit: str = AUTO,
    ) -> None:
        self.profile = profile
        self.size = size
        self.words = words
        self.picture = picture
        self.fit = fit
        self.led = is_led(profile)
        self.look: Look = BOARD if self.led else SCREEN

    def given_picture(self) -> Image.Image:
        """Return the slide's picture, which the caller has checked to be there."""
        if self.picture is None:
            raise AssertionError("a layout with a picture was drawn without one")
        return self.picture

    def px(self, at_1080: float) -> int:
        """Return a measure of the 1920x1080 design in px of this page, at least 1."""
        width, height = self.size
        return max(1, round(at_1080 * math.sqrt(width * height / (1920 * 1080))))


class Paged(msgspec.Struct, frozen=True, kw_only=True):
    """How a layout goes on upon further pages: `portions` cuts the words of `field` into parts.

    `rows` says that they are rows of a table; `mark` is the field that the page's number follows.
    """

    field: str
    portions: Callable[[str, int], Iterator[list[str]]]
    rows: bool = False
    mark: str | None = None


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing rule: `draw` returns mode P (text: PNG) or mode RGB (photos: JPEG).

    `name` stands in slides, `title` and `description` on pages; `picture` says that a slide
    needs one, `film` that it is the still of a film; `paged` that long words may take several
    pages: a warning stands on one. `fitted` says that people choose how the picture meets glass of
    another shape, `offered` says that people choose it.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    picture: bool
    draw: Callable[[Page], Image.Image]
    paged: Paged | None = None
    film: bool = False
    fitted: bool = False
    offered: bool = True


class Illegible(Refused):
    """The words can't be read on that display; the sentence says what to change."""


def too_much(page: Page, words: int, *, field: Field | None = None) -> Illegible:
    """Return the refusal for text of which about `words` words would fit on `page`."""
    board = f"{page.profile.width}×{page.profile.height}"
    if not words:
        return Illegible(
            N_("Có từ quá dài cho bảng {board}. Hãy viết ngắn lại hoặc tách từ."),
            field=field.name if field else None,
            board=board,
        )
    if field is None:
        return Illegible(
            N_("Quá nhiều chữ cho bảng {board}: hãy rút còn khoảng {words} chữ."),
            board=board,
            words=words,
        )
    return Illegible(
        N_("Ô “{label}” quá nhiều chữ cho bảng {board}: hãy rút còn khoảng {words} chữ."),
        field=field.name,
        label=Phrase(field.label),
        board=board,
        words=words,
    )


def too_small(page: Page) -> Illegible:
    """Return the refusal for figures that are not readable in the px that `page` has."""
    return Illegible(
        N_("Chỗ này của bảng {board} quá nhỏ để đọc được số. Hãy bớt chữ hoặc dùng phần lớn hơn."),
        board=f"{page.profile.width}×{page.profile.height}",
    )


def checked_words(layout: Layout, slide: Slide) -> dict[str, str]:
    """Return the slide's words, cleaned, by field; raise Refused when one may not be so."""
    known = {field.name for field in layout.fields}
    for name in slide.fields:
        if name not in known:
            raise Refused(
                N_("Mẫu “{layout}” không có ô “{name}”. Hãy dùng các ô: {known}."),
                field=name,
                layout=layout.name,
                name=name,
                known=", ".join(sorted(known)),
            )
    if layout.picture and slide.picture is None:
        raise Refused(
            N_("Trang chiếu này cần một ảnh. Hãy chọn ảnh trong thư viện."), field="picture"
        )
    return {
        field.name: _checked_word(field, slide.fields.get(field.name, ""))
        for field in layout.fields
    }


def _checked_word(field: Field, text: str) -> str:
    text = field.clean(text)
    if field.rows == 1:
        text = text.replace("\n", " ")
    if field.required and not text:
        raise Refused(
            N_("Ô “{label}” đang để trống. Hãy nhập nội dung."),
            field=field.name,
            label=Phrase(field.label),
        )
    if len(text) > field.most:
        raise Refused(
            N_("Ô “{label}” dài {have} ký tự, tối đa {most}. Hãy rút ngắn."),
            field=field.name,
            label=Phrase(field.label),
            have=len(text),
            most=field.most,
        )
    if field.check and text:
        try:
            field.check(text)
        except Refused as refusal:
            refusal.field = field.name
            raise
    return text
