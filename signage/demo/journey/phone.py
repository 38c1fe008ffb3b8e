"""Makes a picture as a phone does: 12 megapixels, lying on its side, with the place in its EXIF."""

from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 3000, 4000
"""As a person sees it; the file holds it turned by 90 degrees, and says so."""
TURNED_CLOCKWISE = 6

SKY_TOP, SKY_LOW = (52, 120, 196), (190, 220, 240)
LAKE = (36, 92, 110)
HILLS = (((60, 110, 70), 1900), ((44, 92, 56), 2250), ((30, 70, 44), 2600))

_ORIENTATION, _MAKE, _MODEL, _WHEN, _GPS = 0x0112, 0x010F, 0x0110, 0x0132, 0x8825
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4


def take_picture(path: Path) -> Path:
    """Write the picture of a mountain lake to `path`, and return it."""
    turned = _scene().transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[_ORIENTATION] = TURNED_CLOCKWISE
    exif[_MAKE], exif[_MODEL] = "Demo", "Phone 12 MP"
    exif[_WHEN] = "2026:11:23 07:30:00"
    place = {
        _LATITUDE_REF: "N",
        _LATITUDE: (14.0, 2.0, 45.0),
        _LONGITUDE_REF: "E",
        _LONGITUDE: (108.0, 0.0, 12.0),
    }
    exif.get_ifd(_GPS).update(place)
    exif[_GPS] = place
    turned.save(path, "JPEG", quality=90, exif=exif)
    return path


def _scene() -> Image.Image:
    sky = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    scene = Image.composite(
        Image.new("RGB", sky.size, SKY_LOW), Image.new("RGB", sky.size, SKY_TOP), sky
    )
    draw = ImageDraw.Draw(scene)
    for number, (colour, height) in enumerate(HILLS):
        ridge = [(0, height + 300)]
        for x in range(0, WIDTH + 1, 150):
            wave = ((x // 150 * 7 + number * 11) % 13 - 6) * 38
            ridge.append((x, height + wave))
        draw.polygon([*ridge, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)
    draw.rectangle((0, 3000, WIDTH, HEIGHT), fill=LAKE)
    for y in range(3050, HEIGHT, 90):
        draw.line((y % 700, y, WIDTH - y % 500, y), fill=(70, 130, 150), width=6)
    return scene
