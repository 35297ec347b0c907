"""Campaign, CampaignUnit, RatingPair, Link: who is asked about whom, and by which way in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
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
    wound_up_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime
    )  # after close: mixed, erased


class CampaignUnit(SQLModel, table=True):
    """A unit that a campaign asks about."""

    __tablename__ = "campaign_unit"

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    head_count: int | None = None
    issued_count: int | None = None  # counts of links, frozen when the campaign is wound up
    used_count: int | None = None
    void_count: int | None = None
    erased_count: int | None = (
        None  # sheets of a cell that closed under its minimum, kept as a count only
    )


class RatingPair(SQLModel, table=True):
    """A partner office that rates a unit; never its own."""

    __tablename__ = "rating_pair"
    __table_args__ = (
        UniqueConstraint(
            "campaign_id", "rater_code", "unit_id", name="one_pair_per_rater_and_unit"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int = Field(foreign_key="unit.id")
    rater_code: str
    rater_name: str


class Link(SQLModel, table=True):
    """A way in: an open code per unit and place, or a single-use personal or partner link.

    A personal or partner link is known by a keyed hash of its token only; no time, no batch.
    """

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint("(kind = 'open') = (code IS NOT NULL)", name="open_links_have_a_code"),
        CheckConstraint("(kind = 'open') = (token_hash IS NULL)", name="other_links_have_a_hash"),
        CheckConstraint(
            "(kind = 'partner') = (rating_pair_id IS NOT NULL)", name="partners_have_a_pair"
        ),
        Index("link_of_campaign_and_unit", "campaign_id", "unit_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int = Field(foreign_key="unit.id")
    kind: str  # survey.rules.link.LinkKind: open, personal, partner
    state: str  # survey.rules.link.LinkState: open, unused, used, void
    code: str | None = Field(default=None, unique=True)
    token_hash: bytes | None = Field(default=None, unique=True)
    place: str | None = None
    rating_pair_id: int | None = Field(default=None, foreign_key="rating_pair.id")
