"""Creates how each partner took part."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TIMES = ("began_at", "ended_at")
KNOWN = ("is_private", "same_place", "is_alone")


def upgrade() -> None:
    for name in TIMES:
        op.add_column("appointment", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    table = "appointment_attendance"
    op.add_column(table, sa.Column("minutes_late", sa.Integer(), nullable=True))
    op.add_column(table, sa.Column("joined_by", sa.String(40), nullable=True))
    for name in KNOWN:
        op.add_column(table, sa.Column(name, sa.Boolean(), nullable=True))
    op.add_column(table, sa.Column("place", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    for name in ("place", *KNOWN, "joined_by", "minutes_late"):
        op.drop_column("appointment_attendance", name)
    for name in TIMES:
        op.drop_column("appointment", name)
