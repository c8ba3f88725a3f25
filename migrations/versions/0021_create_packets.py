"""Creates jobs that print packets, and the packets of each."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "packet_job",
        sa.Column("clinician_id", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Boolean(), nullable=False),
        sa.Column("paper", sa.String(length=40), nullable=False),
        sa.Column("size", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinician_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_packet_job_practice_id_clinician_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_packet_job_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet_job")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_packet_job_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_packet_job_public_id")),
    )
    op.create_index(op.f("ix_packet_job_practice_id"), "packet_job", ["practice_id"])
    op.create_index(op.f("ix_packet_job_clinician_id"), "packet_job", ["clinician_id"])
    op.create_table(
        "packet_part",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("sheets", sa.String(length=400), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("print_id", sa.Integer(), nullable=True),
        sa.Column("problem", sa.LargeBinary(), nullable=True),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "job_id"],
            ["packet_job.practice_id", "packet_job.id"],
            name=op.f("fk_packet_part_practice_id_job_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_packet_part_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_packet_part_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "print_id"],
            ["sheet_print.case_id", "sheet_print.id"],
            name=op.f("fk_packet_part_case_id_print_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet_part")),
        sa.UniqueConstraint("job_id", "position", name=op.f("uq_packet_part_job_id_position")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_packet_part_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_packet_part_public_id")),
    )
    op.create_index(op.f("ix_packet_part_case_id"), "packet_part", ["case_id"])
    op.create_index(op.f("ix_packet_part_done_at"), "packet_part", ["done_at"])


def downgrade() -> None:
    op.drop_table("packet_part")
    op.drop_table("packet_job")
