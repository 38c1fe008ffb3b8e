"""What controller and sealer both keep: alerts, holds, drills, what was sealed, a chained log."""

from collections.abc import Iterator
from contextlib import contextmanager

from signage.store.alerts import Alerts
from signage.store.audit import Audit
from signage.store.drills import Drills
from signage.store.holds import Holds
from signage.store.publications import Publications
from signage.store.rows import Rows


class Ledger:
    """The rows from which sets are made; the sealer's own book is one, the store another."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.publications = Publications(rows)
        self.alerts = Alerts(rows)
        self.holds = Holds(rows)
        self.drills = Drills(rows)
        self.audit = Audit(rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write: all inside is saved together or not at all. Nesting raises NotInTransaction."""
        with self.rows.transaction():
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read: everything inside sees the same moment."""
        with self.rows.snapshot():
            yield

    def close(self) -> None:
        """Close all connections."""
        self.rows.engine.dispose()
