"""Draws all layouts, tickers and alerts on the sample profiles, for people to look at."""

import io
import math
from collections.abc import Iterator
from pathlib import Path

import click
from msgspec.structs import replace
from PIL import Image, ImageDraw

from signage.domain.display import Profile
from signage.domain.slide import Slide, TickerLine
from signage.render.alert_pages import AlertWords, render_alert
from signage.render.fallback import (
    COMMS_LOSS,
    END_OF_PROGRAMME,
    POWER_RECOVERY,
    render_fallback,
    render_safe,
)
from signage.render.figures import as_seen
from signage.render.frames import Frame, Illegible, render_slide
from signage.render.tickers import render_strip
from signage.render.typefaces import require_raqm
from signage.render.usual_profiles import PROFILES

_UNTIL_MS = 1_795_433_400_000  # 18:30 on 23 November 2026 in Pleiku

SLIDES = {
    "notice": Slide(
        id="notice",
        layout="notice",
        fields={
            "title": "Tiêm vắc-xin sởi cho trẻ 1–5 tuổi",
            "body": "Sáng thứ Bảy 28/11/2026, từ 7 giờ 30 đến 11 giờ, tại Trạm Y tế phường Hội Phú."
            " Phụ huynh mang theo sổ tiêm chủng.",
            "source": "Trạm Y tế phường Hội Phú",
        },
    ),
    "notice-short": Slide(
        id="notice-short",
        layout="notice",
        fields={
            "title": "Tạm ngừng cấp điện",
            "body": "7–11 giờ ngày 25/11, đường Hùng Vương.",
            "source": "Điện lực Pleiku",
        },
    ),
    "notice-list": Slide(
        id="notice-list",
        layout="notice",
        fields={
            "title": "Phòng chống sốt xuất huyết",
            "body": "Mỗi tuần dành 15 phút diệt lăng quăng:\n- Đậy kín bể, chum, vại chứa nước\n"
            "- Thả cá vào bể lớn, thay nước bình hoa\n- Thu gom chai lọ, lốp xe cũ\n"
            "- Ngủ màn cả ban ngày\nSốt cao 2 ngày liền: đến ngay trạm y tế.",
            "source": "Trung tâm Y tế Pleiku",
        },
    ),
    "notice-jrai": Slide(
        id="notice-jrai",
        layout="notice",
        fields={
            "title": "Abih bang mơnuih-mơnam",
            "body": "Abih bang mơnuih-mơnam tơkeng rai rơngai. Ê̆ Ô̆ Ơ̆ Ư̆ ê̆ ô̆ ơ̆ ư̆ ƀ Ƀ č ñ",
            "source": "",
        },
    ),
    "photo": Slide(
        id="photo",
        layout="photo",
        picture="0" * 64,
        fields={
            "caption": "Trồng 500 cây thông dọc đường Nguyễn Viết Xuân, sáng 21/11/2026.",
            "source": "Đoàn phường Hội Phú",
        },
    ),
    "photo-short": Slide(
        id="photo-short",
        layout="photo",
        picture="0" * 64,
        fields={"caption": "Ra quân trồng 500 cây thông.", "source": ""},
    ),
    "full_picture": Slide(
        id="full_picture", layout="full_picture", picture="0" * 64, fields={}
    ),
    "picture_clock": Slide(
        id="picture_clock", layout="picture_clock", picture="0" * 64, fields={}
    ),
    "slogan": Slide(
        id="slogan",
        layout="slogan",
        fields={"text": "Nhiệt liệt chào mừng Ngày Văn hóa Việt Nam 24/11", "source": ""},
    ),
    "reception": Slide(
        id="reception",
        layout="reception",
        fields={
            "day": "Thứ Ba, 15/12/2026",
            "hours": "7 giờ 30 – 11 giờ",
            "place": "UBND phường Hội Phú",
            "who": "Chủ tịch UBND phường",
        },
    ),
    "event": Slide(
        id="event",
        layout="event",
        fields={
            "title": "Hội thi cồng chiêng học sinh",
            "day": "24/11/2026",
            "time": "7 giờ 30 – 11 giờ",
            "place": "Quảng trường Đại Đoàn Kết",
            "note": "Vào cửa tự do. Đường Trần Hưng Đạo cấm ô tô từ 6 giờ.",
            "source": "Trung tâm Văn hóa Pleiku",
        },
    ),
    "event-short": Slide(
        id="event-short",
        layout="event",
        fields={
            "title": "Hội thi cồng chiêng",
            "day": "25/9/2026",
            "time": "19 giờ",
            "place": "Nhà văn hóa Hội Phú",
        },
    ),
    "timetable": Slide(
        id="timetable",
        layout="timetable",
        fields={
            "title": "Lịch tiêm chủng tháng 12",
            "rows": "Ngày\tĐịa điểm\tVắc-xin\n01/12\tTrạm Y tế Hội Phú\tSởi – rubella\n"
            "03/12\tNhà văn hóa tổ 5\tSởi\n08/12\tTrạm Y tế Diên Hồng\tViêm gan B\n"
            "10/12\tTrạm Y tế Thống Nhất\t5 trong 1\n15/12\tXã Gào\tSởi, bại liệt",
            "source": "Trung tâm Y tế Pleiku",
        },
    ),
    "timetable-short": Slide(
        id="timetable-short",
        layout="timetable",
        fields={
            "title": "Giá heo hơi",
            "rows": "Loại;đ/kg\nHeo hơi;62.000\nBa chỉ;145.000",
            "source": "",
        },
    ),
    "two_columns": Slide(
        id="two_columns",
        layout="two_columns",
        fields={
            "title": "Khi có giông sét",
            "left_title": "Nên làm",
            "left": "- Vào nhà, đóng cửa\n- Rút phích cắm điện\n- Gọi 114 khi có người bị nạn",
            "right_title": "Không nên",
            "right": "- Trú dưới cây to\n- Ra đồng, tắm suối\n- Dùng điện thoại ngoài trời",
            "source": "Ban Chỉ huy PCTT Gia Lai",
        },
    ),
    "two_columns-short": Slide(
        id="two_columns-short",
        layout="two_columns",
        fields={
            "title": "Phân loại rác",
            "left_title": "Hữu cơ",
            "left": "Thứ Hai, Tư",
            "right_title": "Tái chế",
            "right": "Thứ Bảy",
        },
    ),
    "answer": Slide(
        id="answer",
        layout="answer",
        fields={
            "case": "118/2026",
            "question": "Đèn đường hẻm 12 Lý Thái Tổ tắt hơn một tuần.",
            "answer": "Đã thay 12 bóng đèn, đường sáng lại từ tối 20/11/2026.",
            "answered_by": "UBND phường Diên Hồng",
        },
    ),
    "answer-short": Slide(
        id="answer-short",
        layout="answer",
        fields={
            "case": "118/2026",
            "question": "Đèn hẻm 12 tắt.",
            "answer": "Đã sửa ngày 20/11.",
            "answered_by": "UBND Diên Hồng",
        },
    ),
    "correction": Slide(
        id="correction",
        layout="correction",
        fields={
            "right": "Không có dịch tả heo tại chợ Thống Nhất. Thịt bán tại chợ đã kiểm dịch.",
            "wrong": "“Chợ Thống Nhất đóng cửa vì dịch tả” (mạng xã hội, 20/11).",
            "source": "UBND phường Thống Nhất",
        },
    ),
    "correction-short": Slide(
        id="correction-short",
        layout="correction",
        fields={
            "right": "Họp dân lúc 19 giờ.",
            "wrong": "18 giờ",
            "source": "UBND Hội Phú",
        },
    ),
    "qr": Slide(
        id="qr",
        layout="qr",
        fields={
            "title": "Nộp hồ sơ tại nhà",
            "body": "Làm giấy khai sinh, hộ tịch, cư trú không phải đến phường. Hoặc gọi 1022.",
            "address": "https://dichvucong.gov.vn",
            "source": "UBND phường Hội Phú",
        },
    ),
    "greeting-tet": Slide(
        id="greeting-tet",
        layout="greeting",
        fields={"text": "Chúc mừng năm mới\nXuân Đinh Mùi 2027", "sender": "UBND phường Hội Phú"},
    ),
    "greeting-national": Slide(
        id="greeting-national",
        layout="greeting",
        fields={"text": "Chào mừng Quốc khánh 2/9"},
    ),
    "greeting-autumn": Slide(
        id="greeting-autumn",
        layout="greeting",
        fields={"text": "Chúc các cháu Trung thu vui vẻ"},
    ),
    "greeting-teachers": Slide(
        id="greeting-teachers",
        layout="greeting",
        fields={"text": "Tri ân thầy cô\nNgày Nhà giáo Việt Nam 20/11"},
    ),
    "forest_fire": Slide(
        id="forest_fire",
        layout="forest_fire",
        fields={
            "level": "IV",
            "area": "Rừng thông Biển Hồ, xã Gào",
            "advice": "Không đốt nương rẫy, không mang lửa vào rừng. Thấy cháy gọi 114.",
            "source": "Hạt Kiểm lâm Pleiku, 24/3/2026",
        },
    ),
    "forest_fire-short": Slide(
        id="forest_fire-short",
        layout="forest_fire",
        fields={"level": "II", "area": "Xã Gào", "source": "Kiểm lâm 24/3"},
    ),
    "disaster": Slide(
        id="disaster",
        layout="disaster",
        fields={
            "level": "3",
            "hazard": "Mưa lớn, lũ quét và sạt lở đất",
            "area": "Phường Hội Phú, xã Gào, xã Biển Hồ; từ 18 giờ 23/11 đến hết 24/11.",
            "advice": "Không qua ngầm tràn. Kê cao đồ đạc. Cứu hộ: 114.",
            "source": "Đài Khí tượng Thủy văn Gia Lai",
        },
    ),
    "clock": Slide(id="clock", layout="clock", fields={"title": ""}),
    "clock-named": Slide(
        id="clock-named", layout="clock", fields={"title": "UBND phường Diên Hồng"}
    ),
    "countdown": Slide(
        id="countdown",
        layout="countdown",
        fields={
            "title": "Tết Đinh Mùi 2027",
            "to": "Tết 2027",
            "then": "Chúc mừng năm mới!",
            "source": "",
        },
    ),
    "bulletin": Slide(
        id="bulletin",
        layout="bulletin",
        fields={
            "title": "Giá cà phê, hồ tiêu",
            "rows": "Mặt hàng;Giá (đ/kg)\nCà phê nhân;118.500\nHồ tiêu;152.000",
            "issued": "6:00 23/11/2026",
            "expires": "18:00 23/11/2026",
            "source": "Sở Công Thương",
        },
    ),
    "disaster-short": Slide(
        id="disaster-short",
        layout="disaster",
        fields={"level": "1", "hazard": "Mưa lũ lớn", "area": "Xã Gào", "source": "Đài KTTV"},
    ),
}  # fmt: skip

