"""Documents as people and attackers upload them, written here byte by byte."""

import zlib
from collections.abc import Sequence

from fpdf import FPDF


def pdf(
    texts: Sequence[str] = ("Thông báo",),
    *,
    size: tuple[float, float] = (595, 842),
    drawing: bytes = b"",
    title: str = "",
    pages: int | None = None,
    script: str = "",
) -> bytes:
    """A PDF with a page for each text, or the first page `pages` times; letters are hex codes.

    `script` is run by whoever opens it, if scripts are run.
    """
    count = len(texts) if pages is None else pages
    action = b"/OpenAction<</S/JavaScript/JS<" + script.encode().hex().encode() + b">>>"
    opening = action if script else b""
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % opening,
        3: b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 4 0 R"
        b"/DescendantFonts[5 0 R]>>",
        4: _stream(_TO_UNICODE),
        5: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/DW 600"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        6: b"<</Title<"
        + b"\xfe\xff".hex().encode()
        + title.encode("utf-16-be").hex().encode()
        + b">>>",
    }
    for number, text in enumerate(texts):
        lines = b" T* ".join(
            b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj" for line in text.split("\n")
        )
        body = b"BT /F 20 Tf 24 TL 40 700 Td " + lines + b" ET " + drawing
        bodies[7 + number] = _stream(body)
    first = 7 + len(texts)
    for number in range(count):
        bodies[first + number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]" % size
            + b"/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>" % (7 + number % len(texts))
        )
    kids = b" ".join(b"%d 0 R" % (first + number) for number in range(count))
    bodies[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    return _assembled(bodies)


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    document = FPDF()
    document.set_encryption(owner_password="chu", user_password="khach")
    document.add_page()
    return bytes(document.output())


def many_operators(count: int) -> bytes:
    """A small file whose one page draws `count` lines."""
    return pdf(drawing=b"0 0 m 9 9 l S " * count)


_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    head = b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed)
    return head + packed + b"\nendstream"


def _assembled(bodies: dict[int, bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(bodies.items()):
        places[number] = len(out)
        out += b"%d 0 obj" % number + body + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    for number in range(1, len(bodies) + 1):
        out += b"%010d 00000 n \n" % places[number]
    out += b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(bodies) + 1,
        start,
    )
    return bytes(out)
