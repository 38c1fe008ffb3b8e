"""Rows of units: the tree of the administration."""

from sqlalchemy import Column, ForeignKey, Table, Text, select

from signage.domain.names import NotFound
from signage.domain.sentences import N_
from signage.domain.units import Unit, chain_of
from signage.store.rows import Rows
from signage.store.schema import metadata

units = Table(
    "units",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("parent", Text, ForeignKey("units.id")),
    Column("kind", Text, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text),
)


class Units:
    """All units that are or were."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self) -> list[Unit]:
        """Return every unit, by name."""
        return [Unit(**row) for row in self._rows.all(select(units).order_by(units.c.name))]

    def by_id(self) -> dict[str, Unit]:
        """Return every unit by its id."""
        return {unit.id: unit for unit in self.all()}

    def get(self, unit_id: str) -> Unit:
        """Return one unit; raises NotFound."""
        row = self._rows.first(select(units).where(units.c.id == unit_id))
        if row is None:
            raise NotFound(N_("Không có đơn vị này. Hãy chọn đơn vị khác."), field="unit")
        return Unit(**row)

    def chain(self, unit_id: str) -> tuple[str, ...]:
        """Return the unit and all units above it, itself first; raises NotFound."""
        self.get(unit_id)
        return chain_of(unit_id, self.by_id())

    def save(self, unit: Unit) -> None:
        """Add or change a unit."""
        values = {"name": unit.name, "parent": unit.parent, "kind": unit.kind}
        values |= {"valid_from": unit.valid_from, "valid_to": unit.valid_to}
        self._rows.save(units, {"id": unit.id}, values)
