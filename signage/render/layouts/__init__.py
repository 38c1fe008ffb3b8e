"""The layouts by name, in the order in which they are offered: a new one is one file, one line."""

from signage.render.layout import Layout
from signage.render.layouts import (
    answer,
    bulletin,
    clock,
    correction,
    countdown,
    disaster,
    event,
    forest_fire,
    full_picture,
    greeting,
    header,
    notice,
    photo,
    picture_clock,
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
        picture_clock.LAYOUT,
        video.LAYOUT,
        slogan.LAYOUT,
        reception.LAYOUT,
        event.LAYOUT,
        timetable.LAYOUT,
        bulletin.LAYOUT,
        two_columns.LAYOUT,
        answer.LAYOUT,
        correction.LAYOUT,
        qr.LAYOUT,
        greeting.LAYOUT,
        clock.LAYOUT,
        countdown.LAYOUT,
        forest_fire.LAYOUT,
        disaster.LAYOUT,
        header.LAYOUT,
    )
}


def takes_film(layout: str) -> bool:
    """Say whether a slide of the layout with this name shows a film."""
    return layout in LAYOUTS and LAYOUTS[layout].film


def takes_fit(layout: str) -> bool:
    """Say whether people choose how the picture of this layout meets glass of another shape."""
    return layout in LAYOUTS and LAYOUTS[layout].fitted
