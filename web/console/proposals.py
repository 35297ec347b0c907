"""Steps that wait for a second person: list them, approve or refuse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.errors import InputError
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from survey.storage.queries.proposals import newest_proposals
from survey.two_person import decide
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.error_pages import sentence_of
from web.errors import BadForm
from web.forms import Form

router = APIRouter(
    prefix="/console/proposals",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as the page shows it."""

    code: str
    kind: str
    campaign: str
    campaign_name: str
    counts: Sequence[tuple[str, int]]  # name of a unit, how many
    total: int
    reason: str
    state: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None


@router.get("")
def show_proposals(session: SessionDep, templates: TemplatesDep) -> Response:
    """Show what waits for a second person, then what was decided."""
    return _page(session, templates)


@router.post("/{code}")
def decide_proposal(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
) -> Response:
    """Approve or refuse what somebody else proposed."""
    try:
        decide(session, code, officer.name, now, approve=_is_approved(form))
    except InputError as error:
        return _page(session, templates, [error])
    return RedirectResponse("/console/proposals", 303)


def _is_approved(form: Form) -> bool:
    decision = form.text("decision")
    if decision not in ("approve", "refuse"):
        raise BadForm
    return decision == "approve"


def _page(session: Session, templates: Templates, problems: Sequence[InputError] = ()) -> Response:
    names: dict[str, tuple[str, Mapping[str, str]]] = {}
    views = []
    for row in newest_proposals(session):
        if row.subject not in names:
            names[row.subject] = _names(session, row.subject)
        campaign_name, units = names[row.subject]
        counts: Mapping[str, int] = row.details.get("counts", {})
        views.append(
            ProposalView(
                row.code,
                row.kind,
                row.subject,
                campaign_name,
                [(units.get(code, code), count) for code, count in counts.items()],
                sum(counts.values()),
                row.reason,
                row.state,
                row.proposed_by,
                row.proposed_at,
                row.decided_by,
                row.decided_at,
            )
        )
    return templates.page(
        "console/proposals.html",
        422 if problems else 200,
        waiting=[view for view in views if view.state == "open"],
        decided=[view for view in views if view.state != "open"],
        problems=[sentence_of(problem, templates.locale) for problem in problems],
        here="/console/proposals",
    )


def _names(session: Session, code: str) -> tuple[str, Mapping[str, str]]:
    """Return the name of a campaign, and those of its units by their codes."""
    campaign = campaign_by_code(session, code)
    if campaign is None:
        return code, {}
    units = units_of_campaign(session, key_of(campaign))
    return campaign.name, {unit.code: unit.name for _, unit in units}
