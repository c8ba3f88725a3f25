"""Creates the second of the pair that an explanation is about."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "explanation_beside",
        sa.Column("explanation_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "explanation_id"],
            ["explanation.case_id", "explanation.id"],
            name=op.f("fk_explanation_beside_case_id_explanation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_explanation_beside_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_explanation_beside_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation_beside")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_explanation_beside_case_id_id")),
        sa.UniqueConstraint("explanation_id", name=op.f("uq_explanation_beside_explanation_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_explanation_beside_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_explanation_beside_public_id")),
    )
    op.create_index(op.f("ix_explanation_beside_case_id"), "explanation_beside", ["case_id"])


def downgrade() -> None:
    op.drop_table("explanation_beside")
