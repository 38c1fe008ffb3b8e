"""Films on a player: opened, decoded beside bare PyAV, and played in a window at 1080p."""

import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import av
import psutil

from bench.ingest import film_of
from bench.player import Player, Row, frames, surroundings, virtual_screen
from players.contract.playlist import FILM_TYPE, VideoItem
from players.contract.types import BlobRef
from players.showing import films
from players.showing.films import Reel
from signage.ingest.films import written_film

SIZE = (1920, 1080)
LENGTH = 10
OPENINGS = 7
PLAYING_SECONDS = 15.0
PYAV = "bare PyAV"
PHONE = Path("/usr/share/forensics-samples/original-files/movie2/movie-hello.mp4")
"""Of Debian's forensics-samples-files."""


def run() -> list[dict[str, Any]]:
    """Processor in percent of one core, times in milliseconds; the film is ours, 30 a second."""
    with tempfile.TemporaryDirectory(prefix="signage-bench-") as folder:
        path = _normalised(Path(folder))
        rows = [*_phone(), *_opening(path), *_decoding(path)]
        if shutil.which("Xvfb"):
            with surroundings(Path(folder) / "player") as player, virtual_screen() as display:
                player.on_screen(display)
                rows += [(*row, None) for row in _playing(player, path)]
    return [
        {"bench": "film", "metric": metric, "value": value, "unit": unit, "peer": peer}
        for metric, value, unit, peer in rows
    ]


def _normalised(folder: Path) -> Path:
    """A film with movement everywhere, as the controller hands it to players."""
    raw, path = folder / "phone.mp4", folder / "film.mp4"
    raw.write_bytes(film_of(SIZE, LENGTH))
    with written_film(
        raw, form="mov", seconds=LENGTH, size=SIZE, tell=lambda _share: None
    ) as written:
        shutil.copyfile(written.path, path)
    return path


def _phone() -> list[tuple[str, float, str, str | None]]:
    """A real video of 9 s in 720p, as a screen of 1080p and a board get it; where it is installed.

    Beside its own length: more than 1 means that converting takes longer than watching.
    """
    if not PHONE.is_file():
        return []
    with av.open(str(PHONE)) as container:
        length = float((container.duration or 0) / av.time_base)
    rows: list[tuple[str, float, str, str | None]] = []
    for size in (SIZE, (384, 192)):
        began = time.perf_counter()
        with written_film(PHONE, form="mov", seconds=length, size=size, tell=lambda _share: None):
            share = (time.perf_counter() - began) / length
        rows.append((f"720p video to {size[0]}×{size[1]}", share, "of its length", None))
    return rows


def _opening(path: Path) -> list[tuple[str, float, str, str | None]]:
    """From the decision to open to the first picture, at the start and in the middle."""
    rows: list[tuple[str, float, str, str | None]] = []
    for name, place in (("start", 0), ("middle", LENGTH * 500 + 900)):
        times = sorted(_opened(path, place) for _ in range(OPENINGS))
        rows.append((f"open to first picture, {name}", times[OPENINGS // 2], "ms", None))
    return rows


def _opened(path: Path, place: int) -> float:
    began = time.perf_counter()
    reel = Reel(_item(path), 0, lambda: path, area=SIZE, now=lambda: float(place), rate=60)
    while not reel.is_rolling():
        time.sleep(0.001)
    reel.close()
    return (time.perf_counter() - began) * 1000


def _decoding(path: Path) -> list[tuple[str, float, str, str | None]]:
    """Pictures a second to the form that a screen takes, and only decoded by bare PyAV."""
    rows: list[tuple[str, float, str, str | None]] = []
    for peer in (None, PYAV):
        wall, used = time.perf_counter(), time.process_time()
        count = _bare(path) if peer else _ours(path)
        wall, used = time.perf_counter() - wall, time.process_time() - used
        rows.append(("1080p pictures decoded", count / wall, "a second", peer))
        rows.append(("processor for each", used / count * 1000, "ms", peer))
    return rows


def _ours(path: Path) -> int:
    with av.open(str(path), format="mp4") as container:
        container.streams.video[0].thread_type = "AUTO"
        return sum(
            films.frame_of(picture, SIZE).width > 0
            for _, picture in films.frames_from(container, 0, 33)
        )


def _bare(path: Path) -> int:
    with av.open(str(path), format="mp4") as container:
        container.streams.video[0].thread_type = "AUTO"
        return sum(1 for _ in container.decode(video=0))


def _playing(player: Player, path: Path) -> list[Row]:
    """A film alone in its loop, round after round: what it costs and what is left out."""
    controller = player.controller
    item = _item(path, controller.picture("teal"))
    item = VideoItem(
        id="moving",
        poster=item.poster,
        film=controller.blob(path.read_bytes(), FILM_TYPE, SIZE),
        length_ms=item.length_ms,
        shown_ms=item.shown_ms,
    )
    controller.publish_manifest(controller.entry(item))
    player.start()
    frames(controller)
    time.sleep(3)
    processes, before = player.processes(), _late(player)
    used, began = _used(processes), time.monotonic()
    time.sleep(PLAYING_SECONDS)
    seconds = time.monotonic() - began
    share = (_used(processes) - used) / seconds * 100
    late = _late(player) - before
    memory = max(process.memory_info().rss for process in processes) / 1e6
    player.stop()
    return [
        ("1080p30 in a window: processor", share, "% of a core"),
        ("1080p30 in a window: pictures and frames left out", late / seconds, "a second"),
        ("1080p30 in a window: memory", memory, "MB"),
    ]


def _used(processes: list[psutil.Process]) -> float:
    """Seconds of processor time: of the player, its link and its watchdog."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def _late(player: Player) -> int:
    frames(player.controller)
    return player.controller.statuses(1)[-1].health.late_frames


def _item(path: Path, poster: BlobRef | None = None) -> VideoItem:
    film = BlobRef(sha256="0" * 64, bytes=path.stat().st_size, media_type=FILM_TYPE)
    poster = poster or film
    milliseconds = LENGTH * 1000
    return VideoItem(
        id="film", poster=poster, film=film, length_ms=milliseconds, shown_ms=milliseconds
    )
