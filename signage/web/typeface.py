"""Makes the page's typeface out of Noto Sans, the face of the boards.

Only the letters of Vietnamese, English, Jrai and Bahnar, in weights 400 to 700: 40 kB, not 2 MB.
Set-up calls `python -m signage.web.typeface`.
"""

from pathlib import Path

import fontpkg_noto_sans
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).parent / "static" / "vendor" / "noto-sans.woff"
SOURCE = Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf"
WEIGHTS = (400, 700)

LETTERS = {
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Latin-1 and Extended-A
    *(0x180, 0x243, 0x1A0, 0x1A1, 0x1AF, 0x1B0),  # ƀ Ƀ ơ ư
    *range(0x300, 0x324),  # combining marks, among them the breve of Jrai and Bahnar
    *range(0x1EA0, 0x1EFA),
    *range(0x2010, 0x2028),
    *(0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AB, 0x2190, 0x2192, 0x2212, 0x2264, 0x2265),
}


def make(target: Path = TARGET) -> None:
    """Write the typeface to `target`."""
    face = TTFont(SOURCE)
    subsetter = Subsetter(Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]))
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(face)
    face = instantiateVariableFont(face, {"wdth": 100, "wght": WEIGHTS})
    face.flavor = "woff"
    target.parent.mkdir(parents=True, exist_ok=True)
    face.save(target)


if __name__ == "__main__":
    make()
