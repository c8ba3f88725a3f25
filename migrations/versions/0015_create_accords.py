"""Creates agreements and responses to repair."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accord",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("crossed", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_accord_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accord")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_accord_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_accord_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_accord_public_id")),
    )
    op.create_index(op.f("ix_accord_case_id"), "accord", ["case_id"], unique=False)
    op.create_table(
        "accord_member",
        sa.Column("accord_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "accord_id"],
            ["accord.case_id", "accord.id"],
            name=op.f("fk_accord_member_case_id_accord_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_accord_member_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_accord_member_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accord_member")),
        sa.UniqueConstraint(
            "accord_id", "partner_id", name=op.f("uq_accord_member_accord_id_partner_id")
        ),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_accord_member_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_accord_member_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_accord_member_public_id")),
    )
    op.create_index(
        op.f("ix_accord_member_accord_id"), "accord_member", ["accord_id"], unique=False
    )
    op.create_index(op.f("ix_accord_member_case_id"), "accord_member", ["case_id"], unique=False)
    op.create_table(
        "accord_topic",
        sa.Column("accord_id", sa.Integer(), nullable=False),
        sa.Column("behaviour", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("wording", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "accord_id"],
            ["accord.case_id", "accord.id"],
            name=op.f("fk_accord_topic_case_id_accord_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_accord_topic_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accord_topic")),
        sa.UniqueConstraint(
            "accord_id", "behaviour", name=op.f("uq_accord_topic_accord_id_behaviour")
        ),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_accord_topic_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_accord_topic_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_accord_topic_public_id")),
    )
    op.create_index(op.f("ix_accord_topic_accord_id"), "accord_topic", ["accord_id"], unique=False)
    op.create_index(op.f("ix_accord_topic_case_id"), "accord_topic", ["case_id"], unique=False)
    op.create_table(
        "accord_position",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(40), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_accord_position_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "topic_id"],
            ["accord_topic.case_id", "accord_topic.id"],
            name=op.f("fk_accord_position_case_id_topic_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_accord_position_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accord_position")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_accord_position_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_accord_position_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_accord_position_public_id")),
        sa.UniqueConstraint(
            "topic_id", "partner_id", name=op.f("uq_accord_position_topic_id_partner_id")
        ),
    )
    op.create_index(
        op.f("ix_accord_position_case_id"), "accord_position", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_accord_position_topic_id"), "accord_position", ["topic_id"], unique=False
    )
    op.create_table(
        "accord_version",
        sa.Column("accord_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("saved_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "accord_id"],
            ["accord.case_id", "accord.id"],
            name=op.f("fk_accord_version_case_id_accord_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "author_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_accord_version_practice_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_accord_version_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accord_version")),
        sa.UniqueConstraint("accord_id", "number", name=op.f("uq_accord_version_accord_id_number")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_accord_version_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_accord_version_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_accord_version_public_id")),
    )
    op.create_index(
        op.f("ix_accord_version_accord_id"), "accord_version", ["accord_id"], unique=False
    )
    op.create_index(op.f("ix_accord_version_case_id"), "accord_version", ["case_id"], unique=False)
    op.create_table(
        "accord_yes",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_accord_yes_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "version_id"],
            ["accord_version.case_id", "accord_version.id"],
            name=op.f("fk_accord_yes_case_id_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_accord_yes_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accord_yes")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_accord_yes_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_accord_yes_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_accord_yes_public_id")),
    )
    op.create_index(op.f("ix_accord_yes_case_id"), "accord_yes", ["case_id"], unique=False)
    op.create_index(op.f("ix_accord_yes_version_id"), "accord_yes", ["version_id"], unique=False)
    op.create_table(
        "repair_response",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=True),
        sa.Column("remark", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(appointment_id IS NULL) <> (seen_on IS NULL)",
            name=op.f("ck_repair_response_occasion"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "appointment_id"],
            ["appointment.case_id", "appointment.id"],
            name=op.f("fk_repair_response_case_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_repair_response_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_repair_response_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_response")),
        sa.UniqueConstraint(
            "appointment_id",
            "partner_id",
            name=op.f("uq_repair_response_appointment_id_partner_id"),
        ),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_repair_response_case_id_id")),
        sa.UniqueConstraint(
            "partner_id", "seen_on", name=op.f("uq_repair_response_partner_id_seen_on")
        ),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_repair_response_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_repair_response_public_id")),
    )
    op.create_index(
        op.f("ix_repair_response_appointment_id"),
        "repair_response",
        ["appointment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_repair_response_case_id"), "repair_response", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_repair_response_partner_id"), "repair_response", ["partner_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("repair_response")
    op.drop_table("accord_yes")
    op.drop_table("accord_version")
    op.drop_table("accord_position")
    op.drop_table("accord_topic")
    op.drop_table("accord_member")
    op.drop_table("accord")
