"""Playlists as files: what is wrong is named by file and line, and nothing changes."""

from pathlib import Path

import pytest

from signage.domain.review import State
from signage.store import Store
from signage.workflows.content.playlist_files import Applied, BadFile, FilmNotReady, apply_folder
from tests.signage.ingest.bad_films import film
from tests.signage.pleiku import CITY_OFFICER, NOON
from tests.signage.workflows.desk import approve, submit
from tests.signage.workflows.media.test_videos import work

GOOD = """\
title: Lễ hội
targets: [nvh-hoi-phu]
slides:
  - layout: notice
    seconds: 12
    title: Hội cồng chiêng
    body: |
      Bắt đầu 07:30.
      Mời bà con đến dự.
  - layout: slogan
    text: 24/11
tickers:
  - text: Không đốt rẫy
    speed: 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "playlists" / "hoi-phu").mkdir(parents=True)
    return tmp_path / "playlists"


def apply(store: Store, folder: Path, text: str) -> list[Applied]:
    (folder / "hoi-phu" / "le-hoi.yaml").write_text(text, "utf-8")
    return apply_folder(store, folder, by=CITY_OFFICER, at=NOON)


def test_a_file_becomes_a_draft_of_its_unit(store: Store, folder: Path) -> None:
    [applied] = apply(store, folder, GOOD)
    draft = applied.playlist.draft
    assert (draft.id, draft.unit, draft.title) == ("hoi-phu-le-hoi", "hoi-phu", "Lễ hội")
    assert [(one.layout, one.seconds) for one in draft.slides] == [("notice", 12), ("slogan", 10)]
    assert draft.slides[0].fields["body"] == "Bắt đầu 07:30.\nMời bà con đến dự."
    assert draft.slides[1].fields["text"] == "24/11"
    assert draft.tickers[0].speed == 1
    assert draft.targets == ["nvh-hoi-phu"]


def test_a_film_beside_the_file_is_made_ready_and_then_shown(store: Store, folder: Path) -> None:
    (folder / "hoi-phu" / "cho-tet.mp4").write_bytes(film(seconds=4))
    text = "title: Chợ Tết\nslides:\n  - layout: video\n    video: cho-tet.mp4\n    fit: whole\n"
    with pytest.raises(FilmNotReady, match=r"le-hoi\.yaml:3: the film 'cho-tet\.mp4'"):
        apply(store, folder, text)
    assert store.playlists.find("hoi-phu-le-hoi") is None
    work(store)
    [applied] = apply(store, folder, text)
    [slide] = applied.playlist.draft.slides
    assert (slide.layout, slide.fit, slide.seconds) == ("video", "whole", 4)
    assert store.assets.get("hoi-phu", slide.video or "").filename == "cho-tet.mp4"


def test_applying_twice_changes_nothing(store: Store, folder: Path) -> None:
    [first] = apply(store, folder, GOOD)
    [second] = apply(store, folder, GOOD)
    assert (first.changed, second.changed) == (True, False)
    assert second.playlist == first.playlist


def test_a_slide_keeps_its_name_when_it_moves(store: Store, folder: Path) -> None:
    [first] = apply(store, folder, GOOD)
    slides = "slides:\n  - {layout: slogan, text: Mới}\n"
    [second] = apply(store, folder, GOOD.replace("slides:\n", slides))
    names = [one.id for one in second.playlist.draft.slides]
    assert names[1:] == [one.id for one in first.playlist.draft.slides]


def test_two_equal_slides_have_two_names(store: Store, folder: Path) -> None:
    twice = "title: Hai\nslides:\n" + "  - {layout: slogan, text: Vì dân}\n" * 2
    [applied] = apply(store, folder, twice)
    one, other = (slide.id for slide in applied.playlist.draft.slides)
    assert one != other


@pytest.mark.parametrize(
    ("wrong", "right", "line", "words"),
    [
        ("titel: Lễ hội", "title: Lễ hội", 1, "did you mean 'title'"),
        ("layuot: notice", "layout: notice", 4, "did you mean 'layout'"),
        ("layout: notise", "layout: notice", 4, "did you mean 'notice'"),
        ("caption: Hội", "title: Hội", 6, "there is no key 'caption' in a notice slide"),
        ("    sped: 1", "    speed: 1", 14, "did you mean 'speed'"),
        ("seconds: lâu", "seconds: 12", 5, "whole number"),
        ("seconds: 300", "seconds: 12", 4, "từ 3 đến 120 giây"),
        ("text: [a, b]", "text: 24/11", 11, "text, not a list"),
        ("targets: nvh-hoi-phu", "targets: [nvh-hoi-phu]", 2, "is a list"),
        ("targets: [nvh]", "targets: [nvh-hoi-phu]", 1, "Không có màn hình này"),
        ("    text: 'x", "    text: 24/11", 15, "not YAML"),
        ("    speed: 1\n    speed: 2", "    speed: 1", 15, "twice"),
        ("text: 한국", "text: 24/11", 10, "không có ký tự"),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_what_was_meant(
    store: Store, folder: Path, wrong: str, right: str, line: int, words: str
) -> None:
    [before] = apply(store, folder, GOOD)
    with pytest.raises(BadFile) as bad:
        apply(store, folder, GOOD.replace(right, wrong))
    assert str(bad.value).startswith(f"{folder / 'hoi-phu' / 'le-hoi.yaml'}:{line}: ")
    assert words in str(bad.value)
    assert store.playlists.get(before.playlist.id) == before.playlist


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "title\n", "\x00", "&a [*a]"])
def test_what_is_no_playlist_at_all_is_refused(store: Store, folder: Path, text: str) -> None:
    with pytest.raises(BadFile):
        apply(store, folder, text)


def test_one_bad_file_keeps_the_good_ones_out_too(store: Store, folder: Path) -> None:
    (folder / "dien-hong").mkdir()
    (folder / "dien-hong" / "a.yaml").write_text("title: Tốt\n", "utf-8")
    with pytest.raises(BadFile):
        apply(store, folder, "title: [x]\n")
    assert store.playlists.find("dien-hong-a") is None


def test_a_folder_that_is_no_unit_is_refused(store: Store, folder: Path) -> None:
    (folder / "hoi-phu").rename(folder / "hoi-fu")
    (folder / "hoi-fu" / "a.yaml").write_text("title: A\n", "utf-8")
    with pytest.raises(BadFile, match="Không có đơn vị này"):
        apply_folder(store, folder, by=CITY_OFFICER, at=NOON)


def test_a_file_changes_the_draft_and_never_what_is_on_air(store: Store, folder: Path) -> None:
    [applied] = apply(store, folder, GOOD)
    on_air = approve(store, submit(store, applied.playlist))
    apply(store, folder, GOOD.replace("Lễ hội", "Lễ hội lớn"))
    assert store.submissions.approved_of("hoi-phu-le-hoi") == on_air
    assert on_air.state is State.APPROVED
    assert store.playlists.get("hoi-phu-le-hoi").title == "Lễ hội lớn"


ARRANGED = """\
title: Nhà văn hóa
targets: [nvh-hoi-phu]
arrangement: side
transition: crossfade
slides:
  - layout: clock
    zone: side
  - layout: slogan
    text: 24/11
