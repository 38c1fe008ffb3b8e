"""Templates of alerts: written, drawn on every profile, and approved by somebody else."""

from collections.abc import Sequence

import msgspec

from players.contract.limits import HOUR
from signage.domain.alert import AlertWords
from signage.domain.alert_contacts import checked_contact, refuse_strange_contacts
from signage.domain.alert_template import AlertTemplate, checked_template
from signage.domain.factor import Given
from signage.domain.names import NotFound
from signage.domain.people import Action, User
from signage.domain.sentences import N_
from signage.store import Store
from signage.store.alert_templates import Contact
from signage.store.ids import new_id
from signage.workflows.accounts.permission import demand
from signage.workflows.alerts.alert_drawing import draw_alert
from signage.workflows.sealer.at_sealer import AtSealer

SAMPLE_END = HOUR
"""What an approver sees ends an hour later; the real end is drawn when an alert is."""


def write(
    store: Store,
    *,
    title: str,
    words: AlertWords,
    areas: Sequence[str],
    minutes: int,
    by: User,
    at: int,
) -> AlertTemplate:
    """Draw a new template for every profile in use; it waits for an approver. Raises Refused."""
    demand(store, by, Action.ALERT_TEMPLATES, by.unit)
    template = checked_template(
        AlertTemplate(
            id=new_id(),
            title=title,
            words=words,
            areas=list(areas),
            minutes=minutes,
            made_by=by.login,
            made_at=at,
        )
    )
    refuse_strange_contacts(shown(template.words), listed(store))
    used = {display.profile for display in store.displays.all()}
    profiles = [one for one in store.profiles.all() if one.id in used]
    drawn = draw_alert(store, template.words, profiles, until=at + SAMPLE_END)
    template = msgspec.structs.replace(template, pages=drawn.pages)
    with store.transaction():
        store.alert_templates.save(template)
        _record(store, template, "alert-template.written", by=by, at=at)
    return template


def approve(
    store: Store, sealer: AtSealer, template_id: str, given: Given, *, by: User, at: int
) -> AlertTemplate:
    """Have the sealer note the approval, by the approver's own factor; raises Refused."""
    demand(store, by, Action.REVIEW, _root(store))
    template = get(store, template_id)
    sealer.approve_template(template, given, by=by)
    approved = msgspec.structs.replace(template, approved_by=by.login, approved_at=at)
    with store.transaction():
        store.alert_templates.save(approved)
    return approved


def remove(store: Store, template_id: str, *, by: User, at: int) -> None:
    """Take a template off the list; alerts from it stay as they are."""
    demand(store, by, Action.ALERT_TEMPLATES, by.unit)
    template = get(store, template_id)
    with store.transaction():
        store.alert_templates.remove(template_id)
        _record(store, template, "alert-template.removed", by=by, at=at)


def get(store: Store, template_id: str) -> AlertTemplate:
    """One template; raises NotFound."""
    template = store.alert_templates.get(template_id)
    if template is None:
        raise NotFound(N_("Không có mẫu cảnh báo này. Hãy mở lại danh sách mẫu."))
    return template


def approved(store: Store) -> list[AlertTemplate]:
    """Templates that somebody has approved, by title."""
    return [one for one in store.alert_templates.all() if one.approved_by]


def template_of(store: Store, template_id: str, words: AlertWords) -> str:
    """The id of the template when `words` are still its own, else nothing."""
    template = store.alert_templates.get(template_id) if template_id else None
    return template.id if template and template.approved_by and template.allows(words) else ""


def add_contact(store: Store, text: str, *, by: User, at: int) -> None:
    """Let a phone number or an address stand on alerts."""
    demand(store, by, Action.MANAGE_PEOPLE, by.unit)
    contact = Contact(text=checked_contact(text), added_by=by.login, added_at=at)
    with store.transaction():
        store.alert_contacts.save(contact)
        _record_contact(store, contact.text, "alert-contact.added", by=by, at=at)


def remove_contact(store: Store, text: str, *, by: User, at: int) -> None:
    """Take a contact off the list."""
    demand(store, by, Action.MANAGE_PEOPLE, by.unit)
    with store.transaction():
        store.alert_contacts.remove(text)
        _record_contact(store, text, "alert-contact.removed", by=by, at=at)


def listed(store: Store) -> list[str]:
    """The contacts that may stand on alerts."""
    return [contact.text for contact in store.alert_contacts.all()]


def shown(words: AlertWords) -> dict[str, str]:
    """What of an alert people read, by form field."""
    said = {"headline": words.headline, "body": words.body, "area": words.area}
    for one in words.tongues:
        said |= {f"headline_{one.language}": one.headline, f"body_{one.language}": one.body}
    return said


def _root(store: Store) -> str:
    return next(unit.id for unit in store.units.all() if unit.parent is None)


def _record(store: Store, template: AlertTemplate, act: str, *, by: User, at: int) -> None:
    subject, detail = f"alert-template:{template.id}", {"title": template.title}
    store.audit.record(who=by.login, act=act, subject=subject, unit=by.unit, at=at, detail=detail)


def _record_contact(store: Store, text: str, act: str, *, by: User, at: int) -> None:
    store.audit.record(
        who=by.login, act=act, subject="alert-contacts", unit=by.unit, at=at, detail={"title": text}
    )
