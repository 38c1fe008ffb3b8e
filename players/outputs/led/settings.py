"""What `output.led` of player.yaml may say: receiver, wiring, colours."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]
Percent = Annotated[int, Meta(ge=0, le=100)]
Pixels = Annotated[int, Meta(ge=1, le=4096)]


class Cable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The way of a cable through a grid of panels, or of pixels inside a panel."""

    start: Corner = "top-left"
    """Where it begins, as seen from the front."""
    along: Literal["rows", "columns"] = "rows"
    """What it follows first."""
    serpentine: bool = False
    """It turns at each end, so that every second row (or column) runs backwards."""


class PanelAt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One panel of a wall that is no grid: its place in the picture."""

    x: Annotated[int, Meta(ge=0)]
    """Left edge in pixels of the picture."""
    y: Annotated[int, Meta(ge=0)]
    """Top edge in pixels of the picture."""
    rotation: Literal[0, 90, 180, 270] = 0
    """Degrees that the panel is turned clockwise, as seen from the front."""


class WiringSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the panels hang together. Left out, the whole picture is one panel, row by row."""

    panel_width: Pixels | None = None
    """Pixels of one unturned panel from left to right."""
    panel_height: Pixels | None = None
    """Pixels of one unturned panel from top to bottom."""
    cable: Cable = Cable()
    """From panel to panel, where they stand in a grid that fills the picture."""
    back_upside_down: bool = False
    """Panels on the way back of a serpentine cable hang turned by 180 degrees."""
    panels: Annotated[list[PanelAt], Meta(max_length=4096)] = []
    """Where there is no grid: each panel in the order of the cable."""
    pixels: Cable = Cable()
    """From pixel to pixel inside a panel."""


class AreaSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part of the picture that one of several receivers shows."""

    x: Annotated[int, Meta(ge=0)]
    """Left edge in pixels of the picture."""
    y: Annotated[int, Meta(ge=0)]
    """Top edge in pixels of the picture."""
    width: Pixels
    """Pixels from left to right."""
    height: Pixels
    """Pixels from top to bottom."""


class LedSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One receiver of an LED wall, its wiring and its colours."""

    protocol: Literal["ddp", "sacn", "artnet", "colorlight"]
    """What the receiver understands."""
    target: str
    """Address of the receiver, with `:port` where it is not the usual one; for colorlight the
    network interface it is plugged into."""
    area: AreaSettings | None = None
    """What of the picture this receiver shows; left out, all of it. Its wiring counts from here."""
    universe: Annotated[int, Meta(ge=0, le=63999)] | None = None
    """sacn, artnet: the first universe; the others follow. Left out, 1 for sacn, 0 for artnet."""
    priority: Annotated[int, Meta(ge=0, le=200)] = 100
    """sacn: the receiver follows the source of highest priority."""
    multicast: bool = False
    """sacn: to the multicast group of each universe, and not to `target`."""
    sync_universe: Annotated[int, Meta(ge=0, le=63999)] = 0
    """sacn: universe of the synchronisation packets; 0 sends none."""
    fps: Annotated[int, Meta(ge=1, le=60)] = 60
    """Frames a second of a ticker; other moving pictures take 30 at most."""
    link_mbit: Annotated[int, Meta(ge=10, le=100_000)] = 1000
    """Speed of the slowest line to the receiver; many small receivers have 100."""
    wiring: WiringSettings = WiringSettings()
    """How the panels hang together."""
    colour_order: Literal["RGB", "RBG", "GRB", "GBR", "BRG", "BGR"] = "RGB"
    """In which order the panels take the colours."""
    white_balance: tuple[Percent, Percent, Percent] = (100, 100, 100)
    """Percent of red, green and blue that make white."""
    brightness: Literal["sun", "full"] = "sun"
    """`sun`: within the limits that the controller sets; `full`: the receiver dims by itself."""
    curve: Literal["device", "cie1931", "srgb", "gamma2.2", "gamma2.8"] = "device"
    """`device`: receiver or panels know how eyes see. Otherwise the curve is applied here."""
    power_cap: Annotated[int, Meta(ge=5, le=100)] = 100
    """Most light, in percent of a wall all white; brighter pictures are dimmed as a whole."""
    dither: bool = False
    """Finer shades by changing from frame to frame, where the receiver shows each frame."""

    @property
    def first_universe(self) -> int:
        """Where this protocol begins to count, unless another was given."""
        if self.universe is None:
            return 0 if self.protocol == "artnet" else 1
        return self.universe
