"""Creates the audit log, which can only grow."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    # The chain's end is there from the start, so that two first writers cannot both make it.
    op.bulk_insert(head, [{"id": 1, "count": 0, "digest": "0" * 64}])
    op.create_table(
        "audit_line",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=True),
        sa.Column("clinician_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_line")),
        sa.UniqueConstraint("digest", name=op.f("uq_audit_line_digest")),
    )
    op.create_index(op.f("ix_audit_line_practice_id"), "audit_line", ["practice_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        refuse_on_sqlite()
    else:
        refuse_on_postgresql()


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_line_practice_id"), table_name="audit_line")
    op.drop_table("audit_line")
    op.drop_table("audit_head")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_line_only_grows()")


def refuse_on_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_line_no_{act.lower()} BEFORE {act} ON audit_line"
            " BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
        )
    # INSERT OR REPLACE would slip past the DELETE trigger on a connection without
    # recursive_triggers.
    op.execute(
        "CREATE TRIGGER audit_line_no_replace BEFORE INSERT ON audit_line"
        " WHEN EXISTS (SELECT 1 FROM audit_line"
        " WHERE number = NEW.number OR digest = NEW.digest)"
        " BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
    )


def refuse_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_line_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_line_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_line"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_line_only_grows()"
    )
