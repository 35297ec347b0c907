"""Check a draft before it opens: what is missing, what is odd, and in which step to mend it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from scales import Questionnaire
from survey.distribute.check_reach import check_reach
from survey.distribute.remark import Remark, Step
from survey.results import sources_of
from survey.rules.audience import DEFAULT_MINIMA, Audience
from survey.rules.sheets.serving import LOCAL_TIME
from survey.rules.ways_in.link import LinkKind, is_signed
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_asked_by, units_of_campaign
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import Campaign, CampaignUnit, Unit

SHORTEST_DAYS, LONGEST_DAYS = 1, 92
_NAMED = 3

Asked = list[tuple[CampaignUnit, Unit]]


def check_launch(session: Session, draft: Campaign, now: datetime) -> list[Remark]:
    """Return what keeps a draft from opening, then what is odd about it."""
    asked = list(units_of_campaign(session, key_of(draft)))
    questionnaire = questionnaire_of(session, draft.questionnaire_version_id)
    sources = sources_of(session, evaluation_of_campaign(session, draft))
    remarks = [
        *check_reach(draft, questionnaire, sources),
        *_of_questionnaire(draft, questionnaire),
        *_of_units(draft, asked),
        *_of_units_asked_before(session, draft, asked, questionnaire.id),
        *_of_ways(draft),
        *_of_window(draft, now),
        *_of_promise(draft),
    ]
    return sorted(remarks, key=lambda remark: (not remark.stops, not remark.is_grave))


def _of_questionnaire(draft: Campaign, questionnaire: Questionnaire) -> Iterator[Remark]:
    if "en" not in questionnaire.languages:
        yield Remark("no_english", Step.QUESTIONNAIRE)
    if any(item.evidence for item in questionnaire.items) and draft.audience != Audience.SELF:
        yield Remark("evidence_asked", Step.QUESTIONNAIRE)
    if draft.counts_only and is_signed(Audience(draft.audience)):
        yield Remark("counts_only_signed", Step.WINDOW, stops=True)
    elif draft.counts_only and questionnaire.scales:
        yield Remark("counts_only", Step.WINDOW)


def _of_units(draft: Campaign, asked: Asked) -> Iterator[Remark]:
    if not asked:
        yield Remark("no_units", Step.UNITS, stops=True)
    keys = {row.unit_id for row, _ in asked}
    merged = {row.unit_id for row, _ in asked if row.merge_into_unit_id is not None}
    lost = [u.name for r, u in asked if r.merge_into_unit_id and r.merge_into_unit_id not in keys]
    chained = [u.name for r, u in asked if r.merge_into_unit_id in merged]
    if lost:
        yield Remark("sibling_not_asked", Step.UNITS, stops=True, values=_names(lost))
    if chained:
        yield Remark("sibling_merges", Step.UNITS, stops=True, values=_names(chained))
    if draft.audience == Audience.STAFF:
        yield from _of_staff(draft, asked)


def _of_staff(draft: Campaign, asked: Asked) -> Iterator[Remark]:
    minimum = DEFAULT_MINIMA[Audience.STAFF].shown
    uncounted = [unit.name for row, unit in asked if not row.head_count]
    small = [
        unit.name
        for row, unit in asked
        if row.head_count and row.head_count < minimum and row.merge_into_unit_id is None
    ]
    if uncounted and LinkKind.CARD in _kinds(draft):
        values = _names(uncounted)
        yield Remark("cards_without_head_count", Step.UNITS, stops=True, values=values)
    elif uncounted:
        yield Remark("no_head_count", Step.UNITS, values=_names(uncounted))
    if small:
        yield Remark("too_few_staff", Step.UNITS, values={"minimum": minimum} | _names(small))


def _of_units_asked_before(
    session: Session, draft: Campaign, asked: Asked, questionnaire_id: str
) -> Iterator[Remark]:
    before = units_asked_by(session, draft.evaluation_id, draft.audience, questionnaire_id)
    again = [unit.name for row, unit in asked if row.unit_id in before]
    if again:
        values = {"questionnaire": questionnaire_id} | _names(again)
        yield Remark("asked_before", Step.UNITS, stops=True, values=values)


def _of_ways(draft: Campaign) -> Iterator[Remark]:
    kinds = _kinds(draft)
    if not kinds:
        yield Remark("no_ways", Step.WAYS, stops=True)
    if kinds == [LinkKind.OPEN]:
        yield Remark("open_only", Step.WAYS)


def _of_window(draft: Campaign, now: datetime) -> Iterator[Remark]:
    length = draft.closes_at - max(draft.opens_at, now)
    if draft.closes_at <= now:
        yield Remark("window_past", Step.WINDOW, stops=True)
    elif length < timedelta(days=SHORTEST_DAYS):
        yield Remark("window_short", Step.WINDOW)
    elif length > timedelta(days=LONGEST_DAYS):
        yield Remark("window_long", Step.WINDOW, values={"days": length.days})


def _of_promise(draft: Campaign) -> Iterator[Remark]:
    for name in ("asked_by", "legal_basis", "contact"):
        if not getattr(draft, name):
            yield Remark(f"no_{name}", Step.WINDOW, stops=True)
    if draft.kept_until is None:
        yield Remark("no_kept_until", Step.WINDOW, stops=True)
    elif draft.kept_until < draft.closes_at.astimezone(LOCAL_TIME).date():
        yield Remark("kept_too_short", Step.WINDOW, stops=True)


def _kinds(draft: Campaign) -> list[str]:
    return list((draft.draft_ways or {}).get("kinds", []))


def _names(names: list[str]) -> dict[str, object]:
    """Return the first names, and how many there are."""
    return {"units": "、".join(names[:_NAMED]), "count": len(names)}
