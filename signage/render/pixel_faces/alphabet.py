"""The letters that a pixel face holds, and those that it must hold: Vietnamese, Jrai and Bahnar."""

import unicodedata

BREVE = "\u0306"

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_lower = {unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES}

VIETNAMESE = frozenset(_lower | {letter.upper() for letter in _lower} | set("đĐ"))
"""The letters of Vietnamese outside ASCII, and the plain vowels: 146 of them."""

JRAI_AND_BAHNAR = frozenset("ƀɃčČĕĔĭĬñÑŏŎŭŬăĂâÂêÊôÔơƠưƯđĐ")
"""Their letters outside ASCII that have a code point of their own."""

SIGNS = frozenset("₫“”‘’–—…•°²³×÷½№≤≥−→←↑↓▲▼■●")
"""What notices write beside letters and ASCII."""

_LETTERS_UNDER_A_BREVE = "abcdeghijklmnoprstuvwyâêôơưăđñƀč"

BREVE_PAIRS = tuple(
    letter
    for lower in _LETTERS_UNDER_A_BREVE
    for letter in (lower, lower.upper())
    if len(unicodedata.normalize("NFC", letter + BREVE)) > 1
)
"""Letters that take U+0306 and have no code point together with it, such as ê, ơ and ư."""

_KEPT = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x02AF),  # Latin
    (0x02B0, 0x036F),  # modifiers and combining marks
    (0x0370, 0x03FF),  # Greek, for units and mathematics
    (0x1E00, 0x1EFF),  # Latin with marks: most of Vietnamese
    (0x2000, 0x206F),  # dashes, quotation marks, ellipsis
    (0x2070, 0x20CF),  # raised figures and currencies, among them the dong
    (0x2100, 0x22FF),  # number sign, arrows, mathematics
    (0x25A0, 0x27BF),  # shapes and signs
)


def is_kept(code_point: int) -> bool:
    """Whether a face takes this character from its source; the rest would only make it large."""
    return any(first <= code_point <= last for first, last in _KEPT)


def bare_letter(letter: str) -> str:
    """The letter without marks and horn: ơ and ô give o, Ư gives U."""
    return unicodedata.normalize("NFD", letter)[0]
