"""Office files as people and attackers upload them: made by python-pptx, or part by part."""

import io
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pptx import Presentation
from pptx.util import Inches, Pt


def presentation(count: int = 3, *, title: str = "Ngày hội đọc sách") -> bytes:
    """A PPTX of `count` Vietnamese slides with a title, lines and a table on each fifth."""
    made = Presentation()
    for number in range(1, count + 1):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = f"{title} {number}"
        slide.placeholders[1].text = "Tại Nhà văn hoá phường Hội Phú\nKính mời bà con tham dự"
        if number % 5 == 0:
            place = (Inches(1), Inches(4), Inches(8), Inches(2))
            table = slide.shapes.add_table(3, 3, *place).table
            table.cell(0, 0).text = "Giờ"
            table.cell(0, 1).text = "Nội dung"
            table.cell(1, 1).text_frame.paragraphs[0].font.size = Pt(14)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def changed(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same archive with some parts replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            if name not in parts:
                after.writestr(name, before.read(name))
        for name, part in parts.items():
            after.writestr(name, part)
    return stream.getvalue()


def with_linked_picture(address: str) -> bytes:
    """A PPTX whose first slide shows a picture that lies elsewhere."""
    data = presentation(1)
    slide, rels = "ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        words, links = opened.read(slide).decode(), opened.read(rels).decode()
    picture = (
        '<p:pic><p:nvPicPr><p:cNvPr id="99" name="x"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        '<p:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships" r:link="rId99"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        '<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9144000" cy="6858000"/></a:xfrm>'
        '<a:prstGeom prst="rect"/></p:spPr></p:pic></p:spTree>'
    )
    link = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/image" Target="{address}" TargetMode="External"/></Relationships>'
    )
    return changed(
        data,
        {
            slide: words.replace("</p:spTree>", picture).encode(),
            rels: links.replace("</Relationships>", link).encode(),
        },
    )


def text_document(
    body: str, *, form: str = "text", parts: Mapping[str, bytes] | None = None
) -> bytes:
    """An ODT (or another OpenDocument) with `body` as its content."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
        ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        ' manifest:version="1.2"><manifest:file-entry manifest:full-path="/"'
        ' manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        kind = f"application/vnd.oasis.opendocument.{form}"
        made.writestr("mimetype", kind, zipfile.ZIP_STORED)
        made.writestr("content.xml", content)
        made.writestr("META-INF/manifest.xml", manifest)
        for name, part in (parts or {}).items():
            made.writestr(name, part)
    return stream.getvalue()


def word_document(body: str, *, parts: Mapping[str, bytes] | None = None) -> bytes:
    """A DOCX with `body` between the tags of its body."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    every = {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
            f' Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>".encode(),
    } | dict(parts or {})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in every.items():
            made.writestr(name, part)
    return stream.getvalue()


def paragraph(text: str) -> str:
    """A paragraph of a DOCX, its letters in three runs as Word writes them."""
    third = max(1, len(text) // 3)
    runs = (text[:third], text[third : 2 * third], text[2 * third :])
    return (
        "<w:p>"
        + "".join(f'<w:r><w:t xml:space="preserve">{r}</w:t></w:r>' for r in runs)
        + "</w:p>"
    )


def archive_bomb(count: int, size: int) -> bytes:
    """A DOCX with `count` pictures of `size` zeros."""
    zeros = b"\0" * size
    parts = {f"word/media/image{number}.png": zeros for number in range(count)}
    return word_document(paragraph("Xin chào"), parts=parts)


def old_presentation(folder: Path, data: bytes, form: str = "ppt") -> bytes:
    """The same presentation as PowerPoint 97 kept it, made by LibreOffice."""
    (folder / "new.pptx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", form, "--outdir", folder, folder / "new.pptx"],
        check=True,
        capture_output=True,
        timeout=90,
    )
    return (folder / f"new.{form}").read_bytes()
