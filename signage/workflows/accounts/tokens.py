"""API tokens: secrets by which a program acts for a person, within chosen scopes, until a date."""

import hashlib
import secrets
from collections.abc import Collection

import msgspec

from signage.domain.names import checked_title
from signage.domain.people import Action, NotAllowed, User, granted_to
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.store.ids import new_id
from signage.store.people import Token

MAX_TOKEN_LIFE_MS = 366 * 86_400_000
_PREFIX = "sgn_"  # lets secret scanners recognise one that was pasted into the wrong place


def issue_token(
    store: Store, *, name: str, scopes: Collection[Action], expires_at: int, by: User, at: int
) -> str:
    """Create a token for `by` and return its secret, which is shown once and kept as a hash."""
    if by.scopes is not None:
        raise NotAllowed(N_("Mã truy cập chỉ được tạo khi đăng nhập bằng mật khẩu."))
    chosen = frozenset(scopes)
    if not chosen or not chosen <= granted_to(by):
        raise Refused(N_("Hãy chọn quyền trong số các quyền của bạn."), field="scopes")
    if not at < expires_at <= at + MAX_TOKEN_LIFE_MS:
        raise Refused(N_("Hãy chọn ngày hết hạn trong vòng một năm tới."), field="expires_at")
    secret = _PREFIX + secrets.token_urlsafe(32)
    title = checked_title(name, field="name")
    token = Token(
        id=new_id(), user=by.id, name=title, scopes=chosen, created_at=at, expires_at=expires_at
    )
    with store.transaction():
        store.tokens.add(token, secret_hash=_hash_of(secret))
        _record(store, token, "token.issued", by=by, at=at)
    return secret


def user_of_token(store: Store, secret: str, *, at: int) -> User | None:
    """Return the active person, narrowed to the token's scopes, or None."""
    token = store.tokens.by_hash(_hash_of(secret))
    if token is None or not token.is_good_at(at):
        return None
    user = store.users.get(token.user)
    return msgspec.structs.replace(user, scopes=token.scopes) if user.active else None


def tokens(store: Store, *, by: User) -> list[Token]:
    """Return one's own tokens, newest first."""
    return store.tokens.of_user(by.id)


def revoke_token(store: Store, token_id: str, *, by: User, at: int) -> None:
    """End one's own token at once."""
    with store.transaction():
        token = store.tokens.get(token_id)
        if token.user != by.id:
            raise NotAllowed(N_("Mã truy cập này của người khác. Hãy nhờ người đó thu hồi."))
        store.tokens.revoke(token_id, at=at)
        _record(store, token, "token.revoked", by=by, at=at)


def _record(store: Store, token: Token, act: str, *, by: User, at: int) -> None:
    scopes = sorted(scope.value for scope in token.scopes)
    detail = {"name": token.name, "scopes": scopes, "expires_at": token.expires_at}
    subject = f"token:{token.id}"
    store.audit.record(who=by.login, act=act, subject=subject, unit=by.unit, detail=detail, at=at)


def _hash_of(secret: str) -> str:
    # A random secret of 256 bits needs no slow hash.
    return hashlib.sha256(secret.encode()).hexdigest()
