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
from signage.render.fallback import render_safe
from signage.render.frames import Frame, Illegible, render_slide
from signage.render.tickers import render_strip
from signage.render.typefaces import require_raqm

PROFILES = (
    Profile(
        id="hd-1920x1080", name="Màn hình nhà văn hóa", width=1920, height=1080,
        pitch_um=630, viewing_cm=600,
    ),
    Profile(
        id="led-384x192", name="Bảng LED Hoa Lư", width=384, height=192, traffic=True,
        pitch_um=10_000, viewing_cm=3000,
    ),
    Profile(
        id="led-192x96", name="Bảng LED UBND", width=192, height=96,
        pitch_um=10_000, viewing_cm=2000,
    ),
)  # fmt: skip

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
            yield name, render_slide(slide, profile, area=profile.size, picture=photo)
        except Illegible as refusal:
            click.echo(f"{profile.id}: {name}: {refusal}")
    yield "ticker", render_strip(TICKERS, profile, alone=False).frame
    yield "ticker-alone", render_strip(TICKERS, profile, alone=True).frame
    yield "safe", render_safe(profile, profile.name, "Trung tâm điều hành Pleiku")
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
