"""What a page says about its campaign: the unit, who asks, and what holds for the answers."""

from dataclasses import dataclass
from datetime import datetime

from scales import Questionnaire
from survey.rules.answering_time import minutes_to_answer
from survey.rules.audience import Audience
from survey.rules.link import LinkKind, Way
from web.answer.look import Look
from web.answer.messages import write_instant


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
    is_self: bool = False

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
            is_self=way.audience is Audience.SELF,
        )


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of what is said before any answer."""

    term: str
    words: str


def write_notice(subject: Subject, questionnaire: Questionnaire, look: Look) -> list[NoticeLine]:
    """Return what is said before any answer: purpose, free will, anonymity, time."""
    values = {
        "evaluation": subject.evaluation_name,
        "unit": subject.unit_name,
        "rater": subject.rater_name or "",
        "items": len(questionnaire.items),
        "minutes": minutes_to_answer(questionnaire),
        "closes": write_instant(subject.closes_at, look),
    }
    kind = Audience.SELF.value if subject.is_self else subject.kind.value
    keys = ("purpose", "voluntary", f"anonymity_{kind}", f"kept_{subject.kind}", "time")
    return [
        NoticeLine(
            look.phrase(f"answer.notice_{key}.term"),
            look.phrase(f"answer.notice_{key}.words", **values),
        )
        for key in keys
    ]
