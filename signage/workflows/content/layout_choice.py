"""The layouts that people choose from when they write a slide."""

from signage.domain.names import NotFound
from signage.domain.sentences import N_
from signage.render.layout import Field, Layout
from signage.render.layouts import LAYOUTS

__all__ = ["Field", "Layout", "layout_named", "layouts"]


def layouts() -> list[Layout]:
    """Return all layouts in the order in which they are offered."""
    return [layout for layout in LAYOUTS.values() if layout.offered]


def layout_named(name: str) -> Layout:
    """Return one layout; raises NotFound."""
    if name not in LAYOUTS:
        raise NotFound(N_("Không có mẫu này. Hãy chọn mẫu khác."))
    return LAYOUTS[name]
