"""Says before anything is sent what can't work in the settings of a wall."""

from players.outputs.led.budget import check_budget
from players.outputs.led.settings import LedSettings, WiringSettings
from players.outputs.led.wiring import panels_of


def check_led(led: LedSettings, width: int, height: int) -> None:
    """Raise ValueError with a sentence for the first thing that can't work on a picture of
    `width` x `height` pixels: the panels are counted and the line is worked out, for UDP would lose
    packets without a word.
    """
    if not led.target and not led.multicast:
        raise ValueError("target: give the address of the receiver")
    port = led.target.partition(":")[2]
    if port and not (port.isdecimal() and 1 <= int(port) <= 65535):
        raise ValueError(f"target: {port!r} is no port; give 1 to 65535, or none")
    if led.multicast and led.protocol != "sacn":
        raise ValueError(f"multicast: {led.protocol} has none; leave it out")
    if led.protocol == "colorlight" and led.wiring != WiringSettings():
        raise ValueError("wiring: a ColorLight card knows its own wiring; leave this out")
    panels = panels_of(led.wiring, width, height)
    check_budget(led, sum(panel.width * panel.height for panel in panels), width)
