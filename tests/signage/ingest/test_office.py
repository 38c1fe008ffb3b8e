"""Word and PowerPoint files become pages by LibreOffice, and nothing in them runs or calls home."""

import io
import socket
import threading
import time
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from signage.domain.sentences import Refused
from signage.ingest import documents, libreoffice
from signage.ingest.documents import Page
from signage.ingest.uploads import Document, examine
from tests.signage.ingest.bad_files import encoded
from tests.signage.ingest.office_files import (
    archive_bomb,
    changed,
    old_presentation,
    paragraph,
    presentation,
    text_document,
    with_linked_picture,
    word_document,
)

OLD_HEAD = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "PowerPoint Document\0".encode("utf-16-le")
)
needs_office = pytest.mark.system("libreoffice")


@pytest.fixture(autouse=True)
def office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of the door need no office: there it only has to be said to be here."""
    if request.node.get_closest_marker("system") is None:
        monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: Path("/usr/bin/soffice"))


def examined(folder: Path, data: bytes, filename: str = "tệp.docx") -> Document:
    path = folder / "upload"
    path.write_bytes(data)
    document = examine(path, filename=filename)
    assert isinstance(document, Document)
    return document


def drawn(folder: Path, data: bytes) -> list[Page]:
    form = examined(folder, data).form
    room = folder / "room"
    room.mkdir()
    return list(documents.draw_pages(folder / "upload", form=form, folder=room, tell=lambda: None))


def refused(folder: Path, data: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        examined(folder, data)
    return refusal.value.text()


@needs_office
def test_each_slide_of_a_presentation_becomes_a_page(tmp_path: Path) -> None:
    pages = drawn(tmp_path, presentation(4))
    assert [page.page for page in pages] == [1, 2, 3, 4]
    picture = Image.open(io.BytesIO(pages[0].data))
    assert picture.size == (2160, 1620)
    assert len(picture.convert("L").getcolors() or ()) > 10  # there is text on it


@needs_office
def test_an_old_presentation_becomes_pages_as_well(tmp_path: Path) -> None:
    data = old_presentation(tmp_path, presentation(2))
    assert examined(tmp_path, data).form == "ppt"
    assert len(drawn(tmp_path, data)) == 2


@needs_office
@pytest.mark.parametrize(
    ("data", "form"),
    [
        (word_document(paragraph("Kính gửi bà con phường Hội Phú")), "docx"),
        (text_document("<text:p>Kính gửi bà con</text:p>"), "odt"),
    ],
    ids=["docx", "odt"],
)
def test_a_letter_becomes_a_page(tmp_path: Path, data: bytes, form: str) -> None:
    assert examined(tmp_path, data).form == form
    [page] = drawn(tmp_path, data)
    assert page.height == 2160


@needs_office
@pytest.mark.system("sample files")
@pytest.mark.parametrize("name", ["text1/a-text.docx", "text1/a-text.odt"])
def test_real_documents_become_pages(tmp_path: Path, name: str) -> None:
    data = (Path("/usr/share/forensics-samples/original-files") / name).read_bytes()
    assert len(drawn(tmp_path, data)) == 2


@needs_office
def test_real_templates_become_pages(tmp_path: Path) -> None:
    folder = Path("/usr/lib/libreoffice/share/template/common/presnt")
    if not folder.is_dir():
        folder = next(Path("/usr").rglob("Beehive.otp")).parent
    data = (folder / "Beehive.otp").read_bytes()
    assert drawn(tmp_path, data)


@needs_office
def test_a_linked_picture_is_not_fetched(tmp_path: Path) -> None:
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                asked.append(connection.recv(100))
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/picture.png"
        assert len(drawn(tmp_path, with_linked_picture(address))) == 1
    assert asked == []


@needs_office
def test_a_picture_elsewhere_on_the_disk_is_not_shown(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(encoded(Image.new("RGB", (600, 600), (255, 0, 255)), "PNG"))
    frame = (
        '<text:p><draw:frame svg:width="15cm" svg:height="15cm"><draw:image'
        f' xlink:href="{secret.as_uri()}" xlink:type="simple"/></draw:frame></text:p>'
    )
    for data in (with_linked_picture(secret.as_uri()), text_document(frame)):
        folder = tmp_path / str(len(data))
        folder.mkdir()
        for page in drawn(folder, data):
            picture = Image.open(io.BytesIO(page.data)).convert("RGB").resize((60, 60))
            colours = {colour for _, colour in picture.getcolors(3600) or ()}
            assert not any(r > 200 and b > 200 and g < 80 for r, g, b in colours)  # type: ignore[misc]


@needs_office
def test_a_file_that_libreoffice_cannot_open_is_a_sentence(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (tmp_path / "upload").write_bytes(OLD_HEAD + b"\0" * 4000)
    with pytest.raises(Refused, match="LibreOffice không mở được"):
        list(documents.draw_pages(tmp_path / "upload", form="ppt", folder=room, tell=lambda: None))


def test_without_libreoffice_the_refusal_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: None)
    assert "apt install libreoffice-impress libreoffice-writer" in refused(
        tmp_path, presentation(1)
    )


@pytest.mark.parametrize(
    "data",
    [
        presentation(2, title="TỐI MẬT"),
        word_document(paragraph("TUYỆT MẬT") + paragraph("Kế hoạch số 4")),
        word_document(
            paragraph("Kế hoạch"),
            parts={
                "word/header1.xml": (
                    '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
                    f">{paragraph('LƯU HÀNH NỘI BỘ')}</w:hdr>"
                ).encode()
            },
        ),
        word_document(
            '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
            '<v:textpath string="MẬT"/></v:shape></w:pict></w:r></w:p>'
        ),
        text_document("<text:p>Số: 5/BC   MẬT</text:p><text:p>Báo cáo</text:p>"),
        OLD_HEAD + b"\0" * 9 + "Kế hoạch\rTUYỆT MẬT\rnăm 2026".encode("utf-16-le") + b"\0" * 400,
    ],
    ids=["slide", "letter", "page header", "watermark", "line", "old presentation"],
)
def test_a_marked_office_file_is_refused_unopened(tmp_path: Path, data: bytes) -> None:
    assert "không giữ lại gì" in refused(tmp_path, data)


def test_a_law_about_state_secrets_is_no_secret(tmp_path: Path) -> None:
    law = (
        paragraph("LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC")
        + paragraph("Bí mật nhà nước có ba độ: Tuyệt mật, Tối mật và Mật.")
        + paragraph("Mật ong rừng, mật độ dân số, mật khẩu.")
    )
    assert examined(tmp_path, word_document(law)).form == "docx"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive_bomb(31, 10_000_000), "bung ra quá lớn"),
        (archive_bomb(1, 50_000_000), "bung ra quá lớn"),
        (word_document("", parts={"../../etc/cron.d/x": b"x"}), "bị hỏng"),
        (word_document("", parts={"/etc/passwd": b"x"}), "bị hỏng"),
        (word_document("<w:p>"), "bị hỏng"),
        (presentation(1)[:-300], "bị hỏng"),
        (text_document("", form="spreadsheet"), "bảng tính"),
        (changed(word_document(""), {"word/document.xml": b""}), "bị hỏng"),
        (encoded(Image.new("1", (8, 8)), "PNG").replace(b"\x89PNG", b"PK\x03\x04"), "bị hỏng"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage\0".encode("utf-16-le"), "mật khẩu"),
        (b"\xd0\xcf\x11\xe0" + "Workbook\0".encode("utf-16-le"), "bảng tính"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "Word, PowerPoint"),
        (
            changed(text_document(""), {"META-INF/manifest.xml": b"<m:encryption-data/>"}),
            "mật khẩu",
        ),
    ],
    ids=[
        *("310 MB of zeros", "ratio 1000", "zip slip", "absolute path", "half a part", "cut"),
        *("spreadsheet", "empty part", "picture as zip", "locked", "old spreadsheet", "no office"),
        "locked OpenDocument",
    ],
)
def test_a_hostile_office_file_is_refused_at_the_door(
    tmp_path: Path, data: bytes, words: str
) -> None:
    assert words in refused(tmp_path, data)


def test_nothing_that_runs_comes_to_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = {
        "word/vbaProject.bin": b"Sub AutoOpen()",
        "word/vbaData.xml": b"<vba/>",
        "word/activeX/activeX1.bin": b"control",
        "word/embeddings/oleObject1.bin": b"program",
        "word/externalLinks/externalLink1.xml": b"<link/>",
        "Basic/Standard/Module1.xml": b"<module/>",
    }
    program, given = tmp_path / "soffice", tmp_path / "given"
    program.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "$last" "{given}"\n')
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: program)
    with pytest.raises(Refused):
        drawn(tmp_path, word_document(paragraph("Kính gửi"), parts=live))
    with zipfile.ZipFile(given) as opened:
        assert "word/document.xml" in opened.namelist()
        assert not live.keys() & set(opened.namelist())


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    part = (
        b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://'
        b'schemas.openxmlformats.org/wordprocessingml/2006/main">&x;</w:document>'
    )
    assert "bị hỏng" in refused(tmp_path, word_document("", parts={"word/document.xml": part}))


def test_ten_thousand_small_parts_take_no_time(tmp_path: Path) -> None:
    parts = {f"word/media/{number}.xml": b"x" for number in range(10_500)}
    began = time.process_time()
    assert "bung ra" in refused(tmp_path, word_document("", parts=parts))
    assert time.process_time() - began < 5
