"""Creates the issue layer: explanations, evidence and roll-ups."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "formulation",
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("responsibility", sa.LargeBinary(), nullable=True),
        sa.Column("strengths", sa.LargeBinary(), nullable=False),
        sa.Column("couple_summary", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("roll_up", sa.String(40), nullable=False),
        sa.Column("confidence", sa.String(40), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "author_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_formulation_practice_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_formulation_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_formulation")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_formulation_case_id_id")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_formulation_case_id_number")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_formulation_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_formulation_public_id")),
    )
    op.create_index(op.f("ix_formulation_case_id"), "formulation", ["case_id"], unique=False)
    op.create_table(
        "evidence_item",
        sa.Column("kind", sa.String(length=10), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("diagnosticity", sa.String(40), nullable=False),
        sa.Column("layer", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("observation", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "source_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_evidence_item_case_id_source_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_evidence_item_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_item")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_evidence_item_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_evidence_item_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_item_public_id")),
    )
    op.create_index(op.f("ix_evidence_item_case_id"), "evidence_item", ["case_id"], unique=False)
    op.create_table(
        "explanation",
        sa.Column("kind", sa.String(length=10), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("test_by", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("would_change_my_mind", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "about_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_explanation_case_id_about_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_explanation_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_explanation_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_explanation_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_explanation_public_id")),
    )
    op.create_index(op.f("ix_explanation_case_id"), "explanation", ["case_id"], unique=False)
    op.create_table(
        "evidence_bearing",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("explanation_id", sa.Integer(), nullable=False),
        sa.Column("bearing", sa.String(40), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "evidence_id"],
            ["evidence_item.case_id", "evidence_item.id"],
            name=op.f("fk_evidence_bearing_case_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "explanation_id"],
            ["explanation.case_id", "explanation.id"],
            name=op.f("fk_evidence_bearing_case_id_explanation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_evidence_bearing_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_bearing")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_evidence_bearing_case_id_id")),
        sa.UniqueConstraint(
            "evidence_id",
            "explanation_id",
            name=op.f("uq_evidence_bearing_evidence_id_explanation_id"),
        ),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_evidence_bearing_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_bearing_public_id")),
    )
    op.create_index(
        op.f("ix_evidence_bearing_case_id"), "evidence_bearing", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_evidence_bearing_evidence_id"), "evidence_bearing", ["evidence_id"], unique=False
    )
    op.create_index(
        op.f("ix_evidence_bearing_explanation_id"),
        "evidence_bearing",
        ["explanation_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_evidence_bearing_explanation_id"), table_name="evidence_bearing")
    op.drop_index(op.f("ix_evidence_bearing_evidence_id"), table_name="evidence_bearing")
    op.drop_index(op.f("ix_evidence_bearing_case_id"), table_name="evidence_bearing")
    op.drop_table("evidence_bearing")
    op.drop_index(op.f("ix_explanation_case_id"), table_name="explanation")
    op.drop_table("explanation")
    op.drop_index(op.f("ix_evidence_item_case_id"), table_name="evidence_item")
    op.drop_table("evidence_item")
    op.drop_index(op.f("ix_formulation_case_id"), table_name="formulation")
    op.drop_table("formulation")
