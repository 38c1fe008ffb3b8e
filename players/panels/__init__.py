"""Switches panels on and off. A new kind is one file and one line in PANELS."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from players.settings import PanelSettings


class PanelTrouble(Exception):
    """One English line on why a panel did not do as it was told; trying again may help."""


class Panel(Protocol):
    """The screen or board behind the output. All may take seconds, and raise `PanelTrouble`."""

    def switch(self, on: bool) -> None:
        """Switch it on or off; the same again changes nothing."""

    def is_on(self) -> bool | None:
        """What the panel itself says; None where it can't be asked."""

    def set_volume(self, percent: int) -> None:
        """Set its loudspeakers, 0 to 100; nothing where it has none."""


class Dark:
    """No way to switch the panel: the dark picture on the glass has to do."""

    def switch(self, on: bool) -> None:
        """Nothing to switch."""

    def is_on(self) -> bool | None:
        return None

    def set_volume(self, percent: int) -> None:
        """Nothing to set."""


def _dpms(_settings: PanelSettings) -> Panel:
    from players.panels.dpms import Dpms

    return Dpms()


def _cec(settings: PanelSettings) -> Panel:
    from players.panels.cec import Cec

    return Cec(adapter=settings.port)


def _spoken(name: str) -> Callable[[PanelSettings], Panel]:
    def opened(settings: PanelSettings) -> Panel:
        from players.panels.spoken import spoken_panel  # pyserial is an extra

        return spoken_panel(name, settings)

    return opened


class Kind(NamedTuple):
    """A line of PANELS: a description for people, and how to open the panel."""

    description: str
    open: Callable[[PanelSettings], Panel]


PANELS: dict[str, Kind] = {
    "dark": Kind("a dark picture; works everywhere", lambda _settings: Dark()),
    "dpms": Kind("the X server switches the screen to standby", _dpms),
    "cec": Kind("HDMI-CEC through cec-client", _cec),
    "samsung": Kind("Samsung MDC, by serial line or TCP", _spoken("samsung")),
    "lg": Kind("LG signage, by serial line or TCP", _spoken("lg")),
    "philips": Kind("Philips SICP, by serial line or TCP", _spoken("philips")),
    "nec": Kind("Sharp/NEC, by serial line or TCP", _spoken("nec")),
}
"""What `panel.kind` may say."""
