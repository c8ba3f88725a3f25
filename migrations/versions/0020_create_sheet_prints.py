"""Creates what was printed, and what was agreed to be said in a frame."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheet_print",
        sa.Column("layer", sa.String(40), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(40), nullable=False),
        sa.Column("size", sa.String(40), nullable=False),
        sa.Column("fillable", sa.Boolean(), nullable=False),
        sa.Column("items", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        *of_case(),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_sheet_print_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_sheet_print_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "author_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_sheet_print_practice_id_author_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_print")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_sheet_print_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_sheet_print_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sheet_print_public_id")),
    )
    op.create_index(op.f("ix_sheet_print_case_id"), "sheet_print", ["case_id"], unique=False)
    op.create_table(
        "frame_agreement",
        sa.Column("place", sa.String(140), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        *of_case(),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_frame_agreement_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_agreement")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_frame_agreement_case_id_id")),
        sa.UniqueConstraint("case_id", "place", name=op.f("uq_frame_agreement_case_id_place")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_frame_agreement_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_frame_agreement_public_id")),
    )
    op.create_index(
        op.f("ix_frame_agreement_case_id"), "frame_agreement", ["case_id"], unique=False
    )


def of_case() -> tuple[sa.Column, ...]:
    return (
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("frame_agreement")
    op.drop_table("sheet_print")