TICKERS = [
    TickerLine(id="1", text="Thu gom rác cồng kềnh sáng Chủ nhật 29/11/2026", speed=2),
    TickerLine(id="2", text="Phản ánh hiện trường: gọi 1022", speed=2),
]

ALERT = AlertWords(
    headline="Lũ quét, sạt lở đất",
    body="Rời ngay khu vực ven suối, lên chỗ cao. Không đi qua ngầm tràn. Cứu hộ: 114.",
    area="Phường Hội Phú, xã Gào, xã Biển Hồ",
    until_ms=_UNTIL_MS,
    sender="Ban Chỉ huy PCTT tỉnh Gia Lai",
    level=3,
)
ALERTS = {
    **{f"alert-{level}": replace(ALERT, level=level) for level in range(6)},
    "alert-drill": replace(ALERT, kind="drill"),
    "alert-clear": replace(
        ALERT,
        kind="all_clear",
        headline="Lũ đã rút",
        body="Bà con có thể trở về nhà. Báo ngay khi thấy vết nứt đất.",
    ),
}

_THUMBNAIL = (480, 270)


def landscape(width: int, height: int) -> Image.Image:
    """Draw hills under a morning sky: a photo for samples that belongs to nobody else."""
    picture = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(picture)
    for y in range(height):
        share = y / height
        pen.line(
            (0, y, width, y),
            fill=(int(126 + 100 * share), int(172 + 48 * share), int(224 - 24 * share)),
        )
    sun = height * 0.08
    pen.ellipse((width * 0.66 - sun, height * 0.1, width * 0.66 + sun, height * 0.1 + 2 * sun),
                fill=(255, 238, 190))  # fmt: skip
    greens = [(118, 148, 156), (82, 126, 110), (54, 104, 68), (34, 80, 44)]
    for layer, green in enumerate(greens):
        base = height * (0.46 + 0.14 * layer)
        ridge = [
            (x, base - height * 0.07 * _hills(x / width, layer)) for x in range(0, width + 16, 16)
        ]
        pen.polygon([(0, height), *ridge, (width, height)], fill=green)
    return picture


