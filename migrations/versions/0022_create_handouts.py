"""Creates sheets that were handed out, and those that a partner does at home."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handout",
        sa.Column("sheet", sa.String(length=40), nullable=False),
        sa.Column("sheet_version", sa.Integer(), nullable=False),
        sa.Column("medium", sa.String(length=40), nullable=False),
        sa.Column("layer", sa.String(length=40), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("handed_out_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("returned", sa.String(length=40), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(partner_id IS NULL) = (layer <> 'private')", name=op.f("ck_handout_reader")
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "appointment_id"],
            ["appointment.case_id", "appointment.id"],
            name=op.f("fk_handout_case_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_handout_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "author_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_handout_practice_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_handout_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_handout_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_handout_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_handout_public_id")),
    )
    for column in ("appointment_id", "case_id", "partner_id"):
        op.create_index(op.f(f"ix_handout_{column}"), "handout", [column])
    op.create_table(
        "handout_form",
        sa.Column("handout_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked", sa.LargeBinary(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "handout_id"],
            ["handout.case_id", "handout.id"],
            name=op.f("fk_handout_form_case_id_handout_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_handout_form_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "response_id"],
            ["questionnaire_response.case_id", "questionnaire_response.id"],
            name=op.f("fk_handout_form_case_id_response_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_handout_form_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout_form")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_handout_form_case_id_id")),
        sa.UniqueConstraint("handout_id", name=op.f("uq_handout_form_handout_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_handout_form_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_handout_form_public_id")),
    )
    for column in ("case_id", "partner_id"):
        op.create_index(op.f(f"ix_handout_form_{column}"), "handout_form", [column])


def downgrade() -> None:
    op.drop_table("handout_form")
    op.drop_table("handout")
