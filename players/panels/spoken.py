"""A panel that is spoken to in its maker's language, over a serial line or the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from players.panels.languages import Language
from players.panels.lg import Lg
from players.panels.nec import Nec
from players.panels.philips import Philips
from players.panels.samsung import Samsung
from players.panels.wires import SerialWire, TcpWire, Wire

if TYPE_CHECKING:
    from players.settings import PanelSettings

LANGUAGES: dict[str, type[Lg | Nec | Philips | Samsung]] = {
    "samsung": Samsung,
    "lg": Lg,
    "philips": Philips,
    "nec": Nec,
}


class Spoken:
    """Asks first: a panel that is on already is not switched on again, which blanks some."""

    def __init__(self, language: Language, wire: Wire) -> None:
        self._language, self._wire = language, wire

    def switch(self, on: bool) -> None:
        if self.is_on() is not on:
            self._language.check(self._ask(self._language.power(on)))

    def is_on(self) -> bool:
        return self._language.read_power(self._ask(self._language.ask_power()))

    def set_volume(self, percent: int) -> None:
        self._language.check(self._ask(self._language.volume(percent)))

    def _ask(self, question: bytes) -> bytes:
        return self._wire.ask(question, self._language.is_whole)


def spoken_panel(name: str, settings: PanelSettings) -> Spoken:
    """The panel that `settings` describe: a port such as /dev/ttyUSB0, COM3 or 10.0.0.7:1515."""
    language = LANGUAGES[name](settings.number)
    return Spoken(language, wire_to(settings.port, language.speed, language.tcp_port))


def wire_to(port: str, speed: int, tcp_port: int) -> Wire:
    """A serial line for a path or COM port, else the network."""
    if port.startswith("/") or port.upper().startswith("COM"):
        return SerialWire(port, speed)
    host, _, number = port.partition(":")
    return TcpWire(host, int(number or tcp_port))
