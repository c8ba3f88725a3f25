"""Creates the questionnaires that a practice loads itself, and a case's choice of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "questionnaire_pack",
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("loaded_by_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("scored", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("licence", sa.LargeBinary(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "loaded_by_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_questionnaire_pack_practice_id_loaded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_questionnaire_pack_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_pack")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_questionnaire_pack_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_questionnaire_pack_public_id")),
    )
    op.create_index(
        op.f("ix_questionnaire_pack_practice_id"),
        "questionnaire_pack",
        ["practice_id"],
        unique=False,
    )
    op.create_index(
        "uq_questionnaire_pack_sha256_alone",
        "questionnaire_pack",
        ["practice_id", "sha256"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.add_column(
        "intake_plan",
        sa.Column("packs", sa.String(length=120), nullable=False, server_default=sa.text("''")),
    )


def downgrade() -> None:
    op.drop_column("intake_plan", "packs")
    op.drop_index("uq_questionnaire_pack_sha256_alone", table_name="questionnaire_pack")
    op.drop_index(op.f("ix_questionnaire_pack_practice_id"), table_name="questionnaire_pack")
    op.drop_table("questionnaire_pack")
