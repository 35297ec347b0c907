"""What a page says about its campaign: the unit, who asks, and what holds for the answers."""

from dataclasses import dataclass
from datetime import datetime

from scales import Questionnaire
from survey.rules.link import LinkKind, Way
from web.answer.look import Look
from web.answer.messages import write_instant

_SECONDS_AN_ITEM = 11


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page says about its campaign; equal subjects share a page."""

    evaluation_name: str
    unit_name: str
    place: str | None
    kind: LinkKind
    rater_name: str | None
    is_demo: bool
    opens_at: datetime
    closes_at: datetime

    @classmethod
    def of(cls, way: Way) -> "Subject":
        """Return what the page of a way says."""
        return cls(
            way.evaluation_name,
            way.unit_name,
            way.place,
            way.kind,
            way.rater_name,
            way.is_demo,
            way.opens_at,
            way.closes_at,
        )


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of what is said before any answer."""

    term: str
    words: str


def write_notice(subject: Subject, questionnaire: Questionnaire, look: Look) -> list[NoticeLine]:
    """Return what is said before any answer: purpose, free will, anonymity, time."""
    minutes = max(1, round(len(questionnaire.items) * _SECONDS_AN_ITEM / 60))
    values = {
        "evaluation": subject.evaluation_name,
        "unit": subject.unit_name,
        "rater": subject.rater_name or "",
        "items": len(questionnaire.items),
        "minutes": minutes,
        "closes": write_instant(subject.closes_at, look),
    }
    keys = ("purpose", "voluntary", f"anonymity_{subject.kind}", f"kept_{subject.kind}", "time")
    return [
        NoticeLine(
            look.phrase(f"answer.notice_{key}.term"),
            look.phrase(f"answer.notice_{key}.words", **values),
        )
        for key in keys
    ]
