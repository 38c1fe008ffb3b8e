"""The page can say what is taken here, and what is missing."""

import pytest

from signage.workflows.media import formats


def test_every_family_is_named_with_its_limit() -> None:
    taken = formats.supported()
    assert {one.family for one in taken} == {"picture", "document", "video"}
    assert all(one.limit > 1_000_000 for one in taken)


def test_without_libreoffice_the_page_can_say_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(formats, "find_libreoffice", lambda: None)
    [missing] = [one for one in formats.supported() if not one.is_taken]
    assert "pptx" in missing.suffixes
    assert missing.missing is not None
    assert "apt install libreoffice" in missing.missing.text()
