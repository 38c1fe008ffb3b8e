"""Every Vietnamese sentence that people can meet, and the English catalogue of them.

`python -m tests.signage.web.messages` brings the catalogue up to date: sentences that nobody says
any more go, new ones are added empty and listed, for somebody to write their English.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import signage

PACKAGE = Path(signage.__file__).parent
ENGLISH = PACKAGE / "web" / "translations" / "en" / "LC_MESSAGES" / "messages.po"

METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "N_": None, "gettext": None}

# What changes with each run and says nothing.
_NOISE = ("POT-Creation", "PO-Revision", "Last-Translator", "Language-Team", "Generated", "Report-")


@cache
def sentences() -> list[tuple[str, str]]:
    """Every sentence with the file it stands in; looked for once, which takes seconds."""
    found = extract_from_dir(PACKAGE, METHODS, {"**": {}}, keywords=KEYWORDS, comment_tags=())
    named = [(sentence, file) for file, _line, sentence, _comments, _context in found]
    return [(sentence, file) for sentence, file in named if isinstance(sentence, str) and sentence]


def english() -> dict[str, Message]:
    """The English catalogue by Vietnamese sentence."""
    with ENGLISH.open("rb") as reader:
        return {str(one.id): one for one in read_po(reader, locale="en") if one.id}


def renew() -> list[str]:
    """Write the catalogue anew and return the sentences that still lack English."""
    known, catalogue = english(), Catalog("en", project="signage", version="0.1.0", fuzzy=False)
    catalogue.header_comment = "# English of the pages. The key is the Vietnamese sentence itself."
    missing = []
    for sentence, file in sentences():
        if sentence in catalogue:
            continue
        words = str(known[sentence].string) if sentence in known else ""
        catalogue.add(sentence, words, locations=[(f"signage/{file}", 0)])
        if not words:
            missing.append(sentence)
    written = BytesIO()
    write_po(written, catalogue, width=100, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    ENGLISH.write_text("".join(line for line in lines if not line[1:].startswith(_NOISE)))
    return missing


if __name__ == "__main__":
    for sentence in renew():
        print(sentence)
