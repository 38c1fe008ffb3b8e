"""The folder that stands for a glass: current.png, a bounded history, a line per change."""

import io
import json

import pytest
from PIL import Image

from players.contract.playlist import Ticker
from players.contract.types import BlobRef
from players.outputs import Scene
from players.outputs.png_folder import PngFolder
from tests.doubles import NOON, jpeg, png


@pytest.fixture
def output(tmp_path):
    return PngFolder(str(tmp_path), 64, 32, keep=5)


def scene(output, encoded, item="slide", **changes):
    return Scene("schedule", "everyday", item, output.prepare(encoded), **changes)


def striped(width=100, height=8):
    strip = Image.new("RGB", (width, height))
    for x in range(width):
        strip.paste((x, 255 - x, (x * 7) % 256), (x, 0, x + 1, height))
    file = io.BytesIO()
    strip.save(file, "PNG")
    return file.getvalue()


def with_ticker(output, encoded, strip, step=1):
    picture = output.prepare(strip)
    ref = BlobRef(
        sha256=picture.sha256,
        bytes=len(strip),
        media_type="image/png",
        width=picture.width,
        height=picture.height,
    )
    return scene(output, encoded, strip=picture, ticker=Ticker(blob=ref, step=step))


def current(folder):
    return Image.open(folder / "current.png").convert("RGB")


def lines(folder):
    return [json.loads(line) for line in (folder / "glass.jsonl").read_text().splitlines()]


def test_the_very_bytes_that_were_approved_are_written(output, tmp_path):
    output.show(scene(output, png("teal")), NOON)
    assert (tmp_path / "current.png").read_bytes() == png("teal")


def test_each_change_leaves_a_file_and_a_line(output, tmp_path):
    output.show(scene(output, png("teal"), "a"), NOON)
    output.show(scene(output, png("red"), "b"), NOON)
    first, second = lines(tmp_path)
    assert (first["number"], first["item"], second["item"]) == (1, "a", "b")
    assert (tmp_path / first["file"]).read_bytes() == png("teal")
    assert second["sha256"] == output.prepare(png("red")).sha256


def test_the_history_is_bounded_and_numbers_go_on_after_a_restart(output, tmp_path):
    for number in range(23):
        output.show(scene(output, png("teal"), f"s{number}"), NOON)
    assert len(list(tmp_path.glob("0*.png"))) <= 10
    again = PngFolder(str(tmp_path), 64, 32, keep=5)
    again.show(scene(again, png("red"), "new"), NOON)
    assert lines(tmp_path)[-1]["number"] == 24


def test_a_jpeg_becomes_a_png(output, tmp_path):
    output.show(scene(output, jpeg("red")), NOON)
    with Image.open(tmp_path / "current.png") as image:
        assert image.format == "PNG"
        assert image.size == (64, 32)


def test_a_picture_of_another_size_is_fitted_without_black_bars(output, tmp_path):
    output.show(scene(output, png("teal", (32, 32))), NOON)
    glass = current(tmp_path)
    assert glass.size == (64, 32)
    assert glass.getpixel((32, 16)) == (0, 128, 128)
    assert glass.getpixel((0, 0)) == (0, 128, 128)


def test_the_strip_runs_along_the_bottom_and_wraps(output, tmp_path):
    strip = striped()
    shown = with_ticker(output, png("teal", (64, 24)), strip)
    for moment in (NOON, NOON + 1000, NOON + 1500):
        output.show(shown, moment)
        offset = shown.ticker.offset_at(moment)
        row = [current(tmp_path).getpixel((x, 28))[0] for x in range(64)]
        assert row == [(x + offset) % 100 for x in range(64)]
    assert current(tmp_path).getpixel((5, 23)) == (0, 128, 128)


def test_a_strip_shorter_than_the_glass_is_repeated(output, tmp_path):
    output.show(with_ticker(output, png("teal", (64, 24)), striped(20)), NOON)
    row = [current(tmp_path).getpixel((x, 30))[0] for x in range(64)]
    assert row[:20] == row[20:40] == row[40:60]


def test_a_strip_as_high_as_the_glass_stands_alone(output, tmp_path):
    output.show(with_ticker(output, png("teal"), striped(100, 32)), NOON)
    assert current(tmp_path).getpixel((0, 0))[2] == (current(tmp_path).getpixel((0, 31))[2])


def test_the_next_moment_of_a_strip_is_no_change(output, tmp_path):
    shown = with_ticker(output, png("teal", (64, 24)), striped())
    output.show(shown, NOON)
    output.show(shown, NOON + 1000)
    assert len(lines(tmp_path)) == 1


@pytest.mark.parametrize(
    "junk", [b"", b"GIF89a", b"<html>", b"\x89PNG\r\n\x1a\n broken", png("red")[:60]]
)
def test_what_is_no_picture_is_refused_before_it_is_shown(output, junk):
    with pytest.raises(Exception, match=r".+"):
        output.prepare(junk)


def test_a_bomb_is_refused_by_its_announced_size(output):
    bomb = io.BytesIO()
    Image.new("1", (10_000, 6_000)).save(bomb, "PNG")
    with pytest.raises(ValueError, match="more than a player shows"):
        output.prepare(bomb.getvalue())


def test_what_was_presented_can_be_grabbed(output):
    output.show(scene(output, png("teal")), NOON)
    take = output.grab()
    output.show(scene(output, png("red")), NOON)
    assert take().getpixel((0, 0)) == (0, 128, 128)
