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
STRIP = Profile(
    id="strip-1920x360", name="Màn hình dải", width=1920, height=360, pitch_um=480, viewing_cm=300
)


def slide(layout: str, picture: str | None = None, **fields: str) -> Slide:
    return Slide(id="s", layout=layout, fields=fields, picture=picture)


PICTURE = "0" * 64
NOTICE = slide("notice", title="Cắt điện", body="7–11 giờ ngày 25/11.", source="Điện lực Pleiku")
PHOTO = slide("photo", PICTURE, caption="Trồng 500 cây thông.", source="")
FULL_PICTURE = slide("full_picture", PICTURE)
PICTURE_CLOCK = slide("picture_clock", PICTURE)
SLOGAN = slide("slogan", text="Toàn dân đoàn kết xây dựng đời sống văn hóa", source="")
RECEPTION = slide(
    "reception",
    day="Thứ Ba, 15/12/2026",
    hours="7 giờ 30 – 11 giờ",
    place="UBND phường Hội Phú",
    who="Chủ tịch UBND phường",
)
EVENT = slide(
    "event", title="Hội thi cồng chiêng", day="25/9/2026", time="19 giờ", place="Nhà văn hóa tổ 5"
)
TIMETABLE = slide(
    "timetable", title="Giá heo hơi", rows="Loại;đ/kg\nHeo hơi;62.000\nBa chỉ;145.000"
)
TWO_COLUMNS = slide(
    "two_columns",
    title="Phân loại rác",
    left_title="Hữu cơ",
    left="Thứ Hai, Tư",
    right_title="Tái chế",
    right="Thứ Bảy",
)
ANSWER = slide(
    "answer",
    case="118/2026",
    question="Đèn hẻm 12 tắt.",
    answer="Đã sửa ngày 20/11.",
    answered_by="UBND Diên Hồng",
)
CORRECTION = slide("correction", right="Họp dân lúc 19 giờ.", wrong="18 giờ", source="UBND Hội Phú")
QR = slide("qr", title="Nộp hồ sơ", body="Gọi 1022.", address="https://dichvucong.gov.vn")
GREETING = slide("greeting", text="Chúc mừng năm mới Đinh Mùi")
FOREST_FIRE = slide("forest_fire", level="IV", area="Xã Gào", source="Kiểm lâm 24/3")
DISASTER = slide("disaster", level="3", hazard="Mưa lũ lớn", area="Xã Gào", source="Đài KTTV")
CLOCK = slide("clock")
COUNTDOWN = slide("countdown", title="Tết Đinh Mùi", to="Tết 2027", then="Chúc mừng năm mới!")
BULLETIN = slide(
    "bulletin",
    title="Giá nông sản",
    rows="Loại;đ/kg\nCà phê;118.500",
    issued="6:00 28/11/2026",
    expires="18:00 28/11/2026",
    source="Sở Công Thương",
)
HEADER = slide("header", text="UBND xã Gào")
TEXTS = (
    NOTICE,
    SLOGAN,
    RECEPTION,
    EVENT,
    TIMETABLE,
    TWO_COLUMNS,
    ANSWER,
    CORRECTION,
    GREETING,
    FOREST_FIRE,
    DISASTER,
    BULLETIN,
)
FIGURES = (CLOCK, COUNTDOWN)
"""What players copy onto the picture."""
VIDEO = slide("video", "0" * 64)
SLIDES = (*TEXTS, *FIGURES, HEADER, PHOTO, FULL_PICTURE, PICTURE_CLOCK, VIDEO, QR)


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
