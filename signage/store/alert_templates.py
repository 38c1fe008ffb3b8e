"""Templates of alerts as rows, and the contacts that may stand on alerts."""

import msgspec
from sqlalchemy import Column, String, Table, Text, delete, select

from signage.domain.alert_template import AlertTemplate
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Millis, metadata

templates_table = Table(
    "alert_templates",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("document", Text, nullable=False),
)
contacts_table = Table(
    "alert_contacts",
    metadata,
    Column("text", String(160), primary_key=True),
    Column("added_by", String(80), nullable=False),
    Column("added_at", Millis, nullable=False),
)


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A phone number, address or web address that may stand on an alert."""

    text: str
    added_by: str
    added_at: int


class AlertTemplates:
    """Repository of templates."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, template_id: str) -> AlertTemplate | None:
        """A template, or None."""
        same = templates_table.c.id == template_id
        row = self._rows.first(select(templates_table.c.document).where(same))
        return from_text(row["document"], AlertTemplate) if row else None

    def all(self) -> list[AlertTemplate]:
        """All templates by title."""
        rows = self._rows.all(select(templates_table.c.document))
        found = [from_text(row["document"], AlertTemplate) for row in rows]
        return sorted(found, key=lambda one: (one.title, one.id))

    def save(self, template: AlertTemplate) -> None:
        """Keep a template in place of the one with its id."""
        self._rows.save(templates_table, {"id": template.id}, {"document": to_text(template)})

    def remove(self, template_id: str) -> None:
        """Drop a template."""
        self._rows.write(delete(templates_table).where(templates_table.c.id == template_id))


class AlertContacts:
    """Repository of the contacts that may stand on alerts."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self) -> list[Contact]:
        """All contacts in order."""
        rows = self._rows.all(select(contacts_table).order_by(contacts_table.c.text))
        return [Contact(**row) for row in rows]

    def save(self, contact: Contact) -> None:
        """Keep a contact."""
        values = {"added_by": contact.added_by, "added_at": contact.added_at}
        self._rows.save(contacts_table, {"text": contact.text}, values)

    def remove(self, text: str) -> None:
        """Drop a contact."""
        self._rows.write(delete(contacts_table).where(contacts_table.c.text == text))
