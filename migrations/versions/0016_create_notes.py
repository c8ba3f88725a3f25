"""Creates notes, of which a signed one never changes, and process notes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FINAL = "what was signed never changes"
#: The tables of which rows are final, and from when on.
SIGNED = {"note": "OLD.signed_at IS NOT NULL", "note_addition": "TRUE"}
#: What INSERT OR REPLACE would take a final row's place by.
REPLACED = {
    "note": "SELECT 1 FROM note WHERE signed_at IS NOT NULL"
    " AND (id = NEW.id OR public_id = NEW.public_id"
    " OR (appointment_id = NEW.appointment_id AND author_id = NEW.author_id))",
    "note_addition": "SELECT 1 FROM note_addition WHERE id = NEW.id OR public_id = NEW.public_id",
}


def upgrade() -> None:
    days = sa.Column("note_days", sa.Integer(), nullable=False, server_default=sa.text("7"))
    op.add_column("practice", days)
    op.create_table(
        "note",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("texts", sa.LargeBinary(), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        *of_a_case("note"),
        in_case("note", "appointment_id", "appointment"),
        by_clinician("note"),
        sa.UniqueConstraint(
            "appointment_id", "author_id", name=op.f("uq_note_appointment_id_author_id")
        ),
    )
    index("note", "case_id", "appointment_id", "author_id")
    op.create_table(
        "note_addition",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("author_name", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        *of_a_case("note_addition"),
        in_case("note_addition", "note_id", "note"),
        by_clinician("note_addition"),
    )
    index("note_addition", "case_id", "note_id")
    op.create_table(
        "process_note",
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        *of_a_case("process_note"),
        by_clinician("process_note"),
    )
    index("process_note", "case_id", "author_id")
    if op.get_bind().dialect.name == "sqlite":
        refuse_on_sqlite()
    else:
        refuse_on_postgresql()


def downgrade() -> None:
    for table, columns in (
        ("process_note", ("author_id", "case_id")),
        ("note_addition", ("note_id", "case_id")),
        ("note", ("author_id", "appointment_id", "case_id")),
    ):
        for column in columns:
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION signed_notes_are_final()")
    op.drop_column("practice", "note_days")


def of_a_case(table: str) -> Sequence[sa.schema.SchemaItem]:
    return (
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f(f"fk_{table}_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("case_id", "id", name=op.f(f"uq_{table}_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f(f"uq_{table}_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    )


def in_case(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["case_id", column],
        [f"{parent}.case_id", f"{parent}.id"],
        name=op.f(f"fk_{table}_case_id_{column}"),
    )


def by_clinician(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["practice_id", "author_id"],
        ["clinician.practice_id", "clinician.id"],
        name=op.f(f"fk_{table}_practice_id_author_id"),
    )


def index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def refuse_on_sqlite() -> None:
    for table, final in SIGNED.items():
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
                f" WHEN {final} BEGIN SELECT RAISE(ABORT, '{FINAL}'); END"
            )
        # INSERT OR REPLACE would slip past the DELETE trigger on a connection without
        # recursive_triggers.
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS ({REPLACED[table]})"
            f" BEGIN SELECT RAISE(ABORT, '{FINAL}'); END"
        )


def refuse_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION signed_notes_are_final() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{FINAL}'; END $$"
    )
    for table, final in SIGNED.items():
        op.execute(
            f"CREATE TRIGGER {table}_is_final BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW WHEN ({final}) EXECUTE FUNCTION signed_notes_are_final()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION signed_notes_are_final()"
        )
