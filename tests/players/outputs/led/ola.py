"""OLA's daemon (Open Lighting Architecture) as a stranger that receives what a wall is sent."""

import json
import subprocess
import tempfile
import urllib.request
from pathlib import Path

from tests.doubles import until
from tests.players.outputs.led.networks import BOARD, Networks

OTHERS = [
    "dummy",
    "espnet",
    "gpio",
    "karate",
    "kinet",
    "milinst",
    "opendmx",
    "openpixelcontrol",
    "osc",
    "pathport",
    "renard",
    "sandnet",
    "shownet",
    "spi",
    "stageprofi",
    "uartdmx",
    "usbdmx",
    "usbserial",
    "ftdidmx",
]


class Ola:
    """Listens for sACN universes 1 to `universes`, and for four of Art-Net (OLA 201 to 204)."""

    def __init__(self, networks: Networks, universes: int) -> None:
        self.networks = networks
        ports = {f"11-1-I-{number}": number + 1 for number in range(universes)}
        ports |= {f"2-1-I-{number}": 201 + number for number in range(4)}
        files = {
            "e131": f"enabled = true\nip = {BOARD}\ninput_ports = {universes}\noutput_ports = 0\n",
            "artnet": f"enabled = true\nip = {BOARD}\noutput_ports = 4\n",
            "port": "".join(f"{port} = {universe}\n" for port, universe in ports.items()),
        } | dict.fromkeys(OTHERS, "enabled = false\n")
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        for name, text in files.items():
            (folder / f"ola-{name}.conf").write_text(text)
        # OLA refuses to run as root; its package makes a user for it.
        subprocess.run(["chown", "-R", "olad", str(folder)], check=True)
        command = ["setpriv", "--reuid=olad", "--regid=nogroup", "--init-groups"]
        command += ["olad", "-c", str(folder), "-l", "2", "--no-register-with-dns-sd"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = networks.start(networks.board, *command, **quiet)
        until(self._answers, 20)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)
        self._folder.cleanup()

    def slots(self, first: int, count: int = 1) -> bytes:
        """The values of the pixels' 510 slots in `count` universes from `first` on."""
        return self.networks.inside(
            self.networks.board,
            lambda: b"".join(self._dmx(universe) for universe in range(first, first + count)),
        )

    def _dmx(self, universe: int) -> bytes:
        address = f"http://127.0.0.1:9090/get_dmx?u={universe}"
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bytes(json.load(answer)["dmx"])[:510].ljust(510, b"\x00")

    def _answers(self) -> bool:
        try:
            self.slots(1)
        except (OSError, IndexError):
            return False
        return True
