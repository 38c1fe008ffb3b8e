"""The sound of a film: every sample in its place, in step with the pictures, or silence."""

import array
import io
import math
import os
import subprocess
import sys
import textwrap
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import pytest

from players.contract.playlist import VideoItem
from players.outputs.soundtrack import PIECE, RATE, SAMPLE_BYTES, pieces
from tests.doubles import NOON
from tests.players.contract.builders import video
from tests.players.counted import counted

HALF = RATE // 2


def whistle(seconds: int = 2) -> bytes:
    """A film of no pictures that is silent for half of each second, and then whistles."""
    stream = io.BytesIO()
    with av.open(stream, "w", format="mp4") as container:
        audio = container.add_stream("aac", rate=RATE, layout="stereo")
        for number in range(seconds * RATE // 1024):
            tones = array.array("f")
            for sample in range(number * 1024, (number + 1) * 1024):
                loud = 0.5 if sample % RATE >= HALF else 0.0
                tones.append(loud * math.sin(sample * 2 * math.pi * 440 / RATE))
            piece = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
            for plane in piece.planes:
                plane.update(tones.tobytes())
            piece.sample_rate, piece.pts = RATE, number * 1024
            piece.time_base = Fraction(1, RATE)
            container.mux(audio.encode(piece))
        container.mux(audio.encode(None))
    return stream.getvalue()


def heard(path: Path, item: VideoItem, moment: int, seconds: float) -> array.array:
    """The left channel from `moment` on."""
    many = math.ceil(seconds * RATE / PIECE)
    samples = array.array(
        "h", b"".join(data for _, data in islice(stream(path, item, moment), many))
    )
    return samples[::2][: round(seconds * RATE)]


def stream(path, item, moment):
    return pieces(path, item, NOON, moment)


def loud(samples: array.array) -> list[bool]:
    """Whether each tenth of a second is loud."""
    tenth = RATE // 10
    return [
        max(map(abs, samples[start + 500 : start + tenth - 500])) > 3000
        for start in range(0, len(samples) - tenth + 1, tenth)
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(whistle())
    return path


def test_sound_begins_in_the_middle_and_goes_on_into_the_next_round(path: Path) -> None:
    item = video("market", 2_000, shown_ms=20_000, sound=True)
    quiet, tone = [False] * 5, [True] * 5
    expected = [*tone, *quiet, *tone, *quiet]
    assert loud(heard(path, item, NOON + 500, 2.0)) == expected


def test_where_the_sound_ends_before_the_film_there_is_silence(path: Path) -> None:
    item = video("market", 3_000, shown_ms=3_000, sound=True)
    assert loud(heard(path, item, NOON + 1_500, 2.5))[:15] == [True] * 5 + [False] * 10


def test_pieces_follow_each_other_without_a_gap(path: Path) -> None:
    item = video("market", 1_300, shown_ms=3_000, sound=True)
    found = list(islice(stream(path, item, NOON), 5))
    length = PIECE / RATE * 1000
    assert [due for due, _ in found] == pytest.approx([NOON + n * length for n in range(5)])
    assert {len(data) for _, data in found} == {PIECE * SAMPLE_BYTES}


def test_a_film_without_sound_is_silence(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(counted(30))
    item = video("market", 1_000, shown_ms=1_000, sound=True)
    assert not any(heard(path, item, NOON, 1.0))


PLAYS = """
    import time
    from pathlib import Path
    from players.contract.playlist import FILM_TYPE, VideoItem
    from players.contract.types import BlobRef
    from players.showing.films import Reel
    from players.outputs.window.loudspeaker import Loudspeaker

    now = lambda: time.time() * 1000
    path, since = Path({path!r}), int(now())
    ref = BlobRef(sha256="0" * 64, bytes=1, media_type=FILM_TYPE)
    item = VideoItem(id="film", poster=ref, film=ref, length_ms=2000, shown_ms=2000, sound=True)
    reel = Reel(item, since, lambda: path, area=(64, 32), now=now, rate=60)
    speaker = Loudspeaker(50)
    end = now() + {seconds} * 1000
    while now() < end and not speaker.is_heard():
        speaker.play(reel, int(now()))
        time.sleep(0.02)
    print(speaker.is_heard())
    speaker.play(None, int(now()))
    end = now() + 10_000
    while now() < end and speaker.is_heard():
        time.sleep(0.02)
    print(speaker.is_heard())
    speaker.close()
"""


@pytest.mark.parametrize(
    ("driver", "seconds", "told"),
    [("dummy", 20, "True False"), ("no-such-device", 0.5, "False False")],
)
def test_a_film_is_heard_while_it_is_on_and_silent_without_a_device(
    path: Path, driver: str, seconds: float, told: str
) -> None:
    program = textwrap.dedent(PLAYS).format(path=str(path), seconds=seconds)
    environment = {**os.environ, "SDL_AUDIODRIVER": driver, "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.split() == told.split()