"""


def test_a_file_says_how_the_glass_is_divided_and_where_slides_stand(
    store: Store, folder: Path
) -> None:
    [applied] = apply(store, folder, ARRANGED)
    draft = applied.playlist.draft
    assert (draft.staging.arrangement, draft.staging.transition) == ("side", "crossfade")
    assert [(one.layout, one.zone) for one in draft.slides] == [
        ("slogan", "main"),
        ("clock", "side"),
    ]


def test_a_zone_that_the_arrangement_lacks_is_told_with_its_line(
    store: Store, folder: Path
) -> None:
    with pytest.raises(BadFile, match=r"le-hoi.yaml:6: .*không có phần đó"):
        apply(store, folder, ARRANGED.replace("arrangement: side", "arrangement: full"))


def test_a_slide_in_a_file_has_versions_in_other_languages(store: Store, folder: Path) -> None:
    text = """\
title: Lễ hội
slides:
  - layout: slogan
    text: Giữ rừng
    versions:
      jra:
        text: Rơmet glai
        seconds: 14
"""
    [applied] = apply(store, folder, text)
    vietnamese, jrai = applied.playlist.draft.spoken()
    assert (jrai.language, jrai.fields["text"], jrai.seconds) == ("jra", "Rơmet glai", 14)
    assert jrai.id == vietnamese.id
    with pytest.raises(BadFile, match=r"le-hoi.yaml:6: there is no key 'jrai'.*'jra'"):
        apply(store, folder, text.replace("jra:", "jrai:"))
