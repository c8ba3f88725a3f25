"""Creates cases and their partners."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case",
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("clinician_id", sa.Integer(), nullable=False),
        sa.Column("concern", sa.String(length=60), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=False),
        sa.Column("secrets_policy", sa.String(40), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinician_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_case_practice_id_clinician_id"),
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_case_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_case_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_public_id")),
    )
    op.create_index(op.f("ix_case_clinician_id"), "case", ["clinician_id"], unique=False)
    op.create_index(op.f("ix_case_practice_id"), "case", ["practice_id"], unique=False)
    op.create_table(
        "partner",
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("contact_details", sa.LargeBinary(), nullable=True),
        sa.Column("contact_notes", sa.LargeBinary(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("contact_by", sa.String(40), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_partner_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_partner_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_partner_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partner_public_id")),
    )
    op.create_index(op.f("ix_partner_case_id"), "partner", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_partner_case_id"), table_name="partner")
    op.drop_table("partner")
    op.drop_index(op.f("ix_case_practice_id"), table_name="case")
    op.drop_index(op.f("ix_case_clinician_id"), table_name="case")
    op.drop_table("case")
