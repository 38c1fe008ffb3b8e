"""An SVG becomes pixels in the guarded child; nothing in it runs, and it opens no file."""

import io
from pathlib import Path

import pytest
from PIL import Image

from signage.domain.sentences import Refused
from signage.ingest.uploads import CleanPicture, examine
from tests.signage.ingest.bad_files import encoded

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 200 100">'
)


def taken(folder: Path, drawing: str) -> CleanPicture:
    path = folder / "upload"
    path.write_text(drawing)
    picture = examine(path, filename="biểu trưng.svg")
    assert isinstance(picture, CleanPicture)
    return picture


def colours(picture: CleanPicture) -> set[object]:
    image = Image.open(io.BytesIO(picture.data)).convert("RGB")
    return {colour for _, colour in image.getcolors(image.width * image.height) or ()}


def test_a_drawing_becomes_pixels_of_its_own_shape(tmp_path: Path) -> None:
    words = '<rect width="200" height="100" fill="#e00000"/><text y="60">Hội Phú</text></svg>'
    picture = taken(tmp_path, HEAD + words)
    assert (picture.width, picture.height, picture.media_type) == (1920, 960, "image/png")
    assert (224, 0, 0) in colours(picture)
    assert len(colours(picture)) > 10  # the edges of letters
    assert b"<svg" not in picture.data


def test_a_script_in_a_drawing_is_no_part_of_the_picture(tmp_path: Path) -> None:
    picture = taken(tmp_path, HEAD + "<script>alert(1)</script></svg>")
    assert colours(picture) == {(255, 255, 255)}


@pytest.mark.parametrize("way", ["file://{}", "{}", "//{}", "&#102;ile://{}"])
def test_a_file_beside_it_is_not_shown(tmp_path: Path, way: str) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(encoded(Image.new("RGB", (9, 9), (255, 0, 255)), "PNG"))
    image = f'<image xlink:href="{way.format(secret)}" width="200" height="100"/></svg>'
    assert colours(taken(tmp_path, HEAD + image)) == {(255, 255, 255)}


NESTED = "".join(
    f'<g id="a{n}">' + f'<use xlink:href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 12)
)


@pytest.mark.parametrize(
    "drawing",
    [
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + HEAD
        + "<text>&x;</text></svg>",
        '<!DOCTYPE s [<!ENTITY a "aaa"><!ENTITY b "&a;&a;&a;">]>' + HEAD + "<text>&b;</text></svg>",
        HEAD
        + f'<defs><g id="a0"><rect width="1"/></g>{NESTED}</defs><use xlink:href="#a11"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="100000"><rect/></svg>',
        HEAD
        + '<filter id="f"><feGaussianBlur stdDeviation="500"/></filter>'
        + '<rect width="200" height="100" filter="url(#f)"/>' * 3000
        + "</svg>",
        HEAD + "<g>" * 200_000,
        HEAD,
        "<svg >\ufffe",
        HEAD + "<text>TỐI MẬT</text></svg>",
    ],
    ids=["XXE", "laughs", "use", "thin", "blur", "deep", "cut", "bytes", "marked"],
)
def test_a_hostile_drawing_is_a_sentence(tmp_path: Path, drawing: str) -> None:
    with pytest.raises(Refused, match="Hãy"):
        taken(tmp_path, drawing)
