"""Says before anything is sent what can't work in the settings of a wall."""

from collections.abc import Sequence

from players.outputs.led.budget import MOST_PERCENT, Budget, TooMuch, check_budget
from players.outputs.led.settings import LedSettings, WiringSettings
from players.outputs.led.wiring import area_of, panels_of


def check_led(receivers: Sequence[LedSettings], width: int, height: int) -> None:
    """Raise ValueError with a sentence for the first thing that can't work on a picture of
    `width` x `height` pixels: the panels are counted and the lines are worked out, for UDP would
    lose packets without a word.
    """
    if not receivers:
        raise ValueError("say which receiver the wall has: protocol and target")
    for receiver in receivers:
        _check_receiver(receiver)
    budgets = budgets_of(receivers, width, height)
    fastest = max(receiver.link_mbit for receiver in receivers)
    together = sum(budget.mbit for budget in budgets)
    if together > fastest * MOST_PERCENT / 100:
        raise TooMuch(
            f"all receivers together need {together:.0f} Mbit/s, and the line of this PC is taken "
            f"to have {fastest}: lower fps, or use ddp, which needs least"
        )


def budgets_of(receivers: Sequence[LedSettings], width: int, height: int) -> list[Budget]:
    """What each receiver needs of its line. Raises ValueError where it is more than it has."""
    budgets = []
    for receiver in receivers:
        area = area_of(receiver, width, height)
        panels = panels_of(receiver.wiring, area.width, area.height)
        pixels = sum(panel.width * panel.height for panel in panels)
        budgets.append(check_budget(receiver, pixels, area.width))
    return budgets


def told(receivers: Sequence[LedSettings], width: int, height: int) -> list[str]:
    """What each receiver's line carries, in a sentence."""
    return [
        f"{receiver.target or 'multicast'}: {budget.packets} packets a frame, "
        f"{budget.mbit:.0f} Mbit/s at {budget.fps} frames a second, "
        f"{budget.percent:.0f} % of its line."
        for receiver, budget in zip(receivers, budgets_of(receivers, width, height), strict=True)
    ]


def _check_receiver(led: LedSettings) -> None:
    if not led.target and not led.multicast:
        raise ValueError("target: give the address of the receiver")
    port = led.target.partition(":")[2]
    if port and not (port.isdecimal() and 1 <= int(port) <= 65535):
        raise ValueError(f"target: {port!r} is no port; give 1 to 65535, or none")
    if led.multicast and led.protocol != "sacn":
        raise ValueError(f"multicast: {led.protocol} has none; leave it out")
    if led.protocol == "colorlight" and led.wiring != WiringSettings():
        raise ValueError("wiring: a ColorLight card knows its own wiring; leave this out")
