"""Drafts, jobs, two-person steps, imports; what a campaign promises and a sheet brings along."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_tables()
    _add_columns()


def _make_tables() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("total_count", sa.Integer(), nullable=False),
        sa.Column("try_count", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("ordered_by", sa.String(), nullable=False),
        sa.Column("ordered_at", sa.BigInteger(), nullable=False),
        sa.Column("beat_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("code", name=op.f("uq_job_code")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("code", name=op.f("uq_proposal_code")),
    )
    op.create_table(
        "questionnaire_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("questionnaire_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.String(), nullable=False),
        sa.Column("edited_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_draft")),
        sa.UniqueConstraint("code", name=op.f("uq_questionnaire_draft_code")),
    )
    op.create_table(
        "spent_challenge",
        sa.Column("challenge_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("challenge_hash", name=op.f("pk_spent_challenge")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answer_count",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("column", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_answer_count_campaign_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_answer_count_unit_id")),
        sa.PrimaryKeyConstraint(
            "campaign_id", "unit_id", "column", "position", name=op.f("pk_answer_count")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "imported_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_imported_file_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_file")),
        sa.UniqueConstraint("campaign_id", "digest", name="one_import_per_file"),
    )
    op.create_table(
        "imported_row",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_imported_row_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "row_hash", name=op.f("pk_imported_row")),
        sqlite_with_rowid=False,
    )


def _add_columns() -> None:
    with op.batch_alter_table("answer_sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("order_seed", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("arrival_marks", sa.Integer(), server_default="0", nullable=False)
        )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_draft", sa.Boolean(), server_default="false", nullable=False)
        )
        batch_op.add_column(sa.Column("draft_ways", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("locked_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(
            sa.Column("counts_only", sa.Boolean(), server_default="false", nullable=False)
        )
        batch_op.add_column(
            sa.Column("asked_by", sa.String(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("legal_basis", sa.String(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("contact", sa.String(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(sa.Column("kept_until", sa.Date(), nullable=True))
    with op.batch_alter_table("campaign_unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("statement", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("merge_into_unit_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("paper_count", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("imported_count", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("merged_count", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_campaign_unit_merge_into_unit_id"),
            "unit",
            ["merge_into_unit_id"],
            ["id"],
        )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(), nullable=True))
