"""`python -m tests.film_strip FOLDER`: one sheet of pictures for each output, and each picture."""

import sys
import tempfile
import time
from contextlib import AbstractContextManager
from pathlib import Path

from PIL import Image, ImageDraw

from signage.render.usual_profiles import PROFILES, usual_profile
from tests.film_strip.glasses import Glass, folder, wall, window
from tests.film_strip.story import Story
from tests.players.rig import Rig

ACROSS, WIDTH = 6, 320
SENT = 0.15
"""Seconds after which a wall has sent what was shown."""


def main(out: Path) -> None:
    """Film the same day on each output."""
    profiles = {one.id: one for one in PROFILES}
    board, small = profiles["led-384x192"], profiles["led-192x96"]
    hd = usual_profile("1280x720")
    assert hd is not None
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        _film("window", window(hd.size, x=37, y=53), hd, out, place)
        upright = usual_profile("720x1280")
        assert upright is not None
        _film("window-turned", window(upright.size, rotate=90), upright, out, place)
        region = window(small.size, x=64, y=32, surround=True, monitor="1")
        _film("region", region, small, out, place)
        _film("wall", wall(board.size, place), board, out, place)
        _film("small-wall", wall(small.size, place), small, out, place)
        _film("folder", folder(small.size, place / "glass"), small, out, place)


def _film(name, glass: AbstractContextManager[Glass], profile, out: Path, place: Path) -> None:
    target = out / name
    target.mkdir(parents=True, exist_ok=True)
    taken: list[tuple[str, Image.Image]] = []
    with glass as (output, look):
        rig = Rig(place / name, output=output, size=profile.size)
        try:
            for number, told in enumerate(Story(rig, profile).tell()):
                time.sleep(SENT)
                picture = look().convert("RGB")
                picture.save(target / f"{number:02} {told.replace(':', ',')}.png")
                taken.append((told, picture))
        finally:
            rig.close()
    _sheet(taken).save(out / f"{name}.png")
    print(f"{name}: {len(taken)} pictures", flush=True)


def _sheet(taken: list[tuple[str, Image.Image]]) -> Image.Image:
    height = WIDTH * taken[0][1].height // taken[0][1].width
    rows = -(-len(taken) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * (WIDTH + 8), rows * (height + 22)), (96, 96, 96))
    pen = ImageDraw.Draw(sheet)
    for number, (told, picture) in enumerate(taken):
        x, y = number % ACROSS * (WIDTH + 8), number // ACROSS * (height + 22)
        pen.text((x + 2, y + 2), told, fill=(255, 240, 120))
        small = picture.width < WIDTH
        way = Image.Resampling.NEAREST if small else Image.Resampling.LANCZOS
        sheet.paste(picture.resize((WIDTH, height), way), (x, y + 16))
    return sheet


if __name__ == "__main__":
    main(Path(sys.argv[1]))
