"""Creates check-ins and each partner's own part in them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_in",
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("goals", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "appointment_id"],
            ["appointment.case_id", "appointment.id"],
            name=op.f("fk_check_in_case_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_check_in_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_check_in_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_check_in_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_check_in_public_id")),
    )
    op.create_index(op.f("ix_check_in_appointment_id"), "check_in", ["appointment_id"])
    op.create_index(op.f("ix_check_in_case_id"), "check_in", ["case_id"])
    op.create_table(
        "check_in_part",
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "check_in_id"],
            ["check_in.case_id", "check_in.id"],
            name=op.f("fk_check_in_part_case_id_check_in_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "invitation_id"],
            ["invitation.case_id", "invitation.id"],
            name=op.f("fk_check_in_part_case_id_invitation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_check_in_part_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "response_id"],
            ["questionnaire_response.case_id", "questionnaire_response.id"],
            name=op.f("fk_check_in_part_case_id_response_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_check_in_part_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_part")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_check_in_part_case_id_id")),
        sa.UniqueConstraint(
            "check_in_id", "partner_id", name=op.f("uq_check_in_part_check_in_id_partner_id")
        ),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_check_in_part_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_check_in_part_public_id")),
    )
    op.create_index(op.f("ix_check_in_part_case_id"), "check_in_part", ["case_id"])
    op.create_index(op.f("ix_check_in_part_check_in_id"), "check_in_part", ["check_in_id"])
    op.create_index(op.f("ix_check_in_part_partner_id"), "check_in_part", ["partner_id"])


def downgrade() -> None:
    op.drop_table("check_in_part")
    op.drop_table("check_in")
