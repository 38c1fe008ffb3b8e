from pathlib import Path

from fontTools.ttLib import TTFont

from signage.web.typeface import make


def test_the_page_s_typeface_has_the_letters_of_the_city_and_is_small(tmp_path: Path) -> None:
    target = tmp_path / "vendor" / "noto-sans.woff"
    make(target)
    letters = TTFont(target).getBestCmap()
    assert {ord(letter) for letter in "ăâđêôơưẠỹƀŏ\u0306"} <= set(letters)
    assert target.stat().st_size < 120_000
