"""Link, LinkToken, Rater, RatingPair: the ways in, and who rates whom."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class Rater(SQLModel, table=True):
    """A partner office that signs its ratings, or a unit that assesses itself."""

    __tablename__ = "rater"
    __table_args__ = (UniqueConstraint("campaign_id", "code", name="one_rater_per_code"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    code: str
    name: str


class RatingPair(SQLModel, table=True):
    """A rater that rates a unit, in so many quota places."""

    __tablename__ = "rating_pair"
    __table_args__ = (UniqueConstraint("rater_id", "unit_id", name="one_pair_per_rater_and_unit"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    rater_id: int = Field(foreign_key="rater.id")
    quota: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class Link(SQLModel, table=True):
    """A way in: a public code per unit and place, a single-use link, or a quota place of a rater.

    A link that is not public is known by keyed hashes of its tokens only; no time, no batch.
    """

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint(
            "(kind IN ('open', 'rotating')) = (code IS NOT NULL)", name="public_links_have_a_code"
        ),
        CheckConstraint(
            "(kind = 'partner') = (rater_id IS NOT NULL)", name="partners_have_a_rater"
        ),
        CheckConstraint("(kind = 'partner') = (unit_id IS NULL)", name="others_have_a_unit"),
        UniqueConstraint("rater_id", "quota_place", name="one_link_per_quota_place"),
        Index("link_of_campaign_and_unit", "campaign_id", "unit_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    kind: str  # survey.rules.link.LinkKind
    state: str  # survey.rules.link.LinkState: open, unused, used, void
    code: str | None = Field(default=None, unique=True)
    place: str | None = None
    is_kiosk: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    rater_id: int | None = Field(default=None, foreign_key="rater.id")
    quota_place: int | None = None


class LinkToken(SQLModel, table=True):
    """A token of a single-use link, as a keyed hash; a reminder brings a fresh one."""

    __tablename__ = "link_token"
    __table_args__ = {"sqlite_with_rowid": False}  # stored by hash, not by the order of issue

    token_hash: bytes = Field(primary_key=True)
    link_id: int = Field(foreign_key="link.id", index=True)
