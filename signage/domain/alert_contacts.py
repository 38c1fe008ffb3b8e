"""Phone numbers and addresses on alerts: only those that administrators have put on the list.

A false number on an emergency page sends frightened people to whoever put it there.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from signage.domain.names import printable
from signage.domain.sentences import N_, Refused

ALWAYS = ("111", "112", "113", "114", "115")
"""The national numbers: children, rescue, police, fire, ambulance."""
MAX_CONTACT_LETTERS = 160

_PHONE = re.compile(
    r"(?<![\d.,/-])(?:\+?84|0)(?:[ .\-]?\d){7,10}(?!\d)|(?<!\d)1[89]00(?:[ .]?\d){4,6}"
)
_SHORT = re.compile(
    r"(?:gọi|số|đường dây nóng|điện thoại|đt|sđt|tổng đài|hotline)[^\d\n]{0,12}(\d{3,6})(?![\d/])",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:vn|com|net|org|info)\b\S*", re.IGNORECASE
)
_STREET = re.compile(r"(?:số\s+)?\d+[a-z]?(?:/\d+)*\s+(?:đường|phố)\s+[^\n,.;]+", re.IGNORECASE)


def contacts_in(text: str) -> Iterator[str]:
    """Everything in `text` by which people would call, write or go somewhere."""
    for pattern in (_PHONE, _WEB, _STREET):
        yield from (found[0].strip() for found in pattern.finditer(text))
    yield from (found[1] for found in _SHORT.finditer(_PHONE.sub(" ", text)))


def refuse_strange_contacts(texts: Mapping[str, str], listed: Collection[str]) -> None:
    """Raise Refused for the first contact in `texts` (by field) that is not on the list."""
    known = {_plain(contact) for contact in (*ALWAYS, *listed)}
    for field, text in texts.items():
        for contact in contacts_in(text):
            if _plain(contact) not in known:
                raise Refused(
                    N_(
                        "“{contact}” chưa có trong danh sách liên hệ được phép hiện trên cảnh báo."
                        " Hãy bỏ đi, hoặc nhờ quản trị hệ thống thêm vào danh sách."
                    ),
                    field=field,
                    contact=printable(contact)[:80],
                )


def checked_contact(text: str) -> str:
    """Return a contact for the list, or raise Refused."""
    clean = " ".join(printable(text).split())
    if not clean or len(clean) > MAX_CONTACT_LETTERS:
        raise Refused(
            N_("Hãy nhập số điện thoại hoặc địa chỉ, tối đa {limit} ký tự."),
            field="contact",
            limit=MAX_CONTACT_LETTERS,
        )
    return clean


def _plain(contact: str) -> str:
    """A contact as it is compared: numbers by their digits, words without case and blanks."""
    digits = re.sub(r"\D", "", contact)
    letters = re.sub(r"[\d\s.,+()-]", "", contact)
    if letters:
        return re.sub(r"[\s.,;]+", " ", contact.casefold()).strip().removeprefix("số ")
    return re.sub(r"^84", "0", digits)
