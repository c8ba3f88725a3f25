"""Creates a timeline, frames, links, citations, reactions, drafts, and more to say."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


TO_SAY = ("raised_when", "agreed_then", "channel", "impact_words")


def upgrade() -> None:
    for name in ("until_year", "until_month", "impact"):
        op.add_column("behaviour_record", sa.Column(name, sa.Integer(), nullable=True))
    layer = sa.Column("layer", sa.String(40), nullable=False, server_default="clinician")
    op.add_column("behaviour_record", layer)
    for name in TO_SAY:
        op.add_column("behaviour_record", sa.Column(name, sa.LargeBinary(), nullable=True))
    from_fear = sa.Column("from_fear", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("behaviour_rating", from_fear)
    op.add_column("evidence_bearing", sa.Column("reason", sa.LargeBinary(), nullable=True))
    for name in ("review_on", "shared_on"):
        op.add_column("formulation", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("formulation", sa.Column("snapshot", sa.LargeBinary(), nullable=True))
    op.add_column("browser_session", sa.Column("in_room", sa.String(22), nullable=True))
    op.create_table(
        "draft",
        sa.Column("clinician_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_draft_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinician_id"],
            ["clinician.practice_id", "clinician.id"],
            name=op.f("fk_draft_practice_id_clinician_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_draft_case_id_id")),
        sa.UniqueConstraint("clinician_id", "form", name=op.f("uq_draft_clinician_id_form")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_draft_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_draft_public_id")),
    )
    op.create_index(op.f("ix_draft_case_id"), "draft", ["case_id"], unique=False)
    op.create_table(
        "frame_entry",
        sa.Column("place", sa.String(length=140), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_frame_entry_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_entry")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_frame_entry_case_id_id")),
        sa.UniqueConstraint("case_id", "place", name=op.f("uq_frame_entry_case_id_place")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_frame_entry_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_frame_entry_public_id")),
    )
    op.create_index(op.f("ix_frame_entry_case_id"), "frame_entry", ["case_id"], unique=False)
    op.create_table(
        "frame_theme",
        sa.Column("frame", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_frame_theme_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_theme")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_frame_theme_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_frame_theme_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_frame_theme_public_id")),
    )
    op.create_index(op.f("ix_frame_theme_case_id"), "frame_theme", ["case_id"], unique=False)
    op.create_table(
        "life_event",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("until_year", sa.Integer(), nullable=True),
        sa.Column("until_month", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_life_event_month")),
        sa.CheckConstraint("until_month BETWEEN 1 AND 12", name=op.f("ck_life_event_until_month")),
        sa.ForeignKeyConstraint(
            ["case_id", "about_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_life_event_case_id_about_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_life_event_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_event")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_life_event_case_id_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_life_event_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_life_event_public_id")),
    )
    op.create_index(op.f("ix_life_event_case_id"), "life_event", ["case_id"], unique=False)
    op.create_table(
        "suggestion_answer",
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_suggestion_answer_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_suggestion_answer_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_answer")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_suggestion_answer_case_id_id")),
        sa.UniqueConstraint(
            "case_id",
            "rule",
            "partner_id",
            name=op.f("uq_suggestion_answer_case_id_rule_partner_id"),
        ),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_suggestion_answer_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_suggestion_answer_public_id")),
    )
    op.create_index(
        op.f("ix_suggestion_answer_case_id"), "suggestion_answer", ["case_id"], unique=False
    )
    op.create_table(
        "summary_reaction",
        sa.Column("formulation_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "formulation_id"],
            ["formulation.case_id", "formulation.id"],
            name=op.f("fk_summary_reaction_case_id_formulation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "partner_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_summary_reaction_case_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_summary_reaction_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_reaction")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_summary_reaction_case_id_id")),
        sa.UniqueConstraint(
            "formulation_id",
            "partner_id",
            name=op.f("uq_summary_reaction_formulation_id_partner_id"),
        ),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_summary_reaction_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_summary_reaction_public_id")),
    )
    op.create_index(
        op.f("ix_summary_reaction_case_id"), "summary_reaction", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_summary_reaction_formulation_id"),
        "summary_reaction",
        ["formulation_id"],
        unique=False,
    )
    op.create_table(
        "evidence_link",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("behaviour_id", sa.Integer(), nullable=True),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("answer_item", sa.String(length=80), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "appointment_id"],
            ["appointment.case_id", "appointment.id"],
            name=op.f("fk_evidence_link_case_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "behaviour_id"],
            ["behaviour_record.case_id", "behaviour_record.id"],
            name=op.f("fk_evidence_link_case_id_behaviour_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "evidence_id"],
            ["evidence_item.case_id", "evidence_item.id"],
            name=op.f("fk_evidence_link_case_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_evidence_link_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_link")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_evidence_link_case_id_id")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_evidence_link_evidence_id")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_evidence_link_practice_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_link_public_id")),
    )
    op.create_index(op.f("ix_evidence_link_case_id"), "evidence_link", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_evidence_link_evidence_id"), "evidence_link", ["evidence_id"], unique=False
    )
    op.create_table(
        "formulation_citation",
        sa.Column("formulation_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("layer", sa.String(40), nullable=False),
        sa.Column("observation", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "source_id"],
            ["partner.case_id", "partner.id"],
            name=op.f("fk_formulation_citation_case_id_source_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "evidence_id"],
            ["evidence_item.case_id", "evidence_item.id"],
            name=op.f("fk_formulation_citation_case_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "formulation_id"],
            ["formulation.case_id", "formulation.id"],
            name=op.f("fk_formulation_citation_case_id_formulation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["case.practice_id", "case.id"],
            name=op.f("fk_formulation_citation_practice_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_formulation_citation")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_formulation_citation_case_id_id")),
        sa.UniqueConstraint(
            "formulation_id",
            "evidence_id",
            name=op.f("uq_formulation_citation_formulation_id_evidence_id"),
        ),
        sa.UniqueConstraint(
            "practice_id", "id", name=op.f("uq_formulation_citation_practice_id_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_formulation_citation_public_id")),
    )
    op.create_index(
        op.f("ix_formulation_citation_case_id"), "formulation_citation", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_formulation_citation_evidence_id"),
        "formulation_citation",
        ["evidence_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_formulation_citation_formulation_id"),
        "formulation_citation",
        ["formulation_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_formulation_citation_formulation_id"), table_name="formulation_citation")
    op.drop_index(op.f("ix_formulation_citation_evidence_id"), table_name="formulation_citation")
    op.drop_index(op.f("ix_formulation_citation_case_id"), table_name="formulation_citation")
    op.drop_table("formulation_citation")
    op.drop_index(op.f("ix_evidence_link_evidence_id"), table_name="evidence_link")
    op.drop_index(op.f("ix_evidence_link_case_id"), table_name="evidence_link")
    op.drop_table("evidence_link")
    op.drop_index(op.f("ix_summary_reaction_formulation_id"), table_name="summary_reaction")
    op.drop_index(op.f("ix_summary_reaction_case_id"), table_name="summary_reaction")
    op.drop_table("summary_reaction")
    op.drop_index(op.f("ix_suggestion_answer_case_id"), table_name="suggestion_answer")
    op.drop_table("suggestion_answer")
    op.drop_index(op.f("ix_life_event_case_id"), table_name="life_event")
    op.drop_table("life_event")
    op.drop_index(op.f("ix_frame_theme_case_id"), table_name="frame_theme")
    op.drop_table("frame_theme")
    op.drop_index(op.f("ix_frame_entry_case_id"), table_name="frame_entry")
    op.drop_table("frame_entry")
    op.drop_index(op.f("ix_draft_case_id"), table_name="draft")
    op.drop_table("draft")
    op.drop_column("browser_session", "in_room")
    for name in ("snapshot", "shared_on", "review_on"):
        op.drop_column("formulation", name)
    op.drop_column("evidence_bearing", "reason")
    op.drop_column("behaviour_rating", "from_fear")
    for name in (*TO_SAY, "layer", "impact", "until_month", "until_year"):
        op.drop_column("behaviour_record", name)
