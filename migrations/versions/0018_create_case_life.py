"""Creates phases, endings, transfers and whether a case is open."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phase_tick",
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("ticked_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_phase_tick_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_phase_tick_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "author_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_phase_tick_practice_id_author_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_tick")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_phase_tick_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_phase_tick_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_phase_tick_public_id")),
    )
    op.create_index(op.f("ix_phase_tick_case_id"), "phase_tick", ["case_id"], unique=False)
    op.create_table(
        "phase_move",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("left_open", sa.Integer(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_phase_move_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "author_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_phase_move_practice_id_author_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_move")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_phase_move_case_id_id")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_phase_move_case_id_number")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_phase_move_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_phase_move_public_id")),
    )
    op.create_index(op.f("ix_phase_move_case_id"), "phase_move", ["case_id"], unique=False)
    op.create_table(
        "case_life_step",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("summary", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_case_life_step_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "author_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_case_life_step_practice_id_author_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_life_step")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_case_life_step_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_case_life_step_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_life_step_public_id")),
    )
    op.create_index(op.f("ix_case_life_step_case_id"), "case_life_step", ["case_id"], unique=False)
    op.create_table(
        "case_transfer",
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_case_transfer_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "from_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_case_transfer_practice_id_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "to_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_case_transfer_practice_id_to_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_transfer")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_case_transfer_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_case_transfer_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_transfer_public_id")),
    )
    op.create_index(op.f("ix_case_transfer_case_id"), "case_transfer", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_transfer_from_id"), "case_transfer", ["from_id"], unique=False)
    op.create_index(op.f("ix_case_transfer_to_id"), "case_transfer", ["to_id"], unique=False)
    op.create_index(
        "uq_case_transfer_case_id_alone",
        "case_transfer",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.add_column(
        "case",
        sa.Column("status", sa.String(40), nullable=False, server_default=sa.text("'open'")),
    )
    op.create_index(
        op.f("ix_case_clinician_id_status_opened_on"),
        "case",
        ["clinician_id", "status", "opened_on"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_case_clinician_id_status_opened_on"), table_name="case")
    op.drop_column("case", "status")
    for table in ("case_transfer", "case_life_step", "phase_move", "phase_tick"):
        op.drop_table(table)
