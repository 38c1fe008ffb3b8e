"""What no file may leave behind: bytes of a refused one, and a phone's place in any picture."""

from pathlib import Path

import pytest
from PIL import Image

from signage.domain.sentences import Refused
from signage.domain.slide import Slide
from signage.render.usual_profiles import PROFILES
from signage.store import Store
from signage.store.incoming import Incoming
from signage.workflows.content import drawing
from signage.workflows.media import library, receiving, thumbnails
from signage.workflows.media.job_runner import Runner
from tests.signage.ingest.bad_documents import pdf
from tests.signage.ingest.scans import as_jpeg, as_pdf, scan
from tests.signage.pleiku import NOON, OFFICER, WARD

SAMPLES = Path("/usr/share/forensics-samples/original-files")
WORDS = "Phương án bảo vệ kho 7731"


def all_bytes(folder: Path) -> dict[str, bytes]:
    """Every file of an installation, its database included, by its name."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def upload(store: Store, home: Path, data: bytes, filename: str) -> str:
    """Send the file as the page does, do its jobs, and return why it was refused."""
    incoming = Incoming(home / "uploads")
    announced = receiving.announce(
        store,
        incoming,
        filename=filename,
        size=len(data),
        unit=WARD.id,
        declared=True,
        by=OFFICER,
        at=NOON,
    )
    receiving.append(incoming, announced, iter([data]), offset=0, at=NOON)
    try:
        asset = receiving.take_in(store, incoming, announced, by=OFFICER, at=NOON)
    except Refused as refused:
        return refused.text()
    while Runner(store, changed=lambda: None).run_one():
        pass
    [job] = store.jobs.of_subject(WARD.id, asset.sha256)
    return job.said.text() if job.said else ""


@pytest.mark.system("tesseract")
@pytest.mark.parametrize("form", ["text layer", "scan", "later page", "picture"])
def test_of_a_marked_file_no_byte_is_left(store: Store, tmp_path: Path, form: str) -> None:
    marked = scan(WORDS, stamp="TUYỆT MẬT")
    data = {
        "text layer": lambda: pdf([f"TUYỆT MẬT\n{WORDS}"]),
        "scan": lambda: as_pdf(marked),
        "later page": lambda: as_pdf(scan("Trang bìa"), marked),
        "picture": lambda: as_jpeg(marked),
    }[form]()
    assert "TUYỆT MẬT" in upload(store, tmp_path, data, "kế hoạch")
    middle = len(data) // 2
    kept = all_bytes(tmp_path)
    assert [
        name
        for name, held in kept.items()
        if data[middle : middle + 60] in held
        or WORDS.encode() in held
        or WORDS.encode("utf-16-be").hex().encode() in held
    ] == []
    assert [name for name in kept if "/blobs/" in name or "/originals/" in name] == []
    assert [name for name in kept if name.endswith(".part")] == []


@pytest.mark.system("sample files")
def test_of_a_phone_s_place_nothing_is_in_what_is_derived(store: Store, tmp_path: Path) -> None:
    placed = [path for path in SAMPLES.rglob("*.[jJ][pP][gG]") if _has_a_place(path)]
    assert placed
    for path in placed[:2]:
        asset = library.add_asset(
            store, path, filename=path.name, unit=WARD.id, by=OFFICER, at=NOON
        )
        slide = Slide(
            id="a", layout="full_picture", fields={}, seconds=10, picture=asset.clean_sha256
        )
        for profile in PROFILES:
            drawing.draw_slide(store, slide, profile, profile.size)
        small = thumbnails.thumbnail(store, asset.clean_sha256, by=OFFICER)
        derived = [*all_bytes(store.blobs.root).values(), small]
        assert len(derived) > 2
        for data in derived:
            assert not any(word in data for word in (b"Exif\0", b"GPS", b"http://ns.adobe.com"))


def _has_a_place(path: Path) -> bool:
    with Image.open(path) as picture:
        return 0x8825 in picture.getexif()
