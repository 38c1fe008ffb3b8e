"""Arrangement, transition and widgets on the pages: chosen simply, seen together."""

import re
from collections.abc import Callable

from signage.domain.arrangement import Staging
from signage.domain.slide import Words
from signage.store import Store
from signage.workflows.content import editing
from tests.signage.pleiku import NOON, OFFICER
from tests.signage.web.scene import playlist
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def staged(visit: Visit, store: Store, **staging: str) -> tuple[Visitor, str]:
    """A visitor on the page of a playlist for one screen, whose arrangement was just chosen."""
    made = playlist(store, displays=("nvh-hoi-phu",))
    visitor, path = visit(OFFICER), f"/playlists/{made.id}"
    visitor.open(path)
    chosen = {"arrangement": "full", "transition": "cut", "header": ""} | staging
    visitor.send(f"{path}/staging", **chosen, follow=True)
    return visitor, path


def test_an_officer_chooses_how_the_screen_is_divided_and_slides_change(
    visit: Visit, store: Store
) -> None:
    visitor, path = staged(visit, store, arrangement="side", transition="crossfade")
    assert "Phần chính và phần bên cạnh, mờ dần" in words(visitor.open(path))
    assert store.playlists.get(path.rpartition("/")[2]).draft.staging == Staging(
        arrangement="side", transition="crossfade"
    )


def test_a_clock_at_the_side_is_seen_beside_the_slides(visit: Visit, store: Store) -> None:
    visitor, path = staged(visit, store, arrangement="side")
    visitor.open(f"{path}/slides/new?layout=clock")
    visitor.send(f"{path}/slides", layout="clock", title="", seconds="30", zone="side", follow=True)
    page = visitor.open(path).text
    first = page[page.index('<svg class="canvas"') : page.index('id="add-title"')]
    assert 'x="1344" y="0" width="576" height="1080"' in first
    assert re.search(r'viewBox="\d+ 0 \d+ \d+"', first)


def test_what_a_clock_will_say_is_told_for_a_minute(visit: Visit, store: Store) -> None:
    visitor, path = staged(visit, store, arrangement="side")
    visitor.open(f"{path}/slides/new?layout=clock")
    visitor.send(f"{path}/slides", layout="clock", title="", seconds="30", zone="side", follow=True)
    address = re.search(r'data-figures="([^"]+)"', visitor.open(path).text)
    assert address
    coming = visitor.open(address[1]).json
    assert coming
    assert coming[0]["at"] == 0
    assert coming[0]["pieces"][0]["sheet"].startswith("/previews/")
    assert all(one["at"] < 60_000 for one in coming)
    assert visitor.open(address[1].replace("576x1080", "1x1")).status_code == 404


def test_a_header_without_a_name_is_refused_and_nothing_typed_is_lost(
    visit: Visit, store: Store
) -> None:
    made = playlist(store, displays=("nvh-hoi-phu",))
    visitor, path = visit(OFFICER), f"/playlists/{made.id}"
    visitor.open(path)
    answer = visitor.send(f"{path}/staging", arrangement="header", transition="slide", header="")
    assert "Hãy nhập tên hiện ở đầu màn hình" in words(answer)
    assert '<option value="slide" selected>' in answer.text


def test_a_header_is_seen_above_every_slide(visit: Visit, store: Store) -> None:
    visitor, path = staged(visit, store, arrangement="header", header="UBND phường Hội Phú")
    page = visitor.open(path).text
    assert 'x="0" y="120" width="1920" height="960"' in page
    assert 'x="0" y="0" width="1920" height="120"' in page


def test_a_slide_that_is_edited_stays_in_its_zone(visit: Visit, store: Store) -> None:
    _, path = staged(visit, store, arrangement="side")
    name = path.rpartition("/")[2]
    old = store.playlists.get(name)
    added = editing.add_slide(
        store,
        name,
        Words(layout="clock", fields={}, zone="side"),
        version=old.version,
        by=OFFICER,
        at=NOON,
    )
    slide = added.draft.slides[-1]
    changed = editing.update_slide(
        store,
        name,
        slide.id,
        Words(layout="clock", fields={"title": "Hội Phú"}),
        version=added.version,
        by=OFFICER,
        at=NOON,
    )
    assert changed.draft.slides[-1].zone == "side"
