"""The layouts by name, in the order in which they are offered: a new one is one file, one line."""

from signage.render.layout import Layout
from signage.render.layouts import (
    answer,
    correction,
    disaster,
    event,
    forest_fire,
    full_picture,
    greeting,
    notice,
    photo,
    qr,
    reception,
    slogan,
    timetable,
    two_columns,
    video,
)

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        notice.LAYOUT,
        photo.LAYOUT,
        full_picture.LAYOUT,
        video.LAYOUT,
        slogan.LAYOUT,
        reception.LAYOUT,
        event.LAYOUT,
        timetable.LAYOUT,
        two_columns.LAYOUT,
        answer.LAYOUT,
        correction.LAYOUT,
        qr.LAYOUT,
        greeting.LAYOUT,
        forest_fire.LAYOUT,
        disaster.LAYOUT,
    )
}


def takes_film(layout: str) -> bool:
    """Say whether a slide of the layout with this name shows a film."""
    return layout in LAYOUTS and LAYOUTS[layout].film
