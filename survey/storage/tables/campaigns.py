"""Campaign, CampaignUnit: who is asked about which units, when, and under which promise."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, text
from sqlmodel import Field, SQLModel

from survey.storage.columns import UtcDateTime


class Campaign(SQLModel, table=True):
    """One questionnaire version for one audience, many units, one window."""

    __tablename__ = "campaign"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)  # 8 characters without look-alikes
    evaluation_id: int = Field(foreign_key="evaluation.id", index=True)
    questionnaire_version_id: int = Field(foreign_key="questionnaire_version.id")
    audience: str  # survey.rules.audience.Audience
    name: str
    opens_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    is_paused: bool = False
    is_draft: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    draft_ways: dict[str, Any] | None = Field(
        default=None, sa_type=JSON
    )  # kinds of ways in chosen before opening; of a draft, places of codes
    locked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # published for good
    counts_only: bool = Field(
        default=False, sa_column_kwargs={"server_default": "false"}
    )  # strictest mode: no joint answers are kept
    asked_by: str = Field(default="", sa_column_kwargs={"server_default": text("''")})  # who asks
    legal_basis: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    contact: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    kept_until: date | None = None
    wound_up_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime
    )  # after close: mixed, erased


class CampaignUnit(SQLModel, table=True):
    """A unit that a campaign asks about."""

    __tablename__ = "campaign_unit"

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    head_count: int | None = None
    statement: str | None = None  # what the unit says of itself, shown before rating
    merge_into_unit_id: int | None = Field(
        default=None, foreign_key="unit.id"
    )  # the sibling, fixed before opening, that takes over a cell too small at close
    issued_count: int | None = None  # counts of links, frozen when the campaign is wound up
    used_count: int | None = None
    void_count: int | None = None
    paper_count: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}
    )  # sheets an officer keyed in
    imported_count: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}
    )  # staff's sheets that came in files from elsewhere
    merged_count: int | None = None  # sheets that joined the sibling at the close
    erased_count: int | None = (
        None  # sheets of a cell that closed under its minimum, kept as a count only
    )