def _hills(share: float, layer: int) -> float:
    return sum(math.sin(share * (3 + 2 * k) + layer * 2 + k) / (k + 1) for k in range(3))


def frames(profile: Profile) -> Iterator[tuple[str, Frame]]:
    """Yield the name and frame of everything that can be drawn on `profile`."""
    photo = landscape(2000, 1500)
    for name, slide in SLIDES.items():
        try:
            drawn = render_slide(slide, profile, area=profile.size, picture=photo)
            yield name, as_seen(drawn, _UNTIL_MS)
        except Illegible as refusal:
            click.echo(f"{profile.id}: {name}: {refusal}")
    yield "ticker", render_strip(TICKERS, profile, alone=False).frame
    yield "ticker-alone", render_strip(TICKERS, profile, alone=True).frame
    unit = "Trung tâm điều hành Pleiku"
    yield "safe", render_safe(profile, profile.name, unit)
    yield "comms-loss", render_fallback(profile, unit, COMMS_LOSS)
    yield "power-recovery", render_fallback(profile, unit, POWER_RECOVERY)
    yield "end-of-programme", render_fallback(profile, unit, END_OF_PROGRAMME)
    for name, words in ALERTS.items():
        for number, frame in enumerate(render_alert(words, profile), 1):
            yield f"{name}-{number}", frame


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
def main(out: Path) -> None:
    """Write each frame into OUT, and OUT/contact-sheet.png with all of them."""
    require_raqm()
    thumbnails = []
    for profile in PROFILES:
        folder = out / profile.id
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in frames(profile):
            suffix = frame.media_type.removeprefix("image/")
            (folder / f"{name}.{suffix}").write_bytes(frame.bytes)
            thumbnails.append(_thumbnail(frame))
    _sheet(thumbnails, columns=4).save(out / "contact-sheet.png")
    click.echo(f"{len(thumbnails)} frames in {out}")


def _thumbnail(frame: Frame) -> Image.Image:
    picture = Image.open(io.BytesIO(frame.bytes)).convert("RGB")
    picture = picture.crop((0, 0, min(picture.width, picture.height * 8), picture.height))
    scale = min(_THUMBNAIL[0] / picture.width, _THUMBNAIL[1] / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    smooth = Image.Resampling.LANCZOS if scale < 1 else Image.Resampling.NEAREST
    return picture.resize(size, smooth)


def _sheet(thumbnails: list[Image.Image], *, columns: int) -> Image.Image:
    gap = 12
    width, height = _THUMBNAIL[0] + gap, _THUMBNAIL[1] + gap
    rows = -(-len(thumbnails) // columns)
    sheet = Image.new("RGB", (columns * width + gap, rows * height + gap), (96, 96, 96))
    for number, thumbnail in enumerate(thumbnails):
        at = (gap + number % columns * width, gap + number // columns * height)
        sheet.paste(thumbnail, at)
    return sheet


if __name__ == "__main__":
    main()
