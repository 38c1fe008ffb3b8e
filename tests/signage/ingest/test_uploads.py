"""An upload becomes a clean picture, or one sentence; nothing hostile costs more than a child."""

import hashlib
import io
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from signage.domain.media import Family, limit_of
from signage.domain.sentences import Refused
from signage.ingest.uploads import CleanPicture, intake
from tests.signage.ingest.bad_files import (
    encoded,
    many_scans,
    phone_jpeg,
    photo,
    png_bomb,
    png_claiming,
)


def taken_in(folder: Path, data: bytes, filename: str = "ảnh.jpg") -> CleanPicture:
    path = folder / "upload"
    path.write_bytes(data)
    return intake(path, filename=filename)


def refused(folder: Path, data: bytes, filename: str = "ảnh.jpg") -> str:
    with pytest.raises(Refused) as refusal:
        taken_in(folder, data, filename)
    assert refusal.value.field == "file"
    return refusal.value.text()


@pytest.mark.parametrize(
    ("orientation", "size", "red_corner"),
    [(3, (2000, 1500), (1960, 1460)), (6, (1500, 2000), (1460, 40))],
)
def test_a_phone_photo_is_upright_and_tells_nothing_of_its_place(
    tmp_path: Path, orientation: int, size: tuple[int, int], red_corner: tuple[int, int]
) -> None:
    data = phone_jpeg(orientation)
    clean = taken_in(tmp_path, data)
    assert (clean.width, clean.height) == size
    assert clean.media_type == "image/jpeg"
    assert clean.original_sha256 == hashlib.sha256(data).hexdigest()
    picture = Image.open(io.BytesIO(clean.data))
    assert picture.size == size
    assert not picture.getexif()
    assert b"PhoneMaker" not in clean.data
    red, green, _ = picture.getpixel(red_corner)  # type: ignore[misc]
    assert red > 150 > 2 * green


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "AVIF"])
def test_each_promised_format_is_taken_whatever_its_name(tmp_path: Path, format_: str) -> None:
    clean = taken_in(tmp_path, encoded(photo(), format_), "ghi chú.txt")
    assert (clean.width, clean.height) == (640, 480)
    assert clean.filename == "ghi chú.txt"


def test_the_same_upload_gives_the_same_clean_picture(tmp_path: Path) -> None:
    data = encoded(photo())
    assert taken_in(tmp_path, data) == taken_in(tmp_path, data)


def test_the_uploaded_file_stays_as_it_was(tmp_path: Path) -> None:
    data = encoded(photo())
    taken_in(tmp_path, data)
    assert (tmp_path / "upload").read_bytes() == data


def test_zero_bytes_are_refused(tmp_path: Path) -> None:
    assert "0 byte" in refused(tmp_path, b"")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "văn bản"),
        (b"%PDF-1.7\n1 0 obj", "Tài liệu bị hỏng"),
        (b"PK\x03\x04ppt/slides", "Tài liệu bị hỏng"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "Tệp ảnh bị hỏng"),
        (b"Rar!\x1a\x07\x01\x00", "tệp nén"),
        (b"MZ\x90\x00\x03", "Không nhận ra"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "Không nhận ra"),
    ],
)
def test_what_is_no_picture_is_told_by_its_content(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in refused(tmp_path, data, "ảnh.png")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_truncated_picture_is_refused(tmp_path: Path, format_: str) -> None:
    data = encoded(photo(), format_)
    assert "Hãy" in refused(tmp_path, data[: len(data) * 2 // 3])


def test_a_truncated_jpeg_says_that_its_end_is_missing(tmp_path: Path) -> None:
    data = encoded(photo())
    assert "thiếu phần cuối" in refused(tmp_path, data[: len(data) // 2])


@pytest.mark.parametrize("side", [8_000, 13_300, 30_000])
def test_a_picture_of_too_many_pixels_is_refused(tmp_path: Path, side: int) -> None:
    data = png_bomb(side)
    assert len(data) < 200_000
    assert "50 triệu điểm ảnh" in refused(tmp_path, data)


def test_a_header_that_lies_about_the_size_is_refused(tmp_path: Path) -> None:
    assert "Hãy" in refused(tmp_path, png_claiming(7000, 7000))


def test_a_jpeg_of_2005_scans_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    assert "quá nhiều công tính toán" in refused(tmp_path, many_scans(4000, 2005))


@pytest.mark.parametrize(
    ("head", "family"), [(b"\xff\xd8\xff", "picture"), (b"%PDF-1.7", "document")]
)
def test_a_file_over_the_limit_of_its_family_is_refused_unread(
    tmp_path: Path, head: bytes, family: Family
) -> None:
    path = tmp_path / "upload"
    with path.open("wb") as file:
        file.write(head)
        file.truncate(3_000_000_000)  # a hole: takes no room on the disk
    with pytest.raises(Refused, match=f"{limit_of(family) // 1_000_000} MB"):
        intake(path, filename="ảnh.jpg")


def test_a_fifo_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "upload")
    with pytest.raises(Refused, match="tệp thường"):
        intake(tmp_path / "upload", filename="ảnh.jpg")


def test_a_link_a_folder_and_nothing_are_refused(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(encoded(photo()))
    (tmp_path / "link").symlink_to(tmp_path / "picture")
    (tmp_path / "folder").mkdir()
    for name in ("link", "folder", "nothing"):
        with pytest.raises(Refused, match="tệp thường"):
            intake(tmp_path / name, filename="ảnh.jpg")


@pytest.mark.parametrize("filename", ["../../etc/passwd", "a\x00.jpg", "", "a\u202egpj.exe"])
def test_a_misleading_name_is_refused(tmp_path: Path, filename: str) -> None:
    refused(tmp_path, encoded(photo()), filename)


def test_a_picture_with_a_page_behind_it_leaves_the_page_behind(tmp_path: Path) -> None:
    clean = taken_in(tmp_path, encoded(photo()) + b"<script>alert(1)</script>")
    assert b"<script>" not in clean.data


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    format_=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"]),
    seed=st.integers(0, 2**32),
    flips=st.integers(1, 30),
    kept=st.floats(0.05, 1.0),
)
def test_damaged_pictures_are_taken_or_refused_in_words(
    tmp_path: Path, format_: str, seed: int, flips: int, kept: float
) -> None:
    damage = random.Random(seed)
    data = bytearray(encoded(photo(96, 64), format_))
    for _ in range(flips):
        data[damage.randrange(len(data))] ^= 1 << damage.randrange(8)
    try:
        clean = taken_in(tmp_path, bytes(data[: max(1, int(len(data) * kept))]))
    except Refused as refusal:
        assert "Hãy" in refusal.text()  # noqa: PT017 - both ends are fine
    else:
        Image.open(io.BytesIO(clean.data)).load()
