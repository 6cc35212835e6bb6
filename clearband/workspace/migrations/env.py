"""Called by Alembic with the connection that `clearband.workspace.schema` gives it, never by itself."""

from alembic import context

from clearband.workspace.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    # SQLite can, and Alembic does not know: a migration that is cut short leaves nothing.
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
