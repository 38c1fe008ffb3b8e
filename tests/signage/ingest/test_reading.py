"""Words that are pixels: a marking is refused, a person's number told, where Tesseract is there."""

from pathlib import Path

import pytest

from signage.domain.sentences import Refused
from signage.ingest import documents, reading
from signage.ingest.uploads import CleanPicture, examine
from tests.signage.ingest.bad_files import encoded, photo
from tests.signage.ingest.scans import BLACK, RED, as_jpeg, as_pdf, scan

pytestmark = pytest.mark.system("tesseract")


def taken(folder: Path, data: bytes) -> CleanPicture:
    path = folder / "upload"
    path.write_bytes(data)
    picture = examine(path, filename="ảnh.jpg")
    assert isinstance(picture, CleanPicture)
    return picture


@pytest.mark.parametrize(
    ("stamp", "ink"),
    [("MẬT", RED), ("TỐI MẬT", BLACK), ("TUYỆT MẬT", BLACK), ("LƯU HÀNH NỘI BỘ", RED)],
)
def test_a_stamp_on_a_scanned_page_is_refused(
    tmp_path: Path, stamp: str, ink: tuple[int, int, int]
) -> None:
    page = scan("Kính gửi: các tổ dân phố", stamp=stamp, ink=ink)
    with pytest.raises(Refused, match=stamp):
        taken(tmp_path, as_jpeg(page))


def test_numbers_of_persons_on_a_picture_are_found(tmp_path: Path) -> None:
    page = scan("Ông Rơ Châm Hlơi, số CCCD 051088001234", "điện thoại 0905 123 456", askew=-0.6)
    found = taken(tmp_path, as_jpeg(page)).findings
    assert [(one.kind, one.masked) for one in found] == [("citizen_id", "…234"), ("phone", "…456")]


def test_a_photo_says_nothing(tmp_path: Path) -> None:
    assert taken(tmp_path, encoded(photo(640, 480))).findings == ()


def test_a_stamp_on_a_later_page_of_a_scanned_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_pdf(scan("Trang một"), scan("Trang hai", stamp="TỐI MẬT")))
    pages = documents.draw_pages(path, form="pdf", folder=tmp_path, tell=lambda: None)
    assert next(pages).page == 1
    with pytest.raises(Refused, match="TỐI MẬT"):
        next(pages)


def test_a_reader_that_is_broken_costs_no_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "find_tesseract", lambda: Path("/bin/false"))
    assert taken(tmp_path, as_jpeg(scan("Kính gửi"))).findings == ()
