"""RosterEntry, OutboxMail, MailWords, Reminder: whom the system writes to, apart from answers."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from survey.storage.columns import UtcDateTime


class RosterEntry(SQLModel, table=True):
    """An address that a personal link is sent to; erased when the campaign is wound up."""

    __tablename__ = "roster_entry"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    link_id: int = Field(foreign_key="link.id", unique=True)
    address: str
    delivery: str  # survey.rules.ways_in.invitation.Delivery, never of a reminder
    delivered_on: date | None = None
    refusal: str = ""  # what the mail server said


class OutboxMail(SQLModel, table=True):
    """A mail that is to be sent; its token is made when it is sent, and never stored."""

    __tablename__ = "outbox_mail"

    id: int | None = Field(default=None, primary_key=True)
    roster_entry_id: int = Field(foreign_key="roster_entry.id", index=True)
    kind: str  # survey.rules.ways_in.invitation.MailKind: invitation, reminder, reminder_to_all
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    attempts: int = 0


class MailWords(SQLModel, table=True):
    """Subject and text that officers wrote for a campaign's mails of one sort."""

    __tablename__ = "mail_words"

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    sort: str = Field(primary_key=True)  # survey.rules.ways_in.invitation.MailSort
    subject: str
    text: str


class Reminder(SQLModel, table=True):
    """A day on which the system reminds; to how many is kept in steps that betray nobody."""

    __tablename__ = "reminder"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    due_at: datetime = Field(sa_type=UtcDateTime)
    is_to_all: bool = False
    begun_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    most_count: int | None = None  # at most so many were reminded
