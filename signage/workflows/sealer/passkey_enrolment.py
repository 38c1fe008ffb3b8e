"""A passkey is made on the pages, with a code that was given on the sealer's command line."""

import base64
import hashlib
import json
import secrets
from typing import Any

import msgspec
from webauthn import verify_registration_response
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException

from players.contract.limits import HOUR
from signage.domain.factor import ALERT, Factor
from signage.domain.sentences import N_, Refused
from signage.store.book import Book
from signage.store.ids import new_id
from signage.workflows.sealer.officer_factors import PASSKEY, Site, keep_new

INVITE_LIFE = HOUR
_INVITE = "invite"


class Invite(msgspec.Struct, frozen=True, kw_only=True):
    """Whose the code is; the code itself is not kept, only its hash."""

    login: str
    made_at: int
    may: str = ALERT
    reach: list[str] | None = None


def invite(
    book: Book, login: str, *, at: int, may: str = ALERT, reach: list[str] | None = None
) -> str:
    """Return a code with which `login` can make one passkey within an hour; see `Factor`."""
    code = f"{secrets.token_hex(3)}-{secrets.token_hex(3)}-{secrets.token_hex(3)}"
    with book.transaction():
        card = Invite(login=login, made_at=at, may=may, reach=reach)
        book.cards.put(_INVITE, _hash(code), card, owner=login, at=at)
    return code


def enrol(
    book: Book, login: str, code: str, credential: dict[str, Any], *, site: Site, at: int
) -> None:
    """Take a new passkey of `login` in; its challenge is the hash of the code. Raises Refused."""
    card = _hash(code)
    invited = book.cards.get(_INVITE, card, Invite)
    if invited is None or invited.login != login or not 0 <= at - invited.made_at < INVITE_LIFE:
        raise Refused(
            N_(
                "Mã đăng ký không đúng, đã dùng hoặc đã quá một giờ."
                " Hãy xin quản trị mã mới (lệnh: signage factor invite {login})."
            ),
            field="code",
            login=login,
        )
    try:
        made = verify_registration_response(
            credential=json.dumps(credential),
            expected_challenge=bytes.fromhex(card),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as error:
        raise Refused(
            N_("Không đăng ký được khóa truy cập này. Hãy thử lại, hoặc dùng thiết bị khác.")
        ) from error
    factor = Factor(
        id=new_id(),
        login=login,
        kind=PASSKEY,
        secret=base64.b64encode(made.credential_public_key).decode(),
        credential=bytes_to_base64url(made.credential_id),
        used=made.sign_count,
        made_at=at,
        may=invited.may,
        reach=invited.reach,
    )
    with book.transaction():
        book.cards.remove(_INVITE, card)
        keep_new(book, factor, at=at)


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().encode()).hexdigest()
