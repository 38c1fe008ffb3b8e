"""Makes the pixel faces: `python -m signage.render.pixel_faces FOLDER` of X11 bitmap fonts."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from signage.render.pixel_faces import FACES_FOLDER
from signage.render.pixel_faces.alphabet import is_kept
from signage.render.pixel_faces.mends import with_acutes_apart, with_open_horns
from signage.render.pixel_faces.pcf import BrokenFont, Glyph, read_pcf
from signage.render.pixel_faces.truetype import write_face

_MISC_FIXED = """\
misc-fixed, the X Window System's public domain fonts, as packaged in Debian's xfonts-base.
Public domain. "Share and enjoy."
"""
_EFONT = """\
Copyright (c) 2000-2004 /efont/ The Electronic Font Open Laboratory. All rights reserved.
BSD-3-Clause; from Debian's xfonts-efont-unicode. Redistribution and use in source and binary
forms, with or without modification, are permitted provided that the following conditions are met:
1. Redistributions of source code must retain the above copyright notice, this list of conditions
and the following disclaimer. 2. Redistributions in binary form must reproduce the above copyright
notice, this list of conditions and the following disclaimer in the documentation and/or other
materials provided with the distribution. 3. Neither the name of the team nor the names of its
contributors may be used to endorse or promote products derived from this font without specific
prior written permission. THIS FONT IS PROVIDED BY THE TEAM AND CONTRIBUTORS "AS IS" AND ANY
EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE TEAM OR
CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER
IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT
OF THE USE OF THIS FONT, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""


@dataclass(frozen=True)
class _Face:
    size: int
    bold: bool
    source: str
    notice: str
    mend: Callable[[dict[int, Glyph]], dict[int, Glyph]] = dict

    @property
    def file(self) -> str:
        return f"led-{self.size}{'-bold' if self.bold else ''}.ttf"


_FACES = (
    _Face(13, False, "7x13.pcf.gz", _MISC_FIXED),
    _Face(16, False, "h16.pcf.gz", _EFONT),
    _Face(16, True, "b16_b.pcf.gz", _EFONT),
    _Face(20, False, "10x20.pcf.gz", _MISC_FIXED, with_open_horns),
    _Face(24, False, "h24.pcf.gz", _EFONT, with_acutes_apart),
    _Face(24, True, "h24_b.pcf.gz", _EFONT, with_acutes_apart),
)


@click.command()
@click.argument("sources", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--to",
    default=FACES_FOLDER,
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the TrueType files.",
)
def main(sources: Path, to: Path) -> None:
    """Make the pixel faces from the PCF files under SOURCES."""
    to.mkdir(parents=True, exist_ok=True)
    try:
        for face in _FACES:
            source = _found(face.source, sources)
            font = read_pcf(source, is_kept)
            write_face(
                replace(font, glyphs=face.mend(font.glyphs)),
                to / face.file,
                size=face.size,
                bold=face.bold,
                notice=face.notice,
            )
    except (BrokenFont, FileNotFoundError) as problem:
        sys.exit(
            f"No pixel faces: {problem}. "
            "Give the folder of Debian's xfonts-base and both xfonts-efont-unicode packages."
        )


def _found(name: str, sources: Path) -> Path:
    for path in sources.rglob(name):
        return path
    raise FileNotFoundError(f"{name} is not under {sources}")


if __name__ == "__main__":
    main()
