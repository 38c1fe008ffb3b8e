"""A file is what its first bytes say."""

import pytest
from PIL import Image

from signage.ingest.kinds import (
    DOCUMENT_KINDS,
    HEAD_BYTES,
    PICTURE_KINDS,
    REFUSALS,
    VIDEO_KINDS,
    kind_of,
)
from tests.signage.ingest.bad_files import encoded


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "AVIF"])
def test_each_picture_format_is_known_by_its_first_bytes(format_: str) -> None:
    head = encoded(Image.new("RGB", (32, 32)), format_)[:HEAD_BYTES]
    assert kind_of(head) == format_.lower()
    assert kind_of(head) in PICTURE_KINDS


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "office"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", "heic"),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf", "avif"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42", "mov"),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", "mov"),
        (b"\x1a\x45\xdf\xa3\x9f", "matroska"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd", "unknown"),
        (b"\x00\x00\x01\xba\x44", "video"),
        (b"\x1f\x8b\x08", "archive"),
        (b"junk before it\n%PDF-1.4", "pdf"),
        (b"RIFF\x24\x00\x00\x00AVI LIST", "video"),
        (b"<svg xmlns=", "svg"),
        (b'<?xml version="1.0"?><svg ', "svg"),
        (b'<?xml version="1.0"?><!-- ' + b"x" * 900 + b" --><svg ", "svg"),
        (b'<?xml version="1.0"?><office>', "text"),
        (b"<!doctype html><html><svg ></svg>", "text"),
        (b"\n\n<!doctype HTML><title>", "text"),
        (b"\xef\xbb\xbf<html>", "text"),
        (b"MZ\x90\x00", "unknown"),
        (b"", "unknown"),
        (b"\x00" * 64, "unknown"),
    ],
)
def test_other_files_are_told_apart(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind
    assert kind in REFUSALS.keys() | PICTURE_KINDS | DOCUMENT_KINDS | VIDEO_KINDS
