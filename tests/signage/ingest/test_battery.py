"""Every kind of file, cut and bit-flipped: it is taken or refused in words, and nothing breaks."""

import os
import random
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signage.domain.sentences import Refused
from signage.ingest import documents, films
from signage.ingest.films import Still
from signage.ingest.uploads import CleanPicture, Document, Film, examine
from tests.signage.ingest.bad_documents import pdf
from tests.signage.ingest.bad_files import encoded, photo
from tests.signage.ingest.bad_films import animation, film
from tests.signage.ingest.office_files import paragraph, presentation, text_document, word_document

SAMPLES = Path("/usr/share/forensics-samples/original-files")


def heic() -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".heic") as file:
        pillow_heif.from_pillow(photo(96, 64)).save(file.name)
        return Path(file.name).read_bytes()


KINDS: dict[str, Callable[[], bytes]] = {
    "heic": heic,
    "avif": lambda: encoded(photo(96, 64), "AVIF"),
    "tiff": lambda: encoded(photo(96, 64), "TIFF"),
    "gif": lambda: animation("GIF", pictures=4),
    "apng": lambda: animation("PNG", pictures=4),
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>',
    "pdf": lambda: pdf(["Một", "Hai"]),
    "pptx": lambda: presentation(2),
    "docx": lambda: word_document(paragraph("Kính gửi bà con")),
    "odt": lambda: text_document("<text:p>Kính gửi</text:p>"),
    "mp4": lambda: film(size=(64, 36), seconds=0.5),
    "mkv": lambda: film(size=(64, 36), seconds=0.5, form="matroska"),
}


@cache
def sample(kind: str) -> bytes:
    return KINDS[kind]()


def end_of(path: Path, *, films_too: bool = True) -> str:
    """Take the file in and do its job; return what became of it, in one word or a sentence."""
    try:
        taken = examine(path, filename="tệp")
        with tempfile.TemporaryDirectory() as folder:
            if isinstance(taken, Document) and taken.form == "pdf":
                list(documents.draw_pages(path, form="pdf", folder=Path(folder), tell=_nothing))
            elif isinstance(taken, Film) and films_too:
                with films.written_film(path, form=taken.form, seconds=1, tell=_nothing):
                    pass
            elif isinstance(taken, CleanPicture) and taken.moves:
                with films.written_film(path, form="pictures", seconds=1, tell=_nothing):
                    pass
    except Refused as refusal:
        return refusal.text()
    except Still:
        return "taken"
    return "taken"


def _nothing(_share: float = 0) -> None:
    pass


@pytest.mark.parametrize("kind", KINDS)
def test_each_sample_is_taken_whatever_its_name(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "upload"
    path.write_bytes(sample(kind))
    result = end_of(path)
    assert result == "taken" or "apt install" in result


@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=3,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32), flips=st.integers(0, 40), kept=st.floats(0.02, 1.0))
def test_damaged_files_are_taken_or_refused_in_words(
    tmp_path: Path, kind: str, seed: int, flips: int, kept: float
) -> None:
    damage = random.Random(seed)
    data = bytearray(sample(kind))
    for _ in range(flips):
        data[damage.randrange(len(data))] ^= 1 << damage.randrange(8)
    path = tmp_path / "upload"
    path.write_bytes(data[: max(1, int(len(data) * kept))])
    result = end_of(path)
    assert result == "taken" or "Hãy" in result


@pytest.mark.system("sample files")
def test_every_real_file_is_taken_or_refused_in_words() -> None:
    files = [path for path in sorted(SAMPLES.rglob("*")) if path.is_file()]
    # Real videos are written out in the tests of videos.
    results = {path.name: end_of(path, films_too=False) for path in files}
    assert len(results) > 30
    assert {
        result for result in results.values() if result != "taken" and "Hãy" not in result
    } == set()
    taken = {name for name, result in results.items() if result == "taken"}
    assert {"IMG_1054.JPG", "debian.png", "a-text.pdf", "VID_20191220_170832.mp4"} <= taken
    assert "mật khẩu" in results["a-text-pass-peanuts.pdf"]


def test_nothing_of_all_this_stays_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    for kind in ("pdf", "mp4", "heic"):
        path = tmp_path / "upload"
        for data in (sample(kind), sample(kind)[: len(sample(kind)) // 2]):
            path.write_bytes(data)
            end_of(path)
    assert os.listdir(room) == []  # noqa: PTH208 - names are enough
