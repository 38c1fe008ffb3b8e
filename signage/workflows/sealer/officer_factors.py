"""The sealer looks at an officer's own factor: six digits or a passkey, each good for one act."""

import base64
import json
from collections.abc import Collection

import msgspec
import pyotp
import structlog
from webauthn import verify_authentication_response
from webauthn.helpers.exceptions import WebAuthnException

from signage.domain.factor import (
    ALERT,
    MAX_FACTORS,
    Assertion,
    Code,
    Factor,
    Given,
    Tries,
    step_of,
)
from signage.domain.sentences import N_, Refused
from signage.store.book import Book
from signage.store.ids import new_id

log = structlog.get_logger()

TOTP, PASSKEY = "totp", "passkey"
_FACTOR, _TRIES = "factor", "tries"


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Where the pages are: passkeys are bound to that address."""

    origin: str

    @property
    def host(self) -> str:
        """What WebAuthn calls the relying party's id."""
        return self.origin.partition("://")[2].partition(":")[0]


def factors_of(book: Book, login: str) -> list[Factor]:
    """The factors of one person, oldest first."""
    return book.cards.all(_FACTOR, Factor, owner=login)


def all_factors(book: Book) -> list[Factor]:
    """Every factor there is."""
    return book.cards.all(_FACTOR, Factor)


def enrol_code(
    book: Book,
    login: str,
    *,
    at: int,
    secret: str = "",
    name: str = "",
    may: str = ALERT,
    reach: list[str] | None = None,
) -> Factor:
    """Give a person an authenticator; `secret` only where it must be known beforehand.

    `reach` are the targets on which it may act, None for all.
    """
    made = Factor(
        id=new_id(),
        login=login,
        kind=TOTP,
        secret=secret or pyotp.random_base32(),
        made_at=at,
        name=name,
        may=may,
        reach=reach,
    )
    with book.transaction():
        keep_new(book, made, at=at)
    return made


def keep_new(book: Book, made: Factor, *, at: int) -> None:
    """Keep a new factor, inside the caller's transaction; raises Refused beyond the limit."""
    if len(factors_of(book, made.login)) >= MAX_FACTORS:
        raise Refused(
            N_("Tài khoản này đã có {limit} mã xác thực. Hãy gỡ bớt mã không dùng nữa."),
            limit=MAX_FACTORS,
        )
    book.cards.put(_FACTOR, made.id, made, owner=made.login, at=at)
    book.audit.record(
        who="sealer",
        act="factor.enrolled",
        subject=f"user:{made.login}",
        at=at,
        detail={"kind": made.kind, "id": made.id, "may": made.may, "reach": made.reach or "all"},
    )


def set_reach(book: Book, login: str, reach: list[str] | None, *, at: int) -> int:
    """Let all factors of a person act on `reach` from now on; returns how many there are."""
    with book.transaction():
        factors = factors_of(book, login)
        for one in factors:
            changed = msgspec.structs.replace(one, reach=reach)
            book.cards.put(_FACTOR, one.id, changed, owner=login, at=one.made_at)
        if factors:
            book.audit.record(
                who="sealer",
                act="factor.reach",
                subject=f"user:{login}",
                at=at,
                detail={"reach": reach or "all"},
            )
    return len(factors)


def remove(book: Book, factor_id: str, *, at: int) -> bool:
    """Take a factor away; says whether there was one."""
    with book.transaction():
        factor = book.cards.get(_FACTOR, factor_id, Factor)
        if factor is None:
            return False
        book.cards.remove(_FACTOR, factor_id)
        subject, detail = f"user:{factor.login}", {"kind": factor.kind, "id": factor.id}
        book.audit.record(who="sealer", act="factor.removed", subject=subject, at=at, detail=detail)
    return True


def unlock(book: Book, login: str) -> None:
    """Let a person try codes again at once."""
    with book.transaction():
        book.cards.remove(_TRIES, login)


def tries_of(book: Book, login: str) -> Tries:
    """Wrong codes in a row of one person."""
    return book.cards.get(_TRIES, login, Tries) or Tries()


