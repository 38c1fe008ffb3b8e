"""Shows in a folder: `current.png`, a numbered history and a line of JSON for each change.

`glass.jsonl` has a line per change: number, at (system time in ms, when the file was in place),
source, reason, item, sha256 of the picture (the blob's own name), and the name of the history file.
"""

import hashlib
import io
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

from players.outputs import Picture, Scene
from players.outputs.composing import compose, decode

PNG = b"\x89PNG\r\n\x1a\n"


class PngFolder:
    """An output for tests, demos and first steps; `keep` bounds the history."""

    kind = "png_folder"
    rate = 1
    patience = 3600.0

    def __init__(self, folder: str, width: int, height: int, *, keep: int = 200) -> None:
        self.width, self.height = width, height
        self._folder = Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._keep = max(1, keep)
        self._lines = self._old_lines()
        self._number = self._lines[-1]["number"] if self._lines else 0
        self._scene: Scene | None = None
        self._encoded = b""

    def prepare(self, encoded: bytes) -> Picture:
        image = decode(encoded)  # only to find out now whether it can be
        return Picture(hashlib.sha256(encoded).hexdigest(), *image.size, encoded)

    def show(self, scene: Scene, moment: int) -> None:
        picture = scene.picture
        if scene.is_plain() and self._is_ready(picture.encoded, (picture.width, picture.height)):
            self._encoded = picture.encoded  # the very bytes that were approved
        else:
            file = io.BytesIO()
            compose(scene, self.width, self.height, moment).save(file, "PNG", compress_level=1)
            self._encoded = file.getvalue()
        if scene is self._scene:
            self._replace_current(history=None)
        else:
            self._scene = scene
            self._record(scene)

    def breathe(self) -> None:
        """A folder asks for nothing."""

    def grab(self) -> Callable[[], Image.Image]:
        encoded = self._encoded
        return lambda: decode(encoded)

    def close(self) -> None:
        """The last picture stays in the folder."""

    def _is_ready(self, encoded: bytes, size: tuple[int, int]) -> bool:
        return encoded.startswith(PNG) and size == (self.width, self.height)

    def _record(self, scene: Scene) -> None:
        self._number += 1
        name = f"{self._number:06d}-{time.time_ns() // 1_000_000}.png"
        self._replace_current(self._folder / name)
        line = {
            "number": self._number,
            "at": time.time_ns() // 1_000_000,
            "source": scene.source,
            "reason": scene.reason,
            "item": scene.item,
            "sha256": scene.picture.sha256,
            "file": name,
        }
        self._lines.append(line)
        with (self._folder / "glass.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        if len(self._lines) > 2 * self._keep:
            self._forget_old()

    def _replace_current(self, history: Path | None) -> None:
        new = self._folder / ".new.png"
        new.write_bytes(self._encoded)
        if history:
            try:
                os.link(new, history)
            except OSError:  # a file system without hard links
                shutil.copyfile(new, history)
        new.replace(self._folder / "current.png")

    def _forget_old(self) -> None:
        for line in self._lines[: -self._keep]:
            (self._folder / line["file"]).unlink(missing_ok=True)
        self._lines = self._lines[-self._keep :]
        new = self._folder / ".new.jsonl"
        new.write_text("".join(json.dumps(line) + "\n" for line in self._lines), encoding="utf-8")
        new.replace(self._folder / "glass.jsonl")

    def _old_lines(self) -> list[dict[str, Any]]:
        try:
            lines = (self._folder / "glass.jsonl").read_text(encoding="utf-8").splitlines()
            return [json.loads(line) for line in lines]
        except (OSError, ValueError):
            return []
