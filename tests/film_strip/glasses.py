"""The three outputs, each with a way to take what is really on its glass."""

import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageGrab

from players.outputs import Output
from players.outputs.led.settings import LedSettings
from players.outputs.led.wall import LedWall
from players.outputs.png_folder import PngFolder
from players.settings import OutputSettings

SCREEN = (1400, 900)
DESKTOP = (0, 128, 128)
DDP_HEADER, PUSH = 10, 0x01


class Glass(NamedTuple):
    """An output and what takes the picture on it, as long as `with` lasts."""

    output: Output
    look: Callable[[], Image.Image]


@contextmanager
def folder(size: tuple[int, int], place: Path) -> Iterator[Glass]:
    """A folder: the newest PNG."""
    yield Glass(PngFolder(str(place), *size), lambda: Image.open(place / "current.png"))


@contextmanager
def wall(size: tuple[int, int], place: Path) -> Iterator[Glass]:
    """An LED wall by DDP: the frame that its receiver put together from packets."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(0.2)
        board = _Board(receiver, size)
        target = f"127.0.0.1:{receiver.getsockname()[1]}"
        settings = [LedSettings(protocol="ddp", target=target, brightness="full")]
        output = LedWall(settings, *size, name="film-strip", state=place)
        try:
            yield Glass(output, board.look)
        finally:
            output.close()
            board.end()


class _Board:
    def __init__(self, receiver: socket.socket, size: tuple[int, int]) -> None:
        self._receiver, self._size, self._ends = receiver, size, False
        self._rows = bytearray(size[0] * size[1] * 3)
        self._whole = bytes(self._rows)
        self._thread = threading.Thread(target=self._receive, daemon=True)
        self._thread.start()

    def look(self) -> Image.Image:
        return Image.frombytes("RGB", self._size, self._whole)

    def end(self) -> None:
        self._ends = True
        self._thread.join()

    def _receive(self) -> None:
        while not self._ends:
            try:
                packet = self._receiver.recv(65536)
            except TimeoutError:
                continue
            at, length = int.from_bytes(packet[4:8]), int.from_bytes(packet[8:10])
            self._rows[at : at + length] = packet[DDP_HEADER : DDP_HEADER + length]
            if packet[0] & PUSH:
                self._whole = bytes(self._rows)


@contextmanager
def window(size: tuple[int, int], **settings: object) -> Iterator[Glass]:
    """A window on a virtual screen with a teal desktop: grabbed from the X server, whole."""
    reading, writing = os.pipe()
    screen = f"{SCREEN[0]}x{SCREEN[1]}x24"
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        display = os.environ["DISPLAY"] = f":{pipe.readline().strip()}"
    from players.outputs.window.surface import Window, pygame  # only now that there is a screen

    pygame.display.init()
    desktop = pygame.Window("desktop", SCREEN, position=(0, 0), borderless=True)
    desktop.get_surface().fill(DESKTOP)
    for _ in range(5):  # until the server has put it up, or it would come up over the output
        pygame.time.wait(50)
        pygame.event.pump()
        desktop.flip()
    output = Window(OutputSettings(kind="window", **settings), *size, title="film-strip")
    try:
        yield Glass(output, lambda: ImageGrab.grab(xdisplay=display).convert("RGB"))
    finally:
        output.close()
        desktop.destroy()
        pygame.display.quit()
        server.terminate()
        server.wait(timeout=10)
