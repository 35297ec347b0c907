"""Link, LinkToken, CodeBatch, Rater, RatingPair: the ways in, and who rates whom."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from survey.storage.columns import UtcDateTime


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
    withdrawn_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime
    )  # when all that was sent was last withdrawn and erased
    is_scrub_due: bool = Field(
        default=False, sa_column_kwargs={"server_default": "false"}
    )  # erased, and not yet overwritten in the files


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
    kind: str  # survey.rules.ways_in.link.LinkKind
    state: str  # survey.rules.ways_in.link.LinkState: open, unused, used, void
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


class CodeBatch(SQLModel, table=True):
    """Cards or receipt codes handed out at once: how many, to whom; nothing leads to the codes."""

    __tablename__ = "code_batch"
    __table_args__ = (UniqueConstraint("campaign_id", "request_key", name="one_batch_per_request"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    kind: str  # survey.rules.ways_in.link.LinkKind: card, receipt
    place: str | None = None
    count: int
    request_key: str | None = None  # chosen by the system that asked, so that it can ask twice
    issued_by: str
    issued_at: datetime = Field(sa_type=UtcDateTime)
