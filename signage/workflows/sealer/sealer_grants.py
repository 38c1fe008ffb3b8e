"""What officers let the sealer do beforehand: approved templates and standing authorisations."""

import secrets

import msgspec

from players.contract.limits import HOUR
from signage.domain.act import ActKind
from signage.domain.alert import Alert, checked_end
from signage.domain.alert_template import AlertTemplate, checked_template
from signage.domain.factor import APPROVE
from signage.domain.sentences import N_, Refused
from signage.domain.standing import MAX_LIFE, Standing, require_covered, token_hash
from signage.store.book import Book
from signage.store.ids import new_id
from signage.workflows.sealer import authorising, officer_factors
from signage.workflows.sealer.officer_factors import Site
from signage.workflows.sealer.sealer_talk import ApproveTemplate, GrantStanding, RaiseStanding

_TEMPLATE, _STANDING = "template", "standing"


def template_of(book: Book, template_id: str) -> AlertTemplate | None:
    """An approved template, as it was approved."""
    return book.cards.get(_TEMPLATE, template_id, AlertTemplate) if template_id else None


def templates(book: Book) -> list[AlertTemplate]:
    """All approved templates."""
    return book.cards.all(_TEMPLATE, AlertTemplate)


def standing(book: Book) -> list[Standing]:
    """All standing authorisations, also those that have ended."""
    return book.cards.all(_STANDING, Standing)


def approve_template(book: Book, asked: ApproveTemplate, *, site: Site, at: int) -> Refused | None:
    """Note an approval, inside the caller's transaction; None when it is noted."""
    template = asked.template
    if checked_template(template) != template:
        raise Refused(N_("Nội dung gửi tới bộ phận niêm phong không hợp lệ. Hãy soạn lại."))
    if template.made_by == asked.login:
        raise Refused(N_("Người soạn mẫu không tự duyệt mẫu. Hãy nhờ lãnh đạo duyệt khác."))
    refused = officer_factors.refusal_of_factor(
        book, asked.login, asked.given, binds=template.binds, site=site, at=at, may=APPROVE
    )
    if refused is None:
        approved = msgspec.structs.replace(template, approved_by=asked.login, approved_at=at)
        book.cards.put(_TEMPLATE, template.id, approved, at=at)
        book.audit.record(
            who=asked.login,
            act="alert-template.approved",
            subject=f"alert-template:{template.id}",
            unit=asked.unit,
            at=at,
            detail={"title": template.title, "binds": template.binds},
        )
    return refused


def grant(book: Book, asked: GrantStanding, *, site: Site, at: int) -> tuple[Refused | None, str]:
    """Note a standing authorisation, inside the caller's transaction; the token is told once."""
    unknown = [one for one in asked.templates if template_of(book, one) is None]
    if unknown or not asked.templates or not asked.targets or not asked.sender.strip():
        raise Refused(N_("Ủy quyền cần tên nguồn, mẫu đã duyệt và nơi phát. Hãy chọn đủ."))
    if not at < asked.until <= at + MAX_LIFE:
        raise Refused(N_("Ủy quyền cần ngày kết thúc trong vòng 400 ngày tới. Hãy chọn lại."))
    binds = token_hash(repr((asked.sender, asked.templates, asked.targets, asked.until)))
    refused = officer_factors.refusal_of_factor(
        book,
        asked.login,
        asked.given,
        binds=binds,
        site=site,
        at=at,
        targets=asked.targets,
    )
    token = secrets.token_urlsafe(24)
    if refused is None:
        made = Standing(
            id=new_id(),
            sender=asked.sender.strip(),
            templates=sorted(asked.templates),
            targets=sorted(asked.targets),
            until=asked.until,
            token_sha256=token_hash(token),
            given_by=[asked.login],
            given_at=at,
        )
        book.cards.put(_STANDING, made.id, made, at=at)
        detail = {"sender": made.sender, "templates": made.templates, "targets": made.targets}
        book.audit.record(
            who=asked.login,
            act="standing.granted",
            subject=f"standing:{made.id}",
            at=at,
            detail=detail | {"until": made.until},
        )
    return refused, token


def end_standing(book: Book, standing_id: str, *, at: int) -> bool:
    """End a standing authorisation at once; says whether there was one."""
    with book.transaction():
        known = book.cards.get(_STANDING, standing_id, Standing)
        if known is None:
            return False
        book.cards.remove(_STANDING, standing_id)
        detail = {"sender": known.sender}
        subject = f"standing:{standing_id}"
        book.audit.record(who="sealer", act="standing.ended", subject=subject, at=at, detail=detail)
    return True


def act_by_standing(book: Book, asked: RaiseStanding, *, at: int) -> Alert:
    """Do what a standing authorisation covers, inside the caller's transaction."""
    known = next((one for one in standing(book) if one.is_of(asked.token)), None)
    if known is None:
        raise Refused(N_("Nguồn này không có ủy quyền, cần trực ban xác nhận."))
    act, who = asked.act, f"standing:{known.id}"
    done = [row for row in book.audit.page(limit=200) if row.who == who and row.at > at - HOUR]
    raised = sum(row.act == authorising.ACTS[ActKind.RAISE] for row in done)
    makers = {by for _, by, _ in book.alerts.history(act.alert.id)}
    template = template_of(book, act.template)
    require_covered(known, act, template, raised=raised, own=makers == {who}, at=at)
    if act.kind is not ActKind.CLEAR:
        checked_end(act.alert.expires_at, at=at)
    alert = authorising.result_of(book, act, at=at)
    authorising.record(book, alert, act, who=who, unit=None, at=at, how=known.sender)
    return alert
