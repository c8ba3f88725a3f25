"""Runs migrations on a connection that the caller has already opened with its key."""

from alembic import context

from clinic.models.tables import all_tables

with context.config.attributes["engine"].connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=all_tables(),
        render_as_batch=connection.dialect.name == "sqlite",
        # SQLite can undo table changes too, so an interrupted migration leaves nothing behind.
        transactional_ddl=True,
        transaction_per_migration=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()
