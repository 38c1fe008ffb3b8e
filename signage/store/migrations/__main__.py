"""Writes the next migration: `python -m signage.store.migrations "what changes"`, then read it."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from signage.store import Store
from signage.store.migrations import config_for


def write_next(words: str) -> None:
    """Compare the tables of the code with those of all migrations and write the difference down."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/compare.sqlite3", Path(folder))
        store.upgrade()
        with store.rows.engine.connect() as connection, connection.begin():
            config = config_for(connection)
            versions = Path(__file__).parent / "versions"
            number = len(list(versions.glob("0*.py"))) + 1
            command.revision(config, words, autogenerate=True, rev_id=f"{number:04}")
        store.close()


if __name__ == "__main__":
    write_next(" ".join(sys.argv[1:]))
