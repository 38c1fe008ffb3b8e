"""The history of the tables, applied by Alembic from inside the package."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from signage.store.engine import WRITES


def upgrade(engine: Engine) -> None:
    """Apply what is missing, in one transaction; of several processes one does it."""
    writing = engine.connect().execution_options(**{WRITES: True})
    with writing as connection, connection.begin():
        command.upgrade(config_for(connection), "head")


def is_current(engine: Engine) -> bool:
    """Say whether the tables have the newest shape."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest()


def newest() -> str | None:
    """Return the name of the newest migration."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def config_for(connection: Connection) -> Config:
    """Return Alembic's settings for work on `connection`."""
    config = _config()
    config.attributes["connection"] = connection
    return config


def _config() -> Config:
    config = Config()
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
