"""Sheets that an officer restored, each with its reason."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "restored_sheet",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "sheet_id", sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("restored_by", sa.String(), nullable=False),
        sa.Column("restored_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_restored_sheet_campaign_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_restored_sheet_unit_id")),
        sa.PrimaryKeyConstraint(
            "campaign_id", "unit_id", "sheet_id", name=op.f("pk_restored_sheet")
        ),
        sqlite_with_rowid=False,
    )
