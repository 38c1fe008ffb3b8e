"""Legacy text: words in code pages of the time before Unicode, and what they most likely mean.

TCVN3 (.VnTime) and VNI from old Word and PowerPoint files; the keys that stood for Jrai and
Bahnar letters on ASCII keyboards. It is offered to the author, never changed silently.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from signage.domain.finding import Finding
from signage.domain.sentences import N_

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# Signs that no other text is likely to hold; « begins a quotation too.
_TCVN3_SIGN = re.compile("[¨©®ª¬¸µ¶·¹¼½¾§¡¢£¤¥¦\u00adÆÐÞþßØø]|(?<=\\w)«|»(?=\\w)")

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HAT = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_SIGN = re.compile(
    r"[aeouyôö][ùøûïåäëü]|[aeo]â|aê|[ôö]õ|aõ|eõ|öô|[ñÑ][aeiouyôö]", re.IGNORECASE
)

# As VOV4's own pages had them: "lơ\m" is lơ̆m, "[o#" is ƀŏ, "{ok" is Ƀok.
_KEYS_SIGN = re.compile(
    r"[aăâeêioôơuư][\\#]|[\[{](?=[^\W\d_])(?!.*[\]}])", re.IGNORECASE | re.DOTALL
)
_KEYS = {"[": "ƀ", "{": "Ƀ", "\\": "\u0306", "#": "\u0306"}

_OWN_LETTERS = re.compile("[đĐơƠưƯăĂ\u1ea0-\u1ef9]")
_ENOUGH_SIGNS = 2


class Legacy(NamedTuple):
    """What a text seems to be written in, and the words it then stands for."""

    code: str
    text: str


def legacy_of(text: str) -> Legacy | None:
    """Return what `text` most likely means, when it was typed for an old code page."""
    if _KEYS_SIGN.search(text):
        return Legacy("ASCII", _from_keys(text))
    if _OWN_LETTERS.search(unicodedata.normalize("NFC", text)):
        return None  # a Unicode text with some odd signs
    if len(_VNI_SIGN.findall(text)) >= _ENOUGH_SIGNS:
        return Legacy("VNI", _from_vni(text))
    if len(_TCVN3_SIGN.findall(text)) >= _ENOUGH_SIGNS:
        return Legacy("TCVN3", "".join(_TCVN3.get(letter, letter) for letter in text))
    return None


def findings_of_legacy(fields: Mapping[str, str]) -> list[Finding]:
    """Return what to tell about fields in an old code page: letters would show wrong."""
    found = {name: legacy for name, text in fields.items() if (legacy := legacy_of(text))}
    return [
        Finding(
            code="legacy",
            severity="warn",
            msgid=N_(
                "Chữ gõ bằng bảng mã cũ ({code}) nên màn hình hiện sai chữ."
                " Hãy đổi sang Unicode: có thể là “{text}”."
            ),
            params={"code": one.code, "text": one.text[:80]},
            field=name,
        )
        for name, one in found.items()
    ]


def _from_vni(text: str) -> str:
    made = ""
    for letter in text:
        low, before = letter.lower(), made[-1:]
        bare = unicodedata.normalize("NFD", before)[:1].lower() if before else ""
        if low in _TONES and bare in set("aeouy") and before:
            made += _TONES[low]
        elif low in _HAT and before.lower() in set("aeo") and before:
            made += "\u0302" + _HAT[low]
        elif low in _BREVE and before.lower() == "a":
            made += "\u0306" + _BREVE[low]
        else:
            other = _VNI_ALONE.get(low, low)
            made += other.upper() if letter.isupper() else other
    return unicodedata.normalize("NFC", made)


def _from_keys(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(_KEYS.get(letter, letter) for letter in text))
