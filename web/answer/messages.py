"""What the pages without a questionnaire say, and with which status."""

from dataclasses import dataclass
from datetime import date, datetime

from survey.rules.sheets.serving import LOCAL_TIME
from survey.rules.ways_in.link import Standing
from web.answer.look import Look


@dataclass(frozen=True, slots=True)
class Again:
    """A link that opens the questionnaire anew."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Message:
    """A page that only says something."""

    heading: str
    paragraphs: tuple[str, ...]
    sign: str
    tone: str = "calm"
    again: Again | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """The kind of a message: its key among the texts, its status, how it looks."""

    key: str
    status: int
    sign: str = "!"
    tone: str = "warn"
    paragraph_count: int = 2
    offers_again: bool = False
    ends_visit: bool = False  # nothing is left to do: a kiosk goes on to the next person


THANKS = Notice("thanks", 200, "✓", "calm", ends_visit=True)
RECEIVED = Notice("received", 200, "✓", "calm", ends_visit=True)
ENDED = Notice("ended", 200, "✓", "calm", ends_visit=True)
RETURN = Notice("return", 200, "?", "calm")
NOT_FOUND = Notice("not_found", 404, "?")
NOT_ON_SCREEN = Notice("not_on_screen", 410, "…", "calm")
TOO_LATE = Notice("too_late", 410, "…", "calm")
CONFLICT = Notice("conflict", 409, offers_again=True)
UNREADABLE = Notice("unreadable", 400, offers_again=True)
BUSY = Notice("busy", 503)
HELD = Notice("held", 503, "…", "calm")
UNAVAILABLE = Notice("unavailable", 503, offers_again=True)

BY_STANDING = {
    Standing.CLOSED: Notice("closed", 410, "✓", "calm"),
    Standing.UPCOMING: Notice("upcoming", 410, "…", "calm"),
    Standing.PAUSED: Notice("paused", 503, "…", "calm"),
    Standing.VOID: Notice("void", 410),
    Standing.USED: RECEIVED,
}


def write_message(notice: Notice, look: Look, address: str, **values: object) -> Message:
    """Return the page's words in the look's language; `address` opens the questionnaire."""
    key = f"answer.{notice.key}"
    again = Again(f"{address}{look.query}", look.phrase("answer.open_again"))
    return Message(
        heading=look.phrase(f"{key}.heading"),
        paragraphs=tuple(
            look.phrase(f"{key}.paragraph_{number}", **values)
            for number in range(1, notice.paragraph_count + 1)
        ),
        sign=notice.sign,
        tone=notice.tone,
        again=again if notice.offers_again else None,
    )


def write_day(day: date, look: Look) -> str:
    """Write a day in words."""
    month = look.phrase(f"answer.month.m{day.month}")
    return look.phrase("answer.day", year=day.year, month=month, day=day.day)


def write_instant(instant: datetime, look: Look) -> str:
    """Write an instant in Beijing time, in words."""
    local = instant.astimezone(LOCAL_TIME)
    month = look.phrase(f"answer.month.m{local.month}")
    return look.phrase(
        "answer.instant", year=local.year, month=month, day=local.day, time=f"{local:%H:%M}"
    )
