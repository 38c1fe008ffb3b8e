"""Videos as people and attackers upload them, encoded here."""

import io
import tempfile
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image, ImageDraw


def film(
    *,
    size: tuple[int, int] = (320, 180),
    seconds: float = 2.0,
    rate: int = 30,
    form: str = "mp4",
    codec: str = "libx264",
    sound: bool = False,
    colour: tuple[int, int, int] = (200, 30, 30),
    still: Image.Image | None = None,
) -> bytes:
    """A film of one colour, or of one picture, with a bar that moves across it."""
    options = {"movflags": "+faststart"} if form == "mp4" else {}
    with (
        tempfile.NamedTemporaryFile() as file,
        av.open(file.name, "w", format=form, options=options) as container,
    ):
        video = container.add_stream(codec, rate=rate)
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        audio = container.add_stream("aac", rate=48_000, layout="stereo") if sound else None
        container.metadata["location"] = "+13.9833+108.0000/"
        for number in range(round(seconds * rate)):
            picture = still.copy() if still else Image.new("RGB", size, colour)
            at = number * size[0] // max(1, round(seconds * rate))
            ImageDraw.Draw(picture).rectangle((at, 0, at + 10, size[1]), "white")
            frame = av.VideoFrame.from_image(picture)
            frame.pts, frame.time_base = number, Fraction(1, rate)
            container.mux(video.encode(frame))
        if audio is not None:
            for number in range(round(seconds * 48_000 / 1024)):
                piece = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
                for plane in piece.planes:
                    plane.update(bytes(plane.buffer_size))
                piece.sample_rate, piece.pts = 48_000, number * 1024
                piece.time_base = Fraction(1, 48_000)
                container.mux(audio.encode(piece))
            container.mux(audio.encode(None))
        container.mux(video.encode(None))
        container.close()
        return Path(file.name).read_bytes()


def song() -> bytes:
    """An MP4 with sound and no pictures."""
    stream = io.BytesIO()
    with av.open(stream, "w", format="mp4") as container:
        audio = container.add_stream("aac", rate=48_000, layout="stereo")
        piece = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
        for plane in piece.planes:
            plane.update(bytes(plane.buffer_size))
        piece.sample_rate, piece.pts, piece.time_base = 48_000, 0, Fraction(1, 48_000)
        container.mux(audio.encode(piece))
        container.mux(audio.encode(None))
    return stream.getvalue()


def frameless() -> bytes:
    """An MP4 that promises a film and has no picture of it, only sound."""
    stream = io.BytesIO()
    with av.open(stream, "w", format="mp4") as container:
        video = container.add_stream("libx264", rate=30)
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        audio = container.add_stream("aac", rate=48_000, layout="stereo")
        for number in range(100):
            piece = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
            for plane in piece.planes:
                plane.update(bytes(plane.buffer_size))
            piece.sample_rate, piece.pts = 48_000, number * 1024
            piece.time_base = Fraction(1, 48_000)
            container.mux(audio.encode(piece))
        container.mux(audio.encode(None))
    return stream.getvalue()


def animation(form: str, *, pictures: int = 12, moves: bool = True) -> bytes:
    """A GIF, PNG or WEBP of several pictures, 100 ms each."""
    frames = []
    for number in range(pictures):
        picture = Image.new("RGB", (160, 96), (20, 90, 160))
        at = number * 10 if moves else 0
        # A point that nobody sees keeps the encoder from making one picture of them.
        picture.putpixel((0, 0), (number, 90, 160))
        ImageDraw.Draw(picture).ellipse((at, 20, at + 40, 60), "yellow")
        frames.append(picture)
    stream = io.BytesIO()
    frames[0].save(stream, form, save_all=True, append_images=frames[1:], duration=100, loop=0)
    return stream.getvalue()
