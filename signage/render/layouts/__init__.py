"""The layouts by name: a new one is one file and one line here."""

from signage.render.layout import Layout
from signage.render.layouts import full_picture, notice, photo, reception, slogan

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        notice.LAYOUT,
        photo.LAYOUT,
        full_picture.LAYOUT,
        slogan.LAYOUT,
        reception.LAYOUT,
    )
}
