"""Who may do what: five roles, each within a unit and the units below it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from signage.domain.language import REVIEWED
from signage.domain.names import printable
from signage.domain.sentences import N_, Refused

MIN_PASSWORD_LETTERS = 10
MAX_PASSWORD_LETTERS = 200  # argon2 would take more, and time with it


class Role(StrEnum):
    """What a person is here for."""

    WARD_OFFICER = "ward_officer"
    APPROVER = "approver"
    DUTY_OFFICER = "duty_officer"
    VIEWER = "viewer"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What can be allowed. WARN: hand in a warning of another authority, which only waits."""

    VIEW = "view"
    EDIT = "edit"
    SUBMIT = "submit"
    REVIEW = "review"
    REVIEW_LANGUAGE = "review_language"
    SCHEDULE = "schedule"
    WITHDRAW = "withdraw"
    ALERT = "alert"
    HOLD = "hold"
    WARN = "warn"
    ALERT_TEMPLATES = "alert_templates"
    PROVISION = "provision"
    MANAGE_PEOPLE = "manage_people"
    READ_AUDIT = "read_audit"


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A person with a sign-in. `unit` is the id of the unit whose things the role covers.

    `languages` are the tags of those in which the person reviews translations, given by an
    administrator whatever the role. `scopes` is None for the person; a program that acts for the
    person by a token may do only what both the role and the scopes name.
    """

    id: str
    login: str
    name: str
    role: Role
    unit: str
    active: bool = True
    languages: tuple[str, ...] = ()
    scopes: frozenset[Action] | None = None


class NotAllowed(Refused):
    """The person's role or unit does not cover this."""


# Whoever sets up displays and people does not decide what is shown on them.
_GRANTS: dict[Role, frozenset[Action]] = {
    Role.WARD_OFFICER: frozenset(
        {
            Action.VIEW,
            Action.EDIT,
            Action.SUBMIT,
            Action.SCHEDULE,
            Action.WITHDRAW,
            Action.HOLD,
        }
    ),
    Role.APPROVER: frozenset(
        {
            Action.VIEW,
            Action.EDIT,
            Action.SUBMIT,
            Action.REVIEW,
            Action.ALERT_TEMPLATES,
            Action.SCHEDULE,
            Action.WITHDRAW,
            Action.HOLD,
            Action.READ_AUDIT,
        }
    ),
    Role.DUTY_OFFICER: frozenset(
        {
            Action.VIEW,
            Action.ALERT,
            Action.ALERT_TEMPLATES,
            Action.WARN,
            Action.WITHDRAW,
            Action.HOLD,
        }
    ),
    Role.VIEWER: frozenset({Action.VIEW}),
    Role.ADMINISTRATOR: frozenset(
        {Action.VIEW, Action.HOLD, Action.PROVISION, Action.MANAGE_PEOPLE, Action.READ_AUDIT}
    ),
}

ROLE_NAMES: dict[Role, str] = {
    Role.WARD_OFFICER: N_("Cán bộ phường, xã"),
    Role.APPROVER: N_("Lãnh đạo duyệt"),
    Role.DUTY_OFFICER: N_("Trực ban"),
    Role.VIEWER: N_("Người xem"),
    Role.ADMINISTRATOR: N_("Quản trị hệ thống"),
}


def grants(role: Role) -> frozenset[Action]:
    """Return what `role` covers within its unit."""
    return _GRANTS[role]


def granted_to(user: User) -> frozenset[Action]:
    """Return what role and languages of `user` cover, within the unit; tokens may do less."""
    reads = {Action.REVIEW_LANGUAGE} if user.languages else set()
    return _GRANTS[user.role] | reads


def checked_languages(tags: Iterable[str]) -> tuple[str, ...]:
    """Return `tags` in order, each once; raise Refused for a language without review."""
    given = set(tags)
    strange = sorted(given - set(REVIEWED))
    if strange:
        raise Refused(
            N_("Không có bản ngữ “{language}”. Hãy chọn trong danh sách."),
            field="languages",
            language=printable(strange[0]),
        )
    return tuple(tag for tag in REVIEWED if tag in given)


def may(user: User, action: Action, unit_chain: Sequence[str]) -> bool:
    """Say whether `user` may do `action` where the unit and those above it are `unit_chain`."""
    return user.active and action in _covered(user) and user.unit in unit_chain


def require(user: User, action: Action, unit_chain: Sequence[str]) -> None:
    """Raise NotAllowed unless `user` may do `action` there."""
    if not user.active:
        raise NotAllowed(N_("Tài khoản này đã bị khóa. Hãy liên hệ quản trị hệ thống."))
    if action not in _covered(user):
        raise NotAllowed(
            N_(
                "Vai trò của bạn không có quyền làm việc này."
                " Hãy nhờ người có quyền hoặc liên hệ quản trị hệ thống."
            )
        )
    if user.unit not in unit_chain:
        raise NotAllowed(
            N_("Nội dung này thuộc đơn vị khác. Hãy liên hệ đơn vị đó hoặc cấp trên của bạn.")
        )


def checked_password(password: str) -> str:
    """Return `password`, or raise Refused when it is too short or too long."""
    if not MIN_PASSWORD_LETTERS <= len(password) <= MAX_PASSWORD_LETTERS:
        raise Refused(
            N_("Mật khẩu cần từ {least} đến {most} ký tự. Hãy chọn mật khẩu khác."),
            field="password",
            least=MIN_PASSWORD_LETTERS,
            most=MAX_PASSWORD_LETTERS,
        )
    return password


def _covered(user: User) -> frozenset[Action]:
    granted = granted_to(user)
    return granted if user.scopes is None else granted & user.scopes
