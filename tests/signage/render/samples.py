"""Profiles, slides and pictures that the tests of rendering share."""

import io

from PIL import Image

from signage.domain.display import Profile
from signage.domain.slide import Slide
from signage.render.frames import Frame
from tests.signage.pleiku import HOUSE_SCREEN, ROAD_BOARD, SMALL_BOARD

PROFILES = (HOUSE_SCREEN, ROAD_BOARD, SMALL_BOARD)
BOARDS = (ROAD_BOARD, SMALL_BOARD)

PORTRAIT = Profile(
    id="portrait-1080x1920",
    name="Màn hình đứng",
    width=1080,
    height=1920,
    pitch_um=630,
    viewing_cm=400,
)


def slide(layout: str, picture: str | None = None, **fields: str) -> Slide:
    return Slide(id="s", layout=layout, fields=fields, picture=picture)


PICTURE = "0" * 64
NOTICE = slide("notice", title="Cắt điện", body="7–11 giờ ngày 25/11.", source="Điện lực Pleiku")
PHOTO = slide("photo", PICTURE, caption="Trồng 500 cây thông.", source="")
FULL_PICTURE = slide("full_picture", PICTURE)
SLOGAN = slide("slogan", text="Toàn dân đoàn kết xây dựng đời sống văn hóa", source="")
RECEPTION = slide(
    "reception",
    day="Thứ Ba, 15/12/2026",
    hours="7 giờ 30 – 11 giờ",
    place="UBND phường Hội Phú",
    who="Chủ tịch UBND phường",
)
SLIDES = (NOTICE, PHOTO, FULL_PICTURE, SLOGAN, RECEPTION)


def decoded(frame: Frame) -> Image.Image:
    """The frame as people see it: its pixels in RGB."""
    return Image.open(io.BytesIO(frame.bytes)).convert("RGB")


def chequered(width: int, height: int) -> Image.Image:
    """A picture with detail everywhere, red at the left and blue at the right."""
    picture = Image.new("RGB", (width, height))
    for x in range(0, width, 8):
        shade = (255 - 255 * x // width, 40 + 30 * (x // 8 % 2), 255 * x // width)
        picture.paste(shade, (x, 0, x + 8, height))
    return picture
