"""Creates the symptom layer and what was agreed at the time."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "onset_agreement",
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wording", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_onset_agreement_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onset_agreement")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_onset_agreement_case_id_id")),
        sa.UniqueConstraint("case_id", name=op.f("uq_onset_agreement_case_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_onset_agreement_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_onset_agreement_public_id")),
    )
    op.create_index(
        op.f("ix_onset_agreement_case_id"), "onset_agreement", ["case_id"], unique=False
    )
    op.create_table(
        "behaviour_record",
        sa.Column("behaviour", sa.String(length=10), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("since_year", sa.Integer(), nullable=True),
        sa.Column("since_month", sa.Integer(), nullable=True),
        sa.Column("frequency", sa.String(40), nullable=False),
        sa.Column("still_happening", sa.String(40), nullable=False),
        sa.Column("how_known", sa.String(40), nullable=False),
        sa.Column("times_raised", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("own_words", sa.LargeBinary(), nullable=True),
        sa.Column("outsider_role", sa.LargeBinary(), nullable=True),
        sa.Column("notes", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "since_month BETWEEN 1 AND 12", name=op.f("ck_behaviour_record_since_month")
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "about_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_behaviour_record_case_id_about_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "reporter_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_behaviour_record_case_id_reporter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_behaviour_record_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_behaviour_record")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_behaviour_record_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_behaviour_record_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_behaviour_record_public_id")),
    )
    op.create_index(
        op.f("ix_behaviour_record_case_id"), "behaviour_record", ["case_id"], unique=False
    )
    op.create_table(
        "onset_position",
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("openness", sa.String(40), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_onset_position_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_onset_position_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onset_position")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_onset_position_case_id_id")),
        sa.UniqueConstraint("partner_id", name=op.f("uq_onset_position_partner_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_onset_position_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_onset_position_public_id")),
    )
    op.create_index(op.f("ix_onset_position_case_id"), "onset_position", ["case_id"], unique=False)
    op.create_table(
        "behaviour_rating",
        sa.Column("behaviour_id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(40), nullable=True),
        sa.Column("concealment", sa.Integer(), nullable=True),
        sa.Column("function", sa.Integer(), nullable=True),
        sa.Column("agreement", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "behaviour_id"],
            ["behaviour_record.case_id", "behaviour_record.id"],
            name=op.f("fk_behaviour_rating_case_id_behaviour_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "rater_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_behaviour_rating_case_id_rater_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_behaviour_rating_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_behaviour_rating")),
        sa.UniqueConstraint(
            "behaviour_id", "rater_id", name=op.f("uq_behaviour_rating_behaviour_id_rater_id")
        ),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_behaviour_rating_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_behaviour_rating_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_behaviour_rating_public_id")),
    )
    op.create_index(
        op.f("ix_behaviour_rating_behaviour_id"), "behaviour_rating", ["behaviour_id"], unique=False
    )
    op.create_index(
        op.f("ix_behaviour_rating_case_id"), "behaviour_rating", ["case_id"], unique=False
    )
    op.create_index(
        "uq_behaviour_rating_behaviour_id_alone",
        "behaviour_rating",
        ["behaviour_id"],
        unique=True,
        sqlite_where=sa.text("rater_id IS NULL"),
        postgresql_where=sa.text("rater_id IS NULL"),
    )
    op.create_table(
        "observed_response",
        sa.Column("behaviour_id", sa.Integer(), nullable=False),
        sa.Column("response", sa.String(length=10), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "behaviour_id"],
            ["behaviour_record.case_id", "behaviour_record.id"],
            name=op.f("fk_observed_response_case_id_behaviour_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_observed_response_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observed_response")),
        sa.UniqueConstraint(
            "behaviour_id", "response", name=op.f("uq_observed_response_behaviour_id_response")
        ),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_observed_response_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_observed_response_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_observed_response_public_id")),
    )
    op.create_index(
        op.f("ix_observed_response_behaviour_id"),
        "observed_response",
        ["behaviour_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_observed_response_case_id"), "observed_response", ["case_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_observed_response_case_id"), table_name="observed_response")
    op.drop_index(op.f("ix_observed_response_behaviour_id"), table_name="observed_response")
    op.drop_table("observed_response")
    op.drop_index(
        "uq_behaviour_rating_behaviour_id_alone",
        table_name="behaviour_rating",
        sqlite_where=sa.text("rater_id IS NULL"),
        postgresql_where=sa.text("rater_id IS NULL"),
    )
    op.drop_index(op.f("ix_behaviour_rating_case_id"), table_name="behaviour_rating")
    op.drop_index(op.f("ix_behaviour_rating_behaviour_id"), table_name="behaviour_rating")
    op.drop_table("behaviour_rating")
    op.drop_index(op.f("ix_onset_position_case_id"), table_name="onset_position")
    op.drop_table("onset_position")
    op.drop_index(op.f("ix_behaviour_record_case_id"), table_name="behaviour_record")
    op.drop_table("behaviour_record")
    op.drop_index(op.f("ix_onset_agreement_case_id"), table_name="onset_agreement")
    op.drop_table("onset_agreement")
