"""Creates appointments, repair goals and their ratings."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_appointment_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_appointment_case_id_id")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_appointment_case_id_number")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_appointment_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_appointment_public_id")),
    )
    op.create_index(op.f("ix_appointment_case_id"), "appointment", ["case_id"], unique=False)
    op.create_table(
        "goal_pair",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_goal_pair_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_pair")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_pair_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_goal_pair_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_pair_public_id")),
    )
    op.create_index(op.f("ix_goal_pair_case_id"), "goal_pair", ["case_id"], unique=False)
    op.create_table(
        "appointment_attendance",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("attendance", sa.String(40), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "appointment_id"],
            ["appointment.case_id", "appointment.id"],
            name=op.f("fk_appointment_attendance_case_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_appointment_attendance_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_appointment_attendance_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_attendance")),
        sa.UniqueConstraint(
            "appointment_id",
            "partner_id",
            name=op.f("uq_appointment_attendance_appointment_id_partner_id"),
        ),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_appointment_attendance_case_id_id")),
        sa.UniqueConstraint(
            "practice_id", "id", name=op.f("uq_appointment_attendance_practice_id_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_appointment_attendance_public_id")),
    )
    op.create_index(
        op.f("ix_appointment_attendance_appointment_id"),
        "appointment_attendance",
        ["appointment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_appointment_attendance_case_id"),
        "appointment_attendance",
        ["case_id"],
        unique=False,
    )
    op.create_table(
        "goal",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("stub", sa.String(length=10), nullable=True),
        sa.Column("layer", sa.String(40), nullable=False),
        sa.Column("explanation_id", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("start_level", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wording", sa.LargeBinary(), nullable=False),
        sa.Column("much_less", sa.LargeBinary(), nullable=False),
        sa.Column("less", sa.LargeBinary(), nullable=False),
        sa.Column("expected", sa.LargeBinary(), nullable=False),
        sa.Column("more", sa.LargeBinary(), nullable=False),
        sa.Column("much_more", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("start_level BETWEEN -2 AND 2", name=op.f("ck_goal_start_level")),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_goal_weight")),
        sa.ForeignKeyConstraint(
            ["case_id", "explanation_id"],
            ["explanation.case_id", "explanation.id"],
            name=op.f("fk_goal_case_id_explanation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "pair_id"],
            ["goal_pair.case_id", "goal_pair.id"],
            name=op.f("fk_goal_case_id_pair_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_goal_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_goal_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_public_id")),
    )
    op.create_index(op.f("ix_goal_case_id"), "goal", ["case_id"], unique=False)
    op.create_table(
        "goal_owner",
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"],
            ["goal.case_id", "goal.id"],
            name=op.f("fk_goal_owner_case_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_goal_owner_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_goal_owner_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_owner")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_owner_case_id_id")),
        sa.UniqueConstraint("goal_id", "partner_id", name=op.f("uq_goal_owner_goal_id_partner_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_goal_owner_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_owner_public_id")),
    )
    op.create_index(op.f("ix_goal_owner_case_id"), "goal_owner", ["case_id"], unique=False)
    op.create_index(op.f("ix_goal_owner_goal_id"), "goal_owner", ["goal_id"], unique=False)
    op.create_table(
        "goal_rating",
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("own", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN -2 AND 2", name=op.f("ck_goal_rating_level")),
        sa.CheckConstraint("own BETWEEN 0 AND 10", name=op.f("ck_goal_rating_own")),
        sa.ForeignKeyConstraint(
            ["case_id", "appointment_id"],
            ["appointment.case_id", "appointment.id"],
            name=op.f("fk_goal_rating_case_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"],
            ["goal.case_id", "goal.id"],
            name=op.f("fk_goal_rating_case_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "rater_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_goal_rating_case_id_rater_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_goal_rating_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_rating")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_rating_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_goal_rating_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_rating_public_id")),
    )
    op.create_index(
        op.f("ix_goal_rating_appointment_id"), "goal_rating", ["appointment_id"], unique=False
    )
    op.create_index(op.f("ix_goal_rating_case_id"), "goal_rating", ["case_id"], unique=False)
    op.create_index(op.f("ix_goal_rating_goal_id"), "goal_rating", ["goal_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_goal_rating_goal_id"), table_name="goal_rating")
    op.drop_index(op.f("ix_goal_rating_case_id"), table_name="goal_rating")
    op.drop_index(op.f("ix_goal_rating_appointment_id"), table_name="goal_rating")
    op.drop_table("goal_rating")
    op.drop_index(op.f("ix_goal_owner_goal_id"), table_name="goal_owner")
    op.drop_index(op.f("ix_goal_owner_case_id"), table_name="goal_owner")
    op.drop_table("goal_owner")
    op.drop_index(op.f("ix_goal_case_id"), table_name="goal")
    op.drop_table("goal")
    op.drop_index(op.f("ix_appointment_attendance_case_id"), table_name="appointment_attendance")
    op.drop_index(
        op.f("ix_appointment_attendance_appointment_id"), table_name="appointment_attendance"
    )
    op.drop_table("appointment_attendance")
    op.drop_index(op.f("ix_goal_pair_case_id"), table_name="goal_pair")
    op.drop_table("goal_pair")
    op.drop_index(op.f("ix_appointment_case_id"), table_name="appointment")
    op.drop_table("appointment")
