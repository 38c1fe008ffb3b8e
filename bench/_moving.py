"""One player with a window that moves, in this process: prints when each frame was presented.

`python -m bench._moving ticker|crossfade WIDTH HEIGHT SECONDS FOLDER`; its lines hold the Unix time
in ms, the moment that the frame shows, and the processor's time for it in ms.
"""

import sys
import threading
import time
from pathlib import Path

from players.assembly import assemble
from players.contract import topics
from players.contract.manifest import PlaylistEntry
from players.link.wire import Message
from players.outputs import OUTPUTS, Scene
from players.outputs.window.surface import Window
from players.settings import read_settings
from tests.doubles import SimulatedController, png


class TimedWindow(Window):
    """A window that remembers when it presented what."""

    frames: list[tuple[float, int, bool, float]]

    def show(self, scene: Scene, moment: int) -> None:
        began = time.thread_time()
        super().show(scene, moment)
        took = (time.thread_time() - began) * 1000
        self.frames.append((time.time() * 1000, moment, scene.entrance is not None, took))


def main(what: str, width: int, height: int, seconds: float, folder: Path) -> None:
    """Play, and print the frames of the time after the first second."""
    controller = SimulatedController()
    controller.size = (width, height)
    path = controller.settings(
        folder, controller=controller.serve(), output={"kind": "window", "x": 0, "y": 0}
    )
    settings = read_settings(path, OUTPUTS)
    window = TimedWindow(settings.output, width, height, title="bench")
    window.frames = []
    assembled = assemble(settings, output=window)
    inbox = assembled.player._parts.inbox  # noqa: SLF001 - there is no broker to come by
    inbox.put(Message(topics.keys(controller.fleet), controller.key_list()))
    manifest = controller.manifest(_entry(controller, what, width, height))
    inbox.put(Message(topics.manifest(controller.fleet, controller.display), manifest))
    assembled.pictures.start()
    assembled.errands.start()
    assembled.downloader.start(assembled.arrivals)
    threading.Timer(seconds + 2, assembled.player.stop).start()
    assembled.player.run()
    frames = [frame for frame in window.frames if frame[2] == (what == "crossfade")]
    begins = frames[0][0] + 1000
    for at, moment, _, took in frames:
        if begins <= at < begins + seconds * 1000:
            sys.stdout.write(f"{at:.3f} {moment} {took:.3f}\n")
    sys.stdout.flush()
    assembled.stop()
    controller.close()


def _entry(controller: SimulatedController, what: str, width: int, height: int) -> PlaylistEntry:
    if what == "ticker":
        # The strip fills the glass but for one row: as much moves as can.
        strip = controller.ticker(png("white", (4000, height - 1)), step=2)
        return controller.entry(
            controller.slide("under", "teal", 3600, size=(width, 1)), ticker=strip
        )
    slides = [
        controller.slide(name, colour, 1, transition="crossfade")
        for name, colour in (("a", "teal"), ("b", "orange"))
    ]
    return controller.entry(*slides)


if __name__ == "__main__":
    kind, wide, high, lasts, home = sys.argv[1:]
    main(kind, int(wide), int(high), float(lasts), Path(home))
