"""Vietnamese by itself, English by the catalogue: the sentence in Vietnamese is the key."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask_babel import Babel, Domain, get_locale
from flask_babel import gettext as translated

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "language"
TIME_ZONE = "Asia/Ho_Chi_Minh"
CATALOGUES = Path(__file__).parent / "translations"


class _Catalogue(Domain):  # type: ignore[misc] # flask_babel ships no types
    """Reads the .po files themselves: no compiled file that could be older than its source."""

    def get_translations(self) -> NullTranslations:
        return catalogue(str(get_locale() or "vi"))


class _Languages(Babel):  # type: ignore[misc] # flask_babel ships no types
    domain_instance = _Catalogue()


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the translations into `language`; Vietnamese needs none."""
    source = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not source.is_file():
        return NullTranslations()
    with source.open("rb") as reader:
        messages = read_po(reader, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def gettext(sentence: str, **words: object) -> str:
    """Return `sentence` in the language of the page, with %(names)s filled in from `words`."""
    return str(translated(sentence, **words))


def english(sentence: str) -> str:
    """Return `sentence` in English, for answers that give both languages."""
    return str(catalogue("en").ugettext(sentence))


def chosen() -> str:
    """Return the language that this browser asked for by the switch."""
    language: Any = request.cookies.get(COOKIE)
    return language if language in LANGUAGES else "vi"


def speak(app: Flask) -> None:
    """Give `app` its languages."""
    _Languages().init_app(
        app, default_locale="vi", default_timezone=TIME_ZONE, locale_selector=chosen
    )
