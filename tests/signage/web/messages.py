"""Collects every Vietnamese sentence that people can meet, from code and templates."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import signage

PACKAGE = Path(signage.__file__).parent
ENGLISH = PACKAGE / "web" / "translations" / "en" / "LC_MESSAGES" / "messages.po"

METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "N_": None, "gettext": None}


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence with the file it stands in."""
    found = extract_from_dir(PACKAGE, METHODS, {"**": {}}, keywords=KEYWORDS, comment_tags=())
    for file, _line, sentence, _comments, _context in found:
        if isinstance(sentence, str) and sentence:
            yield sentence, file


def english() -> dict[str, Message]:
    """The English catalogue by Vietnamese sentence."""
    with ENGLISH.open("rb") as reader:
        return {str(one.id): one for one in read_po(reader, locale="en") if one.id}
