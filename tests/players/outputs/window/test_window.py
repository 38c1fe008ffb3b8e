"""A real window on a virtual screen: its pixels are grabbed from the X server and compared."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PIL import Image, ImageGrab

from players.outputs.composing import compose
from players.outputs.png_folder import PngFolder
from tests.doubles import NOON, jpeg, png
from tests.players.counted import counted, number_in
from tests.players.outputs.test_png_folder import striped, with_ticker

pytestmark = [pytest.mark.system("xvfb")]

X, Y, WIDTH, HEIGHT = 37, 53, 192, 96


def noise(size=(WIDTH, HEIGHT)):
    import io

    file = io.BytesIO()
    Image.effect_noise(size, 100).convert("RGB").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def shown(screen, tmp_path):
    """Show a picture in a window of another process; gives the whole screen as it was then."""

    def show(picture, strip=None, moment=NOON, script=""):
        (tmp_path / "picture").write_bytes(picture)
        (tmp_path / "strip").write_bytes(strip or b"")
        program = f"""
            import json, sys
            from pathlib import Path
            from players.contract.playlist import Ticker
            from players.contract.types import BlobRef
            from players.outputs import Scene
            from players.outputs.window.surface import Window
            from players.settings import OutputSettings

            folder = Path({str(tmp_path)!r})
            place = OutputSettings(kind="window", x={X}, y={Y})
            window = Window(place, {WIDTH}, {HEIGHT}, title="test")
            picture = window.prepare((folder / "picture").read_bytes())
            strip = ticker = None
            if (folder / "strip").stat().st_size:
                strip = window.prepare((folder / "strip").read_bytes())
                ref = BlobRef(sha256=strip.sha256, bytes=1, media_type="image/png",
                              width=strip.width, height=strip.height)
                ticker = Ticker(blob=ref, step=1)
            scene = Scene("schedule", "everyday", "slide", picture, strip, ticker)
            window.show(scene, {moment - 1000})
            window.breathe()
            window.show(scene, {moment})
            window.breathe()
            {script}
            window.grab()().save(folder / "grabbed.png")
            print(json.dumps("shown"), flush=True)
            sys.stdin.read()
            window.close()
        """
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[4],
            env={"DISPLAY": screen, "PATH": "/usr/bin:/bin"},
        )
        try:
            assert json.loads(process.stdout.readline()) == "shown"
            return ImageGrab.grab(xdisplay=screen).convert("RGB")
        finally:
            process.communicate(timeout=20)

    return show


def window_of(screenshot):
    return screenshot.crop((X, Y, X + WIDTH, Y + HEIGHT))


def same(left, right):
    return left.size == right.size and left.tobytes() == right.tobytes()


def decoded(encoded):
    import io

    return Image.open(io.BytesIO(encoded)).convert("RGB")


def test_a_picture_stands_at_its_exact_pixels(shown, tmp_path):
    picture = noise()
    screenshot = shown(picture)
    assert same(window_of(screenshot), decoded(picture))
    assert same(Image.open(tmp_path / "grabbed.png"), decoded(picture))


def test_nothing_outside_the_window_is_touched(shown):
    screenshot = shown(png("white", (WIDTH, HEIGHT)))
    edges = [(X - 1, Y), (X, Y - 1), (X + WIDTH, Y), (X, Y + HEIGHT), (X - 1, Y + HEIGHT)]
    assert {screenshot.getpixel(place) for place in edges} == {(0, 0, 0)}
    corners = [(X, Y), (X + WIDTH - 1, Y), (X, Y + HEIGHT - 1), (X + WIDTH - 1, Y + HEIGHT - 1)]
    assert {screenshot.getpixel(place) for place in corners} == {(255, 255, 255)}


def test_a_palette_picture_keeps_its_colours(shown):
    import io

    file = io.BytesIO()
    decoded(png("teal", (WIDTH, HEIGHT))).quantize(16).save(file, "PNG")
    assert window_of(shown(file.getvalue())).getpixel((50, 50)) == (0, 128, 128)


def test_a_jpeg_is_shown(shown):
    red, green, blue = window_of(shown(jpeg("red", (WIDTH, HEIGHT)))).getpixel((20, 20))
    assert red > 250
    assert green < 5
    assert blue < 5


def test_a_strip_runs_under_the_picture_exactly_as_in_the_folder(shown, tmp_path):
    picture, strip = noise((WIDTH, HEIGHT - 16)), striped(250, 16)
    folder = PngFolder(str(tmp_path / "folder"), WIDTH, HEIGHT)
    expected = compose(with_ticker(folder, picture, strip), WIDTH, HEIGHT, NOON)
    assert same(window_of(shown(picture, strip)), expected)


def test_a_picture_of_another_size_fills_the_window_without_black(shown):
    window = window_of(shown(png("teal", (50, 50))))
    assert window.getcolors(2) == [(WIDTH * HEIGHT, (0, 128, 128))]


def test_a_window_that_was_covered_is_painted_again(shown):
    script = "window._window.hide(); window._window.show(); window._window.position = (37, 53)"
    script += "; import time; time.sleep(0.2); window.breathe()"
    picture = noise()
    assert same(window_of(shown(picture, script=script)), decoded(picture))


def test_a_film_runs_in_the_window_over_its_ticker(shown, tmp_path):
    (tmp_path / "film.mp4").write_bytes(counted(60, (WIDTH, HEIGHT - 16)))
    script = f"""
            import time
            from dataclasses import replace
            from players.contract.playlist import FILM_TYPE, VideoItem
            from players.showing.films import Reel
            ref = BlobRef(sha256="0" * 64, bytes=1, media_type=FILM_TYPE)
            item = VideoItem(id="film", poster=ref, film=ref, length_ms=2000, shown_ms=2000)
            reel = Reel(item, {NOON}, lambda: folder / "film.mp4", now=lambda: {NOON}.0,
                        area=({WIDTH}, {HEIGHT - 16}), rate=60)
            while len(reel._ready) < 8:
                time.sleep(0.01)
            film = replace(scene, film=reel)
            window.show(film, {NOON})
            for frame in range(1, 7):
                window.show(film, {NOON} + frame * 17)
    """
    strip = striped(250, 16)
    folder = PngFolder(str(tmp_path / "folder"), WIDTH, HEIGHT)
    under = with_ticker(folder, noise((WIDTH, HEIGHT - 16)), strip)
    screenshot = window_of(shown(noise((WIDTH, HEIGHT - 16)), strip, script=script.strip()))
    assert number_in(screenshot.crop((0, 0, WIDTH, HEIGHT - 16))) == 3
    expected = compose(under, WIDTH, HEIGHT, NOON + 102)
    assert same(
        screenshot.crop((0, HEIGHT - 16, WIDTH, HEIGHT)),
        expected.crop((0, HEIGHT - 16, WIDTH, HEIGHT)),
    )
