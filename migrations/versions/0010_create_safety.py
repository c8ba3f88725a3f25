"""Creates private checks, safety plans and decisions about safety."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "safety_decision",
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "author_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_safety_decision_practice_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_safety_decision_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_decision")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_safety_decision_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_safety_decision_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_safety_decision_public_id")),
    )
    op.create_index(
        op.f("ix_safety_decision_case_id"), "safety_decision", ["case_id"], unique=False
    )
    op.create_table(
        "private_check",
        sa.Column("told", sa.LargeBinary(), nullable=True),
        sa.Column("judgement", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_alone", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(40), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_private_check_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "author_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_private_check_practice_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_private_check_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_check")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_private_check_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_private_check_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_private_check_public_id")),
    )
    op.create_index(op.f("ix_private_check_case_id"), "private_check", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_private_check_partner_id"), "private_check", ["partner_id"], unique=False
    )
    op.create_table(
        "safety_plan",
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_safety_plan_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_safety_plan_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_plan")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_safety_plan_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_safety_plan_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_safety_plan_public_id")),
    )
    op.create_index(op.f("ix_safety_plan_case_id"), "safety_plan", ["case_id"], unique=False)
    op.create_index(op.f("ix_safety_plan_partner_id"), "safety_plan", ["partner_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_safety_plan_partner_id"), table_name="safety_plan")
    op.drop_index(op.f("ix_safety_plan_case_id"), table_name="safety_plan")
    op.drop_table("safety_plan")
    op.drop_index(op.f("ix_private_check_partner_id"), table_name="private_check")
    op.drop_index(op.f("ix_private_check_case_id"), table_name="private_check")
    op.drop_table("private_check")
    op.drop_index(op.f("ix_safety_decision_case_id"), table_name="safety_decision")
    op.drop_table("safety_decision")
