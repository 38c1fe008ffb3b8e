"""Alembic's entry: runs the migrations on the connection that the store hands over."""

from alembic import context

from signage.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite alters a table only by copying it.
    render_as_batch=True,
)
context.run_migrations()
