"""Playlists as values: every change gives a new one."""

import pytest

from signage.domain.playlist import MAX_SLIDES, PlaylistDraft
from signage.domain.sentences import Refused
from signage.domain.slide import Slide, TickerLine, slide_hash, ticker_hash


def slide(name: str, title: str = "Tiêm chủng") -> Slide:
    return Slide(id=name, layout="notice", fields={"title": title, "body": name, "source": ""})


def draft(*names: str) -> PlaylistDraft:
    slides = [slide(name) for name in names]
    return PlaylistDraft(id="p", unit="hoi-phu", title="Y tế", slides=slides)


def order(playlist: PlaylistDraft) -> str:
    return "".join(one.id for one in playlist.slides)


def test_a_new_slide_stands_last_and_a_changed_one_keeps_its_place() -> None:
    playlist = draft("a", "b").with_slide(slide("c"))
    assert order(playlist) == "abc"
    changed = playlist.with_slide(slide("b", title="Sốt xuất huyết"))
    assert order(changed) == "abc"
    assert changed.slide("b").fields["title"] == "Sốt xuất huyết"


@pytest.mark.parametrize(("place", "expected"), [(0, "cab"), (1, "acb"), (2, "abc"), (99, "abc")])
def test_a_slide_moves_to_its_place(place: int, expected: str) -> None:
    assert order(draft("a", "b", "c").with_slide_moved("c", place)) == expected


def test_a_slide_that_is_gone_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="không còn"):
        draft("a").without_slide("b")
    with pytest.raises(Refused, match="không còn"):
        draft("a").without_ticker("b")


def test_a_playlist_has_an_end() -> None:
    full = draft(*(f"s{number}" for number in range(MAX_SLIDES)))
    with pytest.raises(Refused, match=str(MAX_SLIDES)):
        full.with_slide(slide("one more"))


def test_what_is_drawn_is_each_slide_once_and_the_strip() -> None:
    line = TickerLine(id="t", text="Tin")
    playlist = draft("a").with_slide(Slide(id="z", layout="notice", fields=slide("a").fields))
    assert playlist.subjects() == [slide_hash(slide("a"))]
    assert playlist.with_ticker(line).subjects()[-1] == ticker_hash([line])
