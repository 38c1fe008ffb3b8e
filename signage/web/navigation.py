"""The menu: what a person's role covers, and how much is waiting there."""

from dataclasses import dataclass

from flask import request

from signage.domain.people import Action, User, granted_to
from signage.domain.review import State
from signage.domain.sentences import N_
from signage.web.context import now, store
from signage.web.language import gettext
from signage.workflows.accounts import people
from signage.workflows.alerts import alerting, alone_reviews
from signage.workflows.content import translating

PRODUCT = N_("Bảng tin điện tử Pleiku")


@dataclass(frozen=True)
class Item:
    """One line of the menu."""

    title: str
    endpoint: str
    icon: str
    is_here: bool = False
    is_urgent: bool = False
    count: int = 0


@dataclass(frozen=True)
class Group:
    """Lines of the menu that belong together."""

    title: str
    items_: list[Item]


_WITHIN = {"documents": "library", "slides": "playlists"}
"""Pages without a line of their own: under which one they lie."""

# Title, endpoint, icon, what one must be allowed to do.
_MENU: tuple[tuple[str, tuple[tuple[str, str, str, Action], ...]], ...] = (
    ("", ((N_("Việc cần làm"), "home.page", "home", Action.VIEW),)),
    (
        N_("Khẩn cấp"),
        (
            (N_("Phát khẩn cấp"), "alerts.page", "alert", Action.ALERT),
            (N_("Bản tin đến"), "warnings.page", "journal", Action.ALERT),
            (N_("Mẫu cảnh báo"), "alert_templates.page", "document", Action.ALERT_TEMPLATES),
            (N_("Nguồn tự động"), "standing.page", "send", Action.ALERT),
            (N_("Xem lại phát một mình"), "alert_reviews.page", "eye", Action.REVIEW),
            (N_("Gỡ khẩn"), "withdrawals.page", "stop", Action.WITHDRAW),
            (N_("Giữ màn hình"), "holds.page", "pause", Action.HOLD),
        ),
    ),
    (
        N_("Nội dung"),
        (
            (N_("Thư viện"), "library.page", "picture", Action.EDIT),
            (N_("Danh sách phát"), "playlists.page", "playlist", Action.VIEW),
            (N_("Duyệt nội dung"), "reviews.page", "review", Action.REVIEW),
            (N_("Thẩm định bản dịch"), "translations.page", "text", Action.REVIEW_LANGUAGE),
            (N_("Lịch phát"), "schedule.page", "calendar", Action.VIEW),
        ),
    ),
    (
        N_("Màn hình"),
        (
            (N_("Tường màn hình"), "wall.page", "wall", Action.VIEW),
            (N_("Danh sách màn hình"), "displays.page", "display", Action.VIEW),
        ),
    ),
    (N_("Diễn tập"), ((N_("Diễn tập"), "drills.page", "play", Action.ALERT),)),
    (
        N_("Quản trị"),
        (
            (N_("Người dùng"), "people.page", "people", Action.MANAGE_PEOPLE),
            (N_("Liên hệ trên cảnh báo"), "alert_contacts.page", "text", Action.MANAGE_PEOPLE),
            (N_("Đơn vị và điểm đặt"), "units.page", "building", Action.PROVISION),
            (N_("Tình trạng phát hành"), "publishing.page", "shield", Action.READ_AUDIT),
            (N_("Nhật ký hệ thống"), "audit.page", "journal", Action.READ_AUDIT),
        ),
    ),
)


def menu_of(user: User) -> list[Group]:
    """Return the menu for `user`, empty groups left out."""
    mine = granted_to(user)
    blueprint = (request.blueprint or "").split(".")[0]
    here = _WITHIN.get(blueprint, blueprint)
    counts = _waiting(user)
    groups = []
    for title, lines in _MENU:
        items = [
            Item(
                title=gettext(name),
                endpoint=endpoint,
                icon=icon,
                is_here=endpoint.split(".")[0] == here,
                is_urgent=endpoint == "alerts.page",
                count=counts.get(endpoint, 0),
            )
            for name, endpoint, icon, action in lines
            if action in mine
        ]
        if items:
            groups.append(Group(gettext(title) if title else "", items))
    return groups


def _waiting(user: User) -> dict[str, int]:
    counts = {}
    if Action.REVIEW in granted_to(user):
        mine = people.visible_units(store(), user, Action.REVIEW)
        counts["reviews.page"] = store().submissions.count(mine, states=[State.SUBMITTED])
        counts["alert_reviews.page"] = alone_reviews.waiting(store())
    if Action.ALERT in granted_to(user):
        counts["alerts.page"] = len(alerting.waiting(store(), at=now()))
    if user.languages:
        counts["translations.page"] = len(translating.waiting_for(store(), user))
    if Action.ALERT in granted_to(user):
        counts["warnings.page"] = store().cap_messages.count_waiting()
    return counts
