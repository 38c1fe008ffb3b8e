"""Files as people and attackers upload them, made here: none is taken from elsewhere."""

import io
import struct
import zlib

from PIL import Image


def encoded(picture: Image.Image, format_: str = "JPEG", **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, format_, **options)
    return stream.getvalue()


def photo(width: int = 640, height: int = 480) -> Image.Image:
    """Noise over a gradient: compresses like a photo."""
    noise = Image.effect_noise((width, height), 60)
    slope = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (noise, Image.blend(noise, slope, 0.6), slope))


def phone_jpeg(orientation: int) -> bytes:
    """A 12 MP photo as a phone writes it: turned, with its place and its maker."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "PhoneMaker"
    exif[0x8825] = {1: "N", 2: (13.0, 58.0, 12.0), 3: "E", 4: (108.0, 0.0, 4.0)}
    picture = photo(1000, 750).resize((4000, 3000), Image.Resampling.BILINEAR)
    picture.paste((200, 20, 20), (0, 0, 800, 800))
    return encoded(picture, quality=85, exif=exif)


def many_scans(side: int, scans: int) -> bytes:
    """A progressive JPEG that refines the same coefficient of all its blocks again and again."""
    grey = Image.new("L", (side, side), 128)
    data = encoded(grey, progressive=True, quality=50)
    ends = [at for at in range(len(data) - 1) if data[at : at + 2] == b"\xff\xda"]
    end_of_image = data.rindex(b"\xff\xd9")
    last_scan = data[ends[-1] : end_of_image]
    return data[:end_of_image] + last_scan * (scans - len(ends)) + data[end_of_image:]


def png_bomb(side: int) -> bytes:
    """A PNG of `side` squared pixels, 1 bit each, in a few kilobytes."""
    row = b"\x00" * (1 + (side + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = (("IHDR", header), ("IDAT", packed), ("IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header promises more than its data holds."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (("IHDR", header), ("IDAT", zlib.compress(b"\x00" * 1000)), ("IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: str, body: bytes) -> bytes:
    tagged = name.encode() + body
    return struct.pack(">I", len(body)) + tagged + struct.pack(">I", zlib.crc32(tagged))
