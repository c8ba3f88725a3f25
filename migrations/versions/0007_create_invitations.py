"""Creates invitations, partners' sessions and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("handing", sa.String(40), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("start_code_hash", sa.String(length=200), nullable=True),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_invitation_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_invitation_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_invitation_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_invitation_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitation_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_case_id"), "invitation", ["case_id"], unique=False)
    op.create_index(op.f("ix_invitation_partner_id"), "invitation", ["partner_id"], unique=False)
    op.create_table(
        "outbox_mail",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_problem", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_outbox_mail_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_outbox_mail_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_outbox_mail_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_outbox_mail_case_id_id")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_mail_message_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_outbox_mail_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outbox_mail_public_id")),
    )
    op.create_index(op.f("ix_outbox_mail_case_id"), "outbox_mail", ["case_id"], unique=False)
    op.create_index(op.f("ix_outbox_mail_due_at"), "outbox_mail", ["due_at"], unique=False)
    op.create_index(
        op.f("ix_outbox_mail_invitation_id"), "outbox_mail", ["invitation_id"], unique=False
    )
    op.create_index(op.f("ix_outbox_mail_partner_id"), "outbox_mail", ["partner_id"], unique=False)
    op.create_table(
        "partner_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("clinician_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinician_id"], ["clinician.id"], name=op.f("fk_partner_session_clinician_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_partner_session_invitation_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_partner_session")),
    )
    op.create_index(
        op.f("ix_partner_session_invitation_id"), "partner_session", ["invitation_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_partner_session_invitation_id"), table_name="partner_session")
    op.drop_table("partner_session")
    op.drop_index(op.f("ix_outbox_mail_partner_id"), table_name="outbox_mail")
    op.drop_index(op.f("ix_outbox_mail_invitation_id"), table_name="outbox_mail")
    op.drop_index(op.f("ix_outbox_mail_due_at"), table_name="outbox_mail")
    op.drop_index(op.f("ix_outbox_mail_case_id"), table_name="outbox_mail")
    op.drop_table("outbox_mail")
    op.drop_index(op.f("ix_invitation_partner_id"), table_name="invitation")
    op.drop_index(op.f("ix_invitation_case_id"), table_name="invitation")
    op.drop_table("invitation")
