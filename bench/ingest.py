"""Uploads: pages of documents, a phone photo, a film, and what memory their decoders take."""

import io
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import av
import pillow_heif
from PIL import Image

from signage.domain.slide import Slide
from signage.ingest import documents, films, reading
from signage.ingest.libreoffice import find_libreoffice
from signage.ingest.reading import words_on
from signage.ingest.uploads import CleanPicture, Document, Film, examine
from signage.render.frames import render_slide
from signage.render.pictures import open_clean
from signage.render.usual_profiles import PROFILES

_SLIDES = 40
_FILM_SECONDS = 10
DECODER = "decoding alone, whole"


def run() -> list[dict[str, Any]]:
    """Measure wall time on an idle machine; each kind in a process of its own, for its memory."""
    kinds = [_pdf_of_text, _pdf_of_scans, _photos, _film]
    if find_libreoffice():
        kinds.insert(2, _presentation)
    results = []
    for kind in kinds:
        # A process that has decoded one kind only: its largest child was of that kind.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            results += process.submit(_measured, kind).result()
    return results


def _measured(kind: Callable[[Path], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="signage-bench-") as folder:
        results = kind(Path(folder))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    name = kind.__name__.strip("_").replace("_", " ")
    return [*results, _result(f"{name}: peak memory of a decoder", peak, "MiB")]


def _pdf_of_text(folder: Path) -> list[dict[str, Any]]:
    from tests.signage.ingest.bad_documents import pdf

    lines = "\n".join("Thông báo lịch tiếp công dân của phường Hội Phú" for _ in range(28))
    path = folder / "text.pdf"
    path.write_bytes(pdf([lines], pages=100))
    door, _, each = _document(path)
    return [
        _result("PDF of 100 text pages: at the door", door * 1000, "ms"),
        _result("PDF of text", 1 / each, "pages/s"),
    ]


def _pdf_of_scans(folder: Path) -> list[dict[str, Any]]:
    scan = Image.effect_noise((2480, 3508), 30).convert("L")
    path = folder / "scans.pdf"
    scan.save(path, "PDF", save_all=True, append_images=[scan] * 9, resolution=300)
    _, _, each = _document(path)
    return [_result("PDF of scans, A4 at 300 dpi", 1 / each, "pages/s")]


def _presentation(folder: Path) -> list[dict[str, Any]]:
    from tests.signage.ingest.office_files import presentation

    path = folder / "slides.pptx"
    path.write_bytes(presentation(_SLIDES))
    door, first, each = _document(path)
    return [
        _result(f"PPTX of {_SLIDES} slides: at the door", door * 1000, "ms"),
        _result(f"PPTX of {_SLIDES} slides: first page after", first, "s"),
        _result("PPTX: each further page", each * 1000, "ms"),
    ]


def _photos(folder: Path) -> list[dict[str, Any]]:
    """From 12 MP to the clean picture, to all five usual profiles, and what reading costs."""
    pillow_heif.register_heif_opener(thumbnails=False)
    picture = Image.effect_noise((1000, 750), 60).resize((4000, 3000)).convert("RGB")
    results = []
    for form in ("JPEG", "HEIC"):
        path = folder / f"photo.{form.lower()}"
        if form == "JPEG":
            picture.save(path, quality=85)
        else:
            pillow_heif.from_pillow(picture).save(path, quality=80)
        with _nobody_reads():
            before = _children_seconds()
            taken = examine(path, filename=path.name)
            door = _children_seconds() - before
        assert isinstance(taken, CleanPicture)
        before = _children_seconds()
        words_on(taken.data)
        reading = _children_seconds() - before
        drawing = _cpu_seconds(lambda taken=taken: _draw_on_all(taken))
        told = f"{form} of 12 MP"
        alone = _cpu_seconds(lambda path=path: Image.open(path).load())
        results += [
            _result(f"{told} to a clean picture, processor time", door * 1000, "ms"),
            _result(f"{told} to a clean picture, processor time", alone * 1000, "ms", DECODER),
            _result(f"{told}: then to all five profiles", drawing * 1000, "ms"),
            _result(f"{told}: looking for words on it", reading * 1000, "ms"),
        ]
    return results


def _draw_on_all(taken: CleanPicture) -> None:
    slide = Slide(id="a", layout="full_picture", fields={}, seconds=10, picture="0" * 64)
    for profile in PROFILES:
        picture = open_clean(taken.data, at_least=profile.size)
        render_slide(slide, profile, area=profile.size, picture=picture)


@contextmanager
def _nobody_reads() -> Iterator[None]:
    found, reading.find_tesseract = reading.find_tesseract, lambda: None
    yield
    reading.find_tesseract = found


def _film(folder: Path) -> list[dict[str, Any]]:
    path = folder / "film.mp4"
    path.write_bytes(film_of((1920, 1080), _FILM_SECONDS))
    taken = examine(path, filename="film.mp4")
    assert isinstance(taken, Film)
    results = []
    for name, size in (("1920×1080", None), ("384×192", (384, 192))):
        wall = _seconds(lambda size=size: _write(path, size))
        results.append(_result(f"film of 1080p to {name}", taken.frames / wall, "frames/s"))
    expected = films.estimate_ms(taken.frames, (1920, 1080), (1920, 1080)) / 1000
    results.append(_result(f"film of {_FILM_SECONDS} s: said beforehand", expected, "s"))
    return results


def _write(path: Path, size: tuple[int, int] | None) -> None:
    with films.written_film(
        path, form="mov", seconds=_FILM_SECONDS, size=size, tell=lambda _share: None
    ):
        pass


def _document(path: Path) -> tuple[float, float, float]:
    """Seconds at the door, until the first page, and for each further one."""
    began = time.monotonic()
    taken = examine(path, filename=path.name)
    assert isinstance(taken, Document)
    door = time.monotonic() - began
    moments = []
    with tempfile.TemporaryDirectory() as room:
        began = time.monotonic()
        for _ in documents.draw_pages(path, form=taken.form, folder=Path(room), tell=lambda: None):
            moments.append(time.monotonic() - began)  # noqa: PERF401 - the moment is the point
    return door, moments[0], (moments[-1] - moments[0]) / (len(moments) - 1)


def film_of(size: tuple[int, int], seconds: int) -> bytes:
    """A film with movement everywhere, as a phone held by hand makes it."""
    stream = io.BytesIO()
    large = Image.effect_noise((size[0] + 400, size[1] + 200), 50).convert("RGB")
    with av.open(stream, "w", format="mp4") as container:
        video = container.add_stream("libx264", rate=30, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        for number in range(seconds * 30):
            left, top = number % 400, number % 200
            picture = large.crop((left, top, left + size[0], top + size[1]))
            frame = av.VideoFrame.from_image(picture)
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
    return stream.getvalue()


def _seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def _cpu_seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _result(metric: str, value: float, unit: str, peer: str | None = None) -> dict[str, Any]:
    return {"bench": "ingest", "metric": metric, "value": value, "unit": unit, "peer": peer}
