"""`signage render`: a file becomes the frame that a player gets, or a line says what is wrong."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from signage.__main__ import main
from signage.domain.slide import Slide
from signage.render.frames import render_slide
from signage.render.usual_profiles import usual_profile
from signage.store import Store
from tests.signage.pleiku import SMALL_BOARD, settle
from tests.signage.render.samples import chequered

EVENT = """\
layout: event
seconds: 8
fields:
  title: Hội thi cồng chiêng
  day: 24/11/2026
  time: 7 giờ 30
  place: Nhà văn hóa
"""


def render(folder: Path, words: str, *arguments: str) -> Result:
    path = folder / "slide.yaml"
    path.write_text(words, "utf-8")
    home = {"SIGNAGE_HOME": str(folder / "home")}
    return CliRunner().invoke(main, ["render", str(path), *arguments], env=home)


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def test_the_file_is_the_very_frame_that_a_player_gets(tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    result = render(tmp_path, EVENT, "--profile", "led-384x192", "-o", str(out))
    assert result.exit_code == 0, result.output
    fields = {
        "title": "Hội thi cồng chiêng",
        "day": "24/11/2026",
        "time": "7 giờ 30",
        "place": "Nhà văn hóa",
    }
    profile = usual_profile("led-384x192")
    assert profile is not None
    slide = Slide(id="other", layout="event", fields=fields)
    frame = render_slide(slide, profile, area=profile.size, picture=None)
    assert out.read_bytes() == frame.bytes


def test_no_installation_is_begun_by_drawing(tmp_path: Path) -> None:
    assert render(tmp_path, EVENT, "--profile", "640x360").exit_code == 0
    assert not (tmp_path / "home").exists()


def test_words_may_stand_beside_the_layout_as_in_a_playlist(tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    words = "layout: slogan\ntext: Giữ rừng\n"
    assert render(tmp_path, words, "--profile", "800x200", "-o", str(out)).exit_code == 0
    assert size_of(out) == (800, 200)


def test_findings_are_told_as_json_in_two_languages(tmp_path: Path) -> None:
    body = "Mời bà con đến dự. " * 8
    words = f"layout: notice\nseconds: 3\nfields:\n  title: Hội\n  body: {body}\n"
    told = json.loads(render(tmp_path, words, "--profile", "hd-1920x1080", "--json").output)
    assert told["profile"] == "hd-1920x1080"
    assert len(told["frame"]["sha256"]) == len(hashlib.sha256().hexdigest())
    finding = next(one for one in told["findings"] if "seconds" in one["en"])
    assert "giây" in finding["vi"]


def test_a_slide_that_may_not_be_shown_ends_with_1_and_says_why(tmp_path: Path) -> None:
    body = "rất nhiều chữ " * 60
    words = f"layout: notice\nfields:\n  title: Hội\n  body: {body}\n"
    out = tmp_path / "out.png"
    result = render(tmp_path, words, "--profile", "led-192x96", "-o", str(out))
    assert result.exit_code == 1
    assert "hãy rút còn khoảng" in result.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("layout: evnt\n", ":1: there is no layout 'evnt'; did you mean 'event'?"),
        ("layout: notice\nfields:\n  titel: x\n", ":3: there is no key 'titel'"),
        ("layout: notice\nsecond: 5\n", ":2: there is no key 'second'"),
        ("layout: notice\nseconds: 1\n", ":1: Mỗi trang chiếu từ 3"),
        ("layout: photo\npicture: none.jpg\ncaption: x\n", ":1:"),
        ("- layout: notice\n", ":1: a slide is written as"),
        ("", ":1: the file is empty; begin with `layout:`"),
        ("layout: [\n", "this is not YAML"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, words: str, said: str) -> None:
    result = render(tmp_path, words, "--profile", "led-192x96")
    assert result.exit_code == 1
    assert f"slide.yaml{said}" in result.output or said in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("name", ["hoa-lu", "5x5", "99999x99999", "x"])
def test_a_profile_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    result = render(tmp_path, EVENT, "--profile", name)
    assert result.exit_code == 2
    assert "--profile" in result.output


def test_the_profiles_of_this_installation_come_first(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["db", "upgrade"], env={"SIGNAGE_HOME": str(tmp_path / "home")})
    store = Store.open(f"sqlite:///{tmp_path / 'home' / 'signage.sqlite3'}", tmp_path / "media")
    settle(store)
    store.close()
    result = render(tmp_path, EVENT, "--profile", SMALL_BOARD.id, "--json")
    assert json.loads(result.output)["width"] == SMALL_BOARD.width


def test_a_picture_beside_the_file_is_taken_in_as_the_library_would(tmp_path: Path) -> None:
    photo = io.BytesIO()
    chequered(640, 480).save(photo, "JPEG", exif=b"Exif\0\0secret")
    (tmp_path / "a.jpg").write_bytes(photo.getvalue())
    out = tmp_path / "out.jpg"
    words = "layout: photo\npicture: a.jpg\nfields:\n  caption: Trồng cây\n"
    assert render(tmp_path, words, "--profile", "hd-1920x1080", "-o", str(out)).exit_code == 0
    assert size_of(out) == (1920, 1080)
    assert b"secret" not in out.read_bytes()


def test_further_pages_and_languages_lie_beside_the_first(tmp_path: Path) -> None:
    long = "Mang theo sổ tiêm chủng, đến Trạm Y tế trước 7 giờ. " * 3
    words = (
        f"layout: notice\ntitle: Tiêm chủng\nbody: {long}\n"
        "versions:\n  jra:\n    title: Jơnum\n    body: Mlăm anai\n"
    )
    out = tmp_path / "out.png"
    result = render(tmp_path, words, "--profile", "led-192x96", "-o", str(out), "--json")
    told = json.loads(result.stdout)
    files = [Path(one["file"]).name for one in told["pages"]]
    assert files[0] == "out.png"
    assert files[-1] == "out-jra.png"
    assert "out-2.png" in files
    assert all((tmp_path / name).exists() for name in files)
