"""What a page says about its campaign: the unit, who asks, and what holds for the answers."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from scales import Questionnaire
from survey.rules.audience import Audience
from survey.rules.sheets.answering_time import minutes_to_answer
from survey.rules.sheets.paging import is_paged
from survey.rules.ways_in.link import PUBLIC_KINDS, LinkKind, Way
from web.answer.look import Look
from web.answer.messages import write_day, write_instant

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


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
    is_kiosk: bool = False
    asked_by: str = ""
    legal_basis: str = ""
    contact: str = ""
    kept_until: date | None = None
    counts_only: bool = False
    statement: str | None = None
    sibling_name: str | None = None
    is_preview: bool = False

    @property
    def is_single_use(self) -> bool:
        """Whether the address holds a secret that must not be passed on."""
        return self.kind not in PUBLIC_KINDS

    @property
    def is_office(self) -> bool:
        """Whether an office rates several units."""
        return self.kind is LinkKind.PARTNER and not self.is_self

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
            is_kiosk=way.is_kiosk,
            asked_by=way.asked_by,
            legal_basis=way.legal_basis,
            contact=way.contact,
            kept_until=way.kept_until,
            counts_only=way.counts_only,
            statement=way.statement,
            sibling_name=way.sibling_name,
        )

    @classmethod
    def of_preview(cls, unit_name: str) -> "Subject":
        """Return what a page says that is only looked at: nothing holds for its answers."""
        never = (_NEVER, _NEVER)
        return cls("", unit_name, None, LinkKind.OPEN, None, False, *never, is_preview=True)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of what is said before any answer."""

    term: str
    words: str


def write_notice(subject: Subject, questionnaire: Questionnaire, look: Look) -> list[NoticeLine]:
    """Return what is said before any answer: purpose, free will, anonymity, basis, term, time."""
    if subject.is_preview:
        return []
    values = {
        "asked_by": subject.asked_by or subject.evaluation_name,
        "evaluation": subject.evaluation_name,
        "unit": subject.unit_name,
        "rater": subject.rater_name or "",
        "basis": subject.legal_basis,
        "until": write_day(subject.kept_until, look) if subject.kept_until else "",
        "contact": subject.contact,
        "sibling": subject.sibling_name or "",
        "items": len(questionnaire.items),
        "minutes": minutes_to_answer(questionnaire),
        "closes": write_instant(subject.closes_at, look),
    }
    return [
        NoticeLine(
            look.phrase(f"answer.notice_{key}.term"),
            look.phrase(f"answer.notice_{key}.words", **values),
        )
        for key in _lines(subject, questionnaire)
    ]


def _lines(subject: Subject, questionnaire: Questionnaire) -> list[str]:
    """Return the keys of the lines that hold for this campaign and this way in."""
    kind = LinkKind.OPEN if subject.kind in PUBLIC_KINDS else subject.kind
    kept = Audience.SELF.value if subject.is_self else _KEPT_AS.get(kind, LinkKind.PERSONAL).value
    if subject.counts_only or subject.is_kiosk:
        kept = "counts" if subject.counts_only else "kiosk"
    lines = {
        "asked" if subject.asked_by else "purpose": True,
        "basis": bool(subject.legal_basis),
        "voluntary": not subject.is_self,
        f"anonymity_{Audience.SELF.value if subject.is_self else kind.value}": True,
        f"kept_{kept}": True,
        "merge": bool(subject.sibling_name),
        "draft": subject.is_office or _is_paged_here(subject, questionnaire),
        "draft_self": subject.is_self,
        "withdraw": subject.kind is LinkKind.PARTNER,
        "term": subject.kept_until is not None,
        "contact": bool(subject.contact),
        _time_of(subject): True,
    }
    return [key for key, is_said in lines.items() if is_said]


def _time_of(subject: Subject) -> str:
    if subject.is_self:
        return "time_self"
    return "time_each" if subject.is_office else "time"


def _is_paged_here(subject: Subject, questionnaire: Questionnaire) -> bool:
    return is_paged(questionnaire) and not (subject.is_kiosk or subject.is_self)


_KEPT_AS = {LinkKind.OPEN: LinkKind.OPEN, LinkKind.PARTNER: LinkKind.PARTNER}
