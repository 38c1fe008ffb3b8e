"""Films in which every picture tells its number, as the controller's jobs encode them."""

import io
from fractions import Fraction
from functools import lru_cache

import av
from PIL import Image, ImageDraw

BITS = 10
RATE = 30


@lru_cache
def counted(pictures: int, size: tuple[int, int] = (160, 96)) -> bytes:
    """An MP4 of so many pictures, 30 a second, with an index each second."""
    stream = io.BytesIO()
    with av.open(stream, "w", format="mp4") as container:
        video = container.add_stream("libx264", rate=RATE)
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        video.codec_context.options = {"preset": "veryfast", "g": "30", "bf": "2", "crf": "21"}
        for number in range(pictures):
            frame = av.VideoFrame.from_image(_picture(number, size))
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
    return stream.getvalue()


def number_in(picture: Image.Image) -> int:
    """Which picture of a counted film this is."""
    width = picture.width // BITS
    bright = [
        picture.getpixel((bit * width + width // 2, picture.height // 4)) for bit in range(BITS)
    ]
    return sum(1 << bit for bit, colour in enumerate(bright) if sum(colour) > 384)


def _picture(number: int, size: tuple[int, int]) -> Image.Image:
    picture = Image.new("RGB", size, (30, 60, 160))
    draw, width = ImageDraw.Draw(picture), size[0] // BITS
    for bit in range(BITS):
        colour = "white" if number >> bit & 1 else "black"
        draw.rectangle((bit * width, 0, (bit + 1) * width - 1, size[1] // 2), colour)
    return picture
