"""The scans of a JPEG are counted from its marks, and only its own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from signage.ingest.jpeg_scans import count_scans
from tests.signage.ingest.bad_files import encoded, many_scans, photo


def test_a_plain_jpeg_has_one_scan_and_a_progressive_one_about_ten() -> None:
    assert count_scans(encoded(photo()), stop_at=101) == 1
    assert 6 <= count_scans(encoded(photo(), progressive=True), stop_at=101) <= 12


@pytest.mark.parametrize("scans", [50, 2005])
def test_many_scans_are_counted_up_to_the_limit(scans: int) -> None:
    assert count_scans(many_scans(64, scans), stop_at=101) == min(scans, 101)


def test_a_preview_in_the_metadata_does_not_count() -> None:
    preview = many_scans(32, 150)
    data = encoded(photo())
    segment = b"\xff\xe1" + (len(preview) + 2).to_bytes(2, "big") + preview
    assert count_scans(data[:2] + segment + data[2:], stop_at=101) == 1


def test_a_film_behind_the_picture_does_not_count() -> None:
    assert count_scans(encoded(photo()) + b"\xff\xda" * 500, stop_at=101) == 1


def test_restart_marks_are_no_scans() -> None:
    data = encoded(Image.new("L", (64, 64)), restart_marker_blocks=1)
    assert count_scans(data, stop_at=101) == 1


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_counted_without_an_error(tail: bytes) -> None:
    assert 0 <= count_scans(b"\xff\xd8" + tail, stop_at=101) <= 101
