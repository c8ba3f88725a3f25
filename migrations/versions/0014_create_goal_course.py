"""Creates what a goal went through."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OF_GOAL = {
    "importance": sa.Integer,
    "difficulty": sa.Integer,
    "ends_on": sa.Date,
    "begins_on": sa.Date,
    "continues_id": sa.Integer,
}


def upgrade() -> None:
    for name, kind in OF_GOAL.items():
        op.add_column("goal", sa.Column(name, kind(), nullable=True))
    about = sa.Column("about_openness", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("goal", about)
    op.add_column("goal_rating", sa.Column("kept", sa.Boolean(), nullable=True))
    op.create_table(
        "goal_change",
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"],
            ["goal.case_id", "goal.id"],
            name=op.f("fk_goal_change_case_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_goal_change_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_change")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_change_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_goal_change_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_change_public_id")),
    )
    op.create_index(op.f("ix_goal_change_case_id"), "goal_change", ["case_id"])
    op.create_index(op.f("ix_goal_change_goal_id"), "goal_change", ["goal_id"])


def downgrade() -> None:
    op.drop_table("goal_change")
    op.drop_column("goal_rating", "kept")
    for name in ("about_openness", *OF_GOAL):
        op.drop_column("goal", name)
