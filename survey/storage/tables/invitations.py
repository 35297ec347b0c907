"""RosterEntry, OutboxMail: whom the system writes to; kept apart from the answers."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from survey.storage.columns import UtcDateTime


class RosterEntry(SQLModel, table=True):
    """An address that a personal link was sent to; erased when the campaign is wound up."""

    __tablename__ = "roster_entry"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    link_id: int = Field(foreign_key="link.id", unique=True)
    address: str
    delivery: str  # survey.rules.invitation.Delivery: waiting, sent, refused
    delivered_on: date | None = None
    refusal: str = ""  # what the mail server said


class OutboxMail(SQLModel, table=True):
    """A mail that is to be sent; its token is made when it is sent, and never stored."""

    __tablename__ = "outbox_mail"

    id: int | None = Field(default=None, primary_key=True)
    roster_entry_id: int = Field(foreign_key="roster_entry.id", index=True)
    kind: str  # survey.rules.invitation.MailKind: invitation, reminder
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    attempts: int = 0