def refusal_of_factor(
    book: Book,
    login: str,
    given: Given,
    *,
    binds: str,
    site: Site,
    at: int,
    may: str = ALERT,
    targets: Collection[str] = (),
    ends: bool = False,
) -> Refused | None:
    """Look at `given` inside the caller's transaction; None when it is right, and then used up.

    `targets` are where the act shows something, or, when it only `ends`, where that was. Wrong
    factors are counted, so the caller must commit, whatever this says.
    """
    factors = [factor for factor in factors_of(book, login) if factor.is_for(may)]
    if not factors:
        return Refused(
            N_(
                "Tài khoản {login} chưa có mã xác thực ở bộ phận niêm phong."
                " Hãy nhờ quản trị cấp (lệnh: signage factor enrol {login})."
            ),
            login=login,
        )
    try:
        if isinstance(given, Code):
            used = _code(book, factors, login, given, at=at)
        else:
            used = _passkey(factors, given, binds, site)
        _require_reach(used, targets, ends=ends)
    except Refused as refused:
        _note(book, login, given, refused, at=at)
        return refused
    book.cards.put(_FACTOR, used.id, used, owner=login, at=used.made_at)
    book.cards.remove(_TRIES, login)
    return None


def _require_reach(factor: Factor, targets: Collection[str], *, ends: bool) -> None:
    if not factor.reaches(targets, ends=ends):
        raise Refused(
            N_(
                "Mã xác thực của bạn chỉ dùng được cho màn hình của đơn vị bạn, gọi đúng tên."
                " Nếu vừa thêm màn hình, hãy nhờ quản trị cập nhật"
                " (lệnh: signage factor reach {login})."
            ),
            login=factor.login,
        )


def _code(book: Book, factors: list[Factor], login: str, given: Code, *, at: int) -> Factor:
    tries = tries_of(book, login)
    if tries.is_locked(at):
        raise Refused(
            N_(
                "Mã sai {wrong} lần liên tiếp nên tạm khóa nhập mã {minutes} phút."
                " Hãy dùng khóa truy cập (passkey), nhờ trực ban khác,"
                " hoặc nhờ quản trị mở khóa (lệnh: signage factor unlock {login})."
            ),
            field="code",
            wrong=tries.wrong,
            minutes=(tries.locked_until - at) // 60_000 + 1,
            login=login,
        )
    codes = [factor for factor in factors if factor.kind == TOTP]
    found = step_of(codes, given.digits, at=at)
    if found is None:
        book.cards.put(_TRIES, login, tries.after_a_wrong_one(at), at=at)
        raise Refused(
            N_(
                "Mã xác thực không đúng. Hãy nhập 6 số đang hiện trong ứng dụng xác thực;"
                " nếu vẫn sai, hãy xem giờ của điện thoại có đúng không."
            ),
            field="code",
        )
    factor, step = found
    return msgspec.structs.replace(factor, used=step)


def _passkey(factors: list[Factor], given: Assertion, binds: str, site: Site) -> Factor:
    """Verify a passkey over exactly what is to be sealed."""
    wanted = str(given.credential.get("id", ""))
    factor = next((one for one in factors if one.credential and one.credential == wanted), None)
    if factor is None:
        raise Refused(N_("Khóa truy cập này chưa được đăng ký. Hãy dùng khóa khác hoặc nhập mã."))
    try:
        verified = verify_authentication_response(
            credential=json.dumps(given.credential),
            expected_challenge=bytes.fromhex(binds),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64.b64decode(factor.secret),
            credential_current_sign_count=factor.used,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as error:
        log.warning("passkey refused", login=factor.login, why=str(error))
        raise Refused(
            N_(
                "Khóa truy cập không khớp với nội dung đang xác nhận."
                " Hãy tải lại trang, xem lại rồi xác nhận."
            )
        ) from error
    return msgspec.structs.replace(factor, used=verified.new_sign_count)


def _note(book: Book, login: str, given: Given, refused: Refused, *, at: int) -> None:
    how = "code" if isinstance(given, Code) else "passkey"
    book.audit.record(
        who=login,
        act="factor.refused",
        subject=f"user:{login}",
        at=at,
        detail={"how": how, "why": refused.msgid},
    )
