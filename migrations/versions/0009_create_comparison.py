"""Creates the disclosure ledger, released rows, safety tasks and measure scores."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disclosure",
        sa.Column("wish", sa.String(40), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("promise", sa.LargeBinary(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_disclosure_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_disclosure_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_disclosure_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_disclosure_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_disclosure_public_id")),
    )
    op.create_index(op.f("ix_disclosure_case_id"), "disclosure", ["case_id"], unique=False)
    op.create_index(op.f("ix_disclosure_partner_id"), "disclosure", ["partner_id"], unique=False)
    op.create_table(
        "map_release",
        sa.Column("behaviour", sa.String(length=40), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("placing", sa.LargeBinary(), nullable=True),
        sa.Column("agreed", sa.LargeBinary(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_map_release_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_map_release_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_release")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_map_release_case_id_id")),
        sa.UniqueConstraint(
            "partner_id", "behaviour", name=op.f("uq_map_release_partner_id_behaviour")
        ),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_map_release_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_map_release_public_id")),
    )
    op.create_index(op.f("ix_map_release_case_id"), "map_release", ["case_id"], unique=False)
    op.create_index(op.f("ix_map_release_partner_id"), "map_release", ["partner_id"], unique=False)
    op.create_table(
        "measure_score",
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("layer", sa.String(40), nullable=False),
        sa.Column("score", sa.LargeBinary(), nullable=False),
        sa.Column("single_items", sa.LargeBinary(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_measure_score_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_measure_score_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_score")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_measure_score_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_measure_score_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_measure_score_public_id")),
    )
    op.create_index(op.f("ix_measure_score_case_id"), "measure_score", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_measure_score_partner_id"), "measure_score", ["partner_id"], unique=False
    )
    op.create_table(
        "safety_task",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_safety_task_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_safety_task_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_task")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_safety_task_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_safety_task_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_safety_task_public_id")),
    )
    op.create_index(op.f("ix_safety_task_case_id"), "safety_task", ["case_id"], unique=False)
    op.create_index(op.f("ix_safety_task_partner_id"), "safety_task", ["partner_id"], unique=False)
    op.create_table(
        "disclosure_step",
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "disclosure_id"],
            ["disclosure.case_id", "disclosure.id"],
            name=op.f("fk_disclosure_step_case_id_disclosure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_disclosure_step_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "author_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_disclosure_step_practice_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_disclosure_step_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_step")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_disclosure_step_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_disclosure_step_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_disclosure_step_public_id")),
    )
    op.create_index(
        op.f("ix_disclosure_step_case_id"), "disclosure_step", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_disclosure_step_disclosure_id"), "disclosure_step", ["disclosure_id"], unique=False
    )
    op.create_index(
        op.f("ix_disclosure_step_partner_id"), "disclosure_step", ["partner_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_disclosure_step_partner_id"), table_name="disclosure_step")
    op.drop_index(op.f("ix_disclosure_step_disclosure_id"), table_name="disclosure_step")
    op.drop_index(op.f("ix_disclosure_step_case_id"), table_name="disclosure_step")
    op.drop_table("disclosure_step")
    op.drop_index(op.f("ix_safety_task_partner_id"), table_name="safety_task")
    op.drop_index(op.f("ix_safety_task_case_id"), table_name="safety_task")
    op.drop_table("safety_task")
    op.drop_index(op.f("ix_measure_score_partner_id"), table_name="measure_score")
    op.drop_index(op.f("ix_measure_score_case_id"), table_name="measure_score")
    op.drop_table("measure_score")
    op.drop_index(op.f("ix_map_release_partner_id"), table_name="map_release")
    op.drop_index(op.f("ix_map_release_case_id"), table_name="map_release")
    op.drop_table("map_release")
    op.drop_index(op.f("ix_disclosure_partner_id"), table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_case_id"), table_name="disclosure")
    op.drop_table("disclosure")
