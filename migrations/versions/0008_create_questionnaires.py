"""Creates what partners are asked, what they answered and what they signed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intake_plan",
        sa.Column("questionnaire", sa.String(length=40), nullable=False),
        sa.Column("questionnaire_version", sa.Integer(), nullable=False),
        sa.Column("behaviours", sa.String(length=600), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("own_behaviours", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_intake_plan_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_plan")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_intake_plan_case_id_id")),
        sa.UniqueConstraint("case_id", name=op.f("uq_intake_plan_case_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_intake_plan_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_intake_plan_public_id")),
    )
    op.create_index(op.f("ix_intake_plan_case_id"), "intake_plan", ["case_id"], unique=False)
    op.create_table(
        "questionnaire_response",
        sa.Column("questionnaire", sa.String(length=40), nullable=False),
        sa.Column("questionnaire_version", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_questionnaire_response_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_questionnaire_response_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_response")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_questionnaire_response_case_id_id")),
        sa.UniqueConstraint(
            "partner_id",
            "questionnaire",
            name=op.f("uq_questionnaire_response_partner_id_questionnaire"),
        ),
        sa.UniqueConstraint(
            "practice_id", "id", name=op.f("uq_questionnaire_response_practice_id_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_questionnaire_response_public_id")),
    )
    op.create_index(
        op.f("ix_questionnaire_response_case_id"),
        "questionnaire_response",
        ["case_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_questionnaire_response_partner_id"),
        "questionnaire_response",
        ["partner_id"],
        unique=False,
    )
    op.create_table(
        "signature",
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("document_version", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("typed_name", sa.LargeBinary(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_signature_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_signature_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_signature_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_signature_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signature_public_id")),
    )
    op.create_index(op.f("ix_signature_case_id"), "signature", ["case_id"], unique=False)
    op.create_index(op.f("ix_signature_partner_id"), "signature", ["partner_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("layer", sa.String(40), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_answer_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "response_id"],
            ["questionnaire_response.case_id", "questionnaire_response.id"],
            name=op.f("fk_answer_case_id_response_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_answer_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_answer_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_answer_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_answer_public_id")),
        sa.UniqueConstraint("response_id", "item", name=op.f("uq_answer_response_id_item")),
    )
    op.create_index(op.f("ix_answer_case_id"), "answer", ["case_id"], unique=False)
    op.create_index(op.f("ix_answer_partner_id"), "answer", ["partner_id"], unique=False)
    op.create_index(op.f("ix_answer_response_id"), "answer", ["response_id"], unique=False)
    op.create_table(
        "save_operation",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=64), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_save_operation_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "response_id"],
            ["questionnaire_response.case_id", "questionnaire_response.id"],
            name=op.f("fk_save_operation_case_id_response_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_save_operation_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_save_operation")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_save_operation_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_save_operation_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_save_operation_public_id")),
        sa.UniqueConstraint(
            "response_id", "operation", name=op.f("uq_save_operation_response_id_operation")
        ),
    )
    op.create_index(op.f("ix_save_operation_case_id"), "save_operation", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_save_operation_partner_id"), "save_operation", ["partner_id"], unique=False
    )
    op.create_index(
        op.f("ix_save_operation_response_id"), "save_operation", ["response_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_save_operation_response_id"), table_name="save_operation")
    op.drop_index(op.f("ix_save_operation_partner_id"), table_name="save_operation")
    op.drop_index(op.f("ix_save_operation_case_id"), table_name="save_operation")
    op.drop_table("save_operation")
    op.drop_index(op.f("ix_answer_response_id"), table_name="answer")
    op.drop_index(op.f("ix_answer_partner_id"), table_name="answer")
    op.drop_index(op.f("ix_answer_case_id"), table_name="answer")
    op.drop_table("answer")
    op.drop_index(op.f("ix_signature_partner_id"), table_name="signature")
    op.drop_index(op.f("ix_signature_case_id"), table_name="signature")
    op.drop_table("signature")
    op.drop_index(op.f("ix_questionnaire_response_partner_id"), table_name="questionnaire_response")
    op.drop_index(op.f("ix_questionnaire_response_case_id"), table_name="questionnaire_response")
    op.drop_table("questionnaire_response")
    op.drop_index(op.f("ix_intake_plan_case_id"), table_name="intake_plan")
    op.drop_table("intake_plan")
