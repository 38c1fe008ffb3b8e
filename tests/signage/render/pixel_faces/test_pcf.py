"""The reader of X11 bitmap fonts, on fonts of a few pixels written here."""

import gzip
import struct

import pytest

from signage.render.pixel_faces.pcf import BrokenFont, Glyph, parse_pcf, read_pcf

METRICS, BITMAPS, ENCODINGS, ACCELERATORS = 4, 8, 32, 2
# An L, three pixels high: its lowest row stands on the baseline.
L_ROWS = (0b10000000, 0b10000000, 0b11100000)
L_INK = frozenset({(0, 2), (0, 1), (0, 0), (1, 0), (2, 0)})


def pcf(*, order=">", lsb_first_bits=False, compressed=True, pad=2, tables=None) -> bytes:
    """A font with one glyph, an L at code point U+004C, in the flavour asked for."""
    flavour = pad | (0 if lsb_first_bits else 8) | (4 if order == ">" else 0)
    compress = 0x100 if compressed else 0
    contents = {
        ACCELERATORS: (flavour, struct.pack(order + "8xii", 5, 2)),
        METRICS: (flavour | compress, _metrics(order, compressed)),
        BITMAPS: (flavour, _bitmaps(order, lsb_first_bits, pad)),
        ENCODINGS: (flavour, struct.pack(order + "5h2H", 0x4C, 0x4D, 0, 0, 0, 0, 0xFFFF)),
    }
    return _file(contents if tables is None else {kind: contents[kind] for kind in tables})


def _metrics(order: str, compressed: bool) -> bytes:
    values = (0, 3, 4, 3, 0)  # left, right, advance, ascent, descent
    if compressed:
        return struct.pack(order + "H5B", 1, *(value + 0x80 for value in values))
    return struct.pack(order + "I5hH", 1, *values, 0)


def _bitmaps(order: str, lsb_first_bits: bool, pad: int) -> bytes:
    rows = [int(f"{row:08b}"[::-1], 2) if lsb_first_bits else row for row in L_ROWS]
    data = b"".join(bytes([row]).ljust(1 << pad, b"\0") for row in rows)
    return struct.pack(order + "II4I", 1, 0, len(data), len(data), len(data), len(data)) + data


def _file(contents: dict[int, tuple[int, bytes]]) -> bytes:
    directory, body = b"", b""
    start = 8 + 16 * len(contents)
    for kind, (form, data) in contents.items():
        table = struct.pack("<I", form) + data
        directory += struct.pack("<IIII", kind, form, len(table), start + len(body))
        body += table
    return b"\x01fcp" + struct.pack("<I", len(contents)) + directory + body


def everything(_: int) -> bool:
    return True


@pytest.mark.parametrize("pad", [0, 1, 2])
@pytest.mark.parametrize("compressed", [True, False])
def test_a_glyph_is_read_with_its_ink_above_the_baseline(pad, compressed):
    font = parse_pcf(pcf(pad=pad, compressed=compressed), everything)
    assert font.glyphs == {0x4C: Glyph(4, L_INK)}


def test_bits_that_run_the_other_way_give_the_same_ink():
    font = parse_pcf(pcf(order="<", lsb_first_bits=True), everything)
    assert font.glyphs[0x4C].ink == L_INK


def test_the_cell_has_the_rows_that_the_font_says():
    font = parse_pcf(pcf(), everything)
    assert (font.ascent, font.descent) == (5, 2)


def test_only_wanted_code_points_are_read():
    assert parse_pcf(pcf(), lambda point: point != 0x4C).glyphs == {}


def test_a_gzipped_file_is_read_like_a_plain_one(tmp_path):
    (tmp_path / "font.pcf").write_bytes(pcf())
    (tmp_path / "font.pcf.gz").write_bytes(gzip.compress(pcf()))
    assert read_pcf(tmp_path / "font.pcf") == read_pcf(tmp_path / "font.pcf.gz")


@pytest.mark.parametrize("length", [0, 3, 7, 60, 100, 150])
def test_a_truncated_file_is_refused_by_name(tmp_path, length):
    (tmp_path / "cut.pcf").write_bytes(pcf()[:length])
    with pytest.raises(BrokenFont):
        read_pcf(tmp_path / "cut.pcf")


def test_a_file_without_bitmaps_is_refused():
    with pytest.raises(BrokenFont, match="missing"):
        parse_pcf(pcf(tables=[ACCELERATORS, METRICS, ENCODINGS]), everything)


def test_a_page_of_the_web_is_no_font(tmp_path):
    (tmp_path / "font.pcf").write_bytes(b"<!doctype html><title>404</title>")
    with pytest.raises(BrokenFont, match="does not start like"):
        read_pcf(tmp_path / "font.pcf")
