"""Versions in other languages on the pages: written in tabs, read by one who has the language."""

from collections.abc import Callable

import pytest

from signage.domain.people import User
from signage.domain.slide import Version, Words
from signage.domain.translation import awaited
from signage.store import Store
from signage.workflows.accounts import people
from signage.workflows.content import editing
from tests.signage.pleiku import ADMINISTRATOR, APPROVER, NOON, OFFICER, VIEWER
from tests.signage.web.scene import playlist, submitted
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]
JRAI = {"title": "Sang dra phơ̆ng", "body": "Mơ̆ng hrơi 20.", "source": ""}


@pytest.fixture
def reader(store: Store) -> User:
    return people.update_user(store, VIEWER.id, languages=["jra"], by=ADMINISTRATOR, at=NOON)


def bilingual(store: Store) -> str:
    """A submission with a Jrai version."""
    made = playlist(store)
    [slide] = made.draft.slides
    changed = editing.update_slide(
        store,
        made.id,
        slide.id,
        Words(layout="notice", fields=slide.fields, versions={"jra": Version(fields=JRAI)}),
        version=made.version,
        by=OFFICER,
        at=NOON,
    )
    return submitted(store, changed).id


def test_words_typed_in_a_tab_are_kept_as_a_version(visit: Visit, store: Store) -> None:
    made = playlist(store)
    [slide] = made.draft.slides
    visitor = visit(OFFICER)
    path = f"/playlists/{made.id}/slides/{slide.id}"
    visitor.open(path)
    typed = {f"jra-{name}": text for name, text in JRAI.items()} | {"jra-seconds": "14"}
    visitor.send(path, follow=True, **typed)
    [kept] = store.playlists.get(made.id).draft.slides
    assert kept.fields == slide.fields
    assert kept.versions == {"jra": Version(fields=JRAI, seconds=14)}
    assert 'lang="jra"' in visitor.open(path).text


def test_what_is_wrong_in_a_version_is_told_at_its_field(visit: Visit, store: Store) -> None:
    made = playlist(store)
    path = f"/playlists/{made.id}/slides/{made.draft.slides[0].id}"
    visitor = visit(OFFICER)
    visitor.open(path)
    refused = visitor.send(path, **{"jra-title": "Sang dra"})
    assert 'id="slide-jra-body-wrong"' in refused.text
    assert 'value="Sang dra"' in refused.text


def test_the_approver_is_told_what_waits_for_whom(visit: Visit, store: Store, reader: User) -> None:
    sent = bilingual(store)
    visitor = visit(APPROVER)
    page = words(visitor.open(f"/reviews/{sent}"))
    assert f"Người thẩm định được: {reader.name}." in page
    assert "Bản tiếng Jrai chưa thẩm định nên chưa phát" in page
    done = visitor.send(f"/reviews/{sent}/approve", follow=True)
    assert "Bản tiếng Jrai chưa phát: còn chờ người biết tiếng thẩm định." in done.text


def test_a_reader_finds_what_waits_and_says_yes(visit: Visit, store: Store, reader: User) -> None:
    sent = bilingual(store)
    visitor = visit(reader)
    assert f"/reviews/{sent}" in visitor.open("/translations").text
    visitor.open(f"/reviews/{sent}")
    visitor.send(f"/translations/{sent}/jra", answer="approve", follow=True)
    assert awaited(store.submissions.get(sent)) == {}
    assert "Đã thẩm định" in words(visitor.open(f"/reviews/{sent}"))


def test_a_reader_who_sends_back_must_say_why_and_loses_nothing(
    visit: Visit, store: Store, reader: User
) -> None:
    sent = bilingual(store)
    visitor = visit(reader)
    visitor.open(f"/reviews/{sent}")
    again = visitor.send(f"/translations/{sent}/jra", answer="return")
    assert "Hãy ghi lý do" in words(again)
    visitor.send(f"/translations/{sent}/jra", answer="return", comment="Viết sai", follow=True)
    assert "“Viết sai”" in words(visitor.open(f"/reviews/{sent}"))


def test_who_was_not_asked_reads_no_translations(visit: Visit) -> None:
    assert visit(VIEWER).open("/translations").status_code == 403


def test_an_administrator_gives_the_task(visit: Visit, store: Store) -> None:
    visitor = visit(ADMINISTRATOR)
    visitor.open(f"/people/{VIEWER.id}")
    visitor.send(f"/people/{VIEWER.id}", languages=["jra", "bdq"], follow=True)
    assert store.users.get(VIEWER.id).languages == ("jra", "bdq")
