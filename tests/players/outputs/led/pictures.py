"""Pictures whose every pixel is another, so that a mix-up shows."""

import io

from PIL import Image


def noise(width: int, height: int) -> Image.Image:
    bands = [Image.effect_noise((width, height), 90) for _ in "RGB"]
    return Image.merge("RGB", bands)


def png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
