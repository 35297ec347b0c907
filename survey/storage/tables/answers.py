"""What was answered: sheets, drafts of them, words, evidence, and which sheets were restored."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from survey.storage.columns import CompactUuid, UtcDateTime


class InboxSheet(SQLModel, table=True):
    """A sheet that came by a personal link and waits to be mixed."""

    __tablename__ = "inbox"
    __table_args__ = {"sqlite_with_rowid": False}  # stored by random id, not by arrival

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    id: UUID = Field(sa_type=CompactUuid, primary_key=True)
    packed: bytes
    seconds_bucket: int | None = None
    channel: str | None = None  # survey.rules.ways_in.channel; kept of citizens only
    texts: str | None = None  # JSON, item id → words, until the mixer takes them apart


class AnswerSheet(SQLModel, table=True):
    """One anonymous submission. Nothing here points back to a person or a link."""

    __tablename__ = "answer_sheet"
    __table_args__ = {
        "sqlite_with_rowid": False
    }  # stored by campaign, unit and random id, not by arrival

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    id: UUID = Field(
        sa_type=CompactUuid, primary_key=True
    )  # made with the page: a second send meets it
    packed: bytes  # one position an item, in questionnaire order
    bucket_at: datetime = Field(
        sa_type=UtcDateTime
    )  # open code: ten minutes; link: the day of mixing
    seconds_bucket: int | None = None
    place: str | None = None  # of the open code
    channel: str | None = None  # survey.rules.ways_in.channel; kept of citizens only
    order_seed: int | None = None  # which item order was shown; open codes only, as it tells apart
    arrival_marks: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}
    )  # survey.rules.ways_in.arrival: what was odd about its coming
    is_held: bool = False  # of its cell's last mixed batch: not counted by a run before close


class OfficeSheet(SQLModel, table=True):
    """A partner office's rating, signed as an office; shown only as part of a cell."""

    __tablename__ = "office_sheet"
    __table_args__ = (
        UniqueConstraint(
            "rating_pair_id", "quota_place", "sheet_id", name="one_revision_per_sending"
        ),
    )

    rating_pair_id: int = Field(foreign_key="rating_pair.id", primary_key=True)
    quota_place: int = Field(default=1, primary_key=True, sa_column_kwargs={"server_default": "1"})
    revision: int = Field(primary_key=True)
    sheet_id: UUID = Field(sa_type=CompactUuid)  # made with the page
    packed: bytes
    received_at: datetime = Field(sa_type=UtcDateTime)
    seconds_bucket: int | None = None
    has_no_dealings: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    signed_by: str | None = None  # self-assessment: the person in charge
    texts: str | None = None  # JSON, item id → words, until the close takes them apart
    void_reason: str | None = None  # returned to the office: not counted, to be answered again
    voided_by: str | None = None


class EvidenceFile(SQLModel, table=True):
    """A file that a unit hands in as evidence for an item of its self-assessment."""

    __tablename__ = "evidence_file"

    id: int | None = Field(default=None, primary_key=True)
    rating_pair_id: int = Field(foreign_key="rating_pair.id", index=True)
    item_id: str
    name: str
    media_type: str
    content: bytes
    digest: str
    added_at: datetime = Field(sa_type=UtcDateTime)


class AnswerCount(SQLModel, table=True):
    """How often a position was ticked: all that the strictest mode keeps of a batch."""

    __tablename__ = "answer_count"
    __table_args__ = {"sqlite_with_rowid": False}

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    column: int = Field(primary_key=True)  # an item's byte: survey.rules.scoring.tally
    position: int = Field(primary_key=True)
    count: int


class SheetDraft(SQLModel, table=True):
    """A sheet not yet sent, sealed with a key made from a token that we do not store."""

    __tablename__ = "sheet_draft"
    __table_args__ = {"sqlite_with_rowid": False}

    draft_key: bytes = Field(primary_key=True)  # made from the same token, separately
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    sealed: bytes
    expires_at: datetime = Field(sa_type=UtcDateTime)
    rating_pair_id: int | None = Field(
        default=None, foreign_key="rating_pair.id"
    )  # of named offices only, so that they can have it erased


class OpenAnswer(SQLModel, table=True):
    """Words somebody wrote, under a random id, in no order, apart from the sheet they came with."""

    __tablename__ = "open_answer"
    __table_args__ = {"sqlite_with_rowid": False}

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    id: UUID = Field(sa_type=CompactUuid, primary_key=True)
    item_id: str
    text: str


class RestoredSheet(SQLModel, table=True):
    """A sheet that a rule rejects and an officer let count all the same; the sheet stays as it is.

    `sheet_id` is an answer sheet's id, or an office sheet's; it keeps the day, and no time.
    """

    __tablename__ = "restored_sheet"
    __table_args__ = {"sqlite_with_rowid": False}

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    sheet_id: UUID = Field(sa_type=CompactUuid, primary_key=True)
    reason: str
    restored_by: str
    restored_on: date
