"""InboxSheet, AnswerSheet, OfficeSheet, OpenAnswer, RestoredSheet: what was answered."""

from datetime import date, datetime
from uuid import UUID

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
    is_held: bool = False  # of its cell's last mixed batch: not counted by a run before close


class OfficeSheet(SQLModel, table=True):
    """A partner office's rating, signed as an office; shown only as part of a cell."""

    __tablename__ = "office_sheet"

    rating_pair_id: int = Field(foreign_key="rating_pair.id", primary_key=True)
    revision: int = Field(primary_key=True)
    sheet_id: UUID = Field(sa_type=CompactUuid, unique=True)
    packed: bytes
    received_at: datetime = Field(sa_type=UtcDateTime)
    seconds_bucket: int | None = None


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
