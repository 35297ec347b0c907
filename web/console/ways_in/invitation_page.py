"""The page of invitations by e-mail, and the desk at which its forms are dealt with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.errors import InputError, RosterRefused, SurveyError
from survey.outbox import words_of
from survey.results import phase_of
from survey.rules.campaign import Phase, is_over
from survey.rules.ways_in.invitation import (
    LONGEST_ADDRESS,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    REMIND_EVERY,
    Delivery,
    MailSort,
)
from survey.rules.ways_in.link import WAYS_IN, LinkKind
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.invitations import delivery_counts, refused_entries, reminders_of
from web.dependencies import FormDep, NowDep, OfficerDep, SessionDep, Templates, TemplatesDep
from web.error_pages import problems_of, sentence_of
from web.forms import Form
from web.found import found
from web.templating import LOCAL, field_time

_REMINDED_AT_HOUR = 9
_DONE = frozenset({"listed", "sent", "again", "words", "planned", "cancelled"})


@dataclass(frozen=True, slots=True)
class UnitDelivery:
    """How the invitations to one unit's staff stand."""

    name: str
    code: str
    counts: dict[Delivery, int]

    @property
    def total(self) -> int:
        """How many addresses the unit has."""
        return sum(self.counts.values())


def invitation_page(
    request: Request,
    session: Session,
    templates: Templates,
    code: str,
    now: datetime,
    *,
    form: Form | None = None,
    problem: SurveyError | None = None,
) -> Response:
    """Show how invitations stand, whom none reached, the words, and the reminders."""
    campaign = found(campaign_by_code(session, code))
    key = key_of(campaign)
    phase = phase_of(session, campaign, now)
    units = _deliveries(session, key)
    refused_by_row = problem if isinstance(problem, RosterRefused) else None
    return templates.page(
        "console/invitations.html",
        422 if problem is not None else 200,
        campaign=campaign,
        evaluation=evaluation_of_campaign(session, campaign),
        phase=phase,
        is_for_staff=LinkKind.PERSONAL in WAYS_IN[_audience(campaign)],
        is_over=is_over(phase),
        is_waiting_for_opening=phase in (Phase.UPCOMING, Phase.PAUSED),
        has_server=request.app.state.settings.mail_server is not None,
        trouble=_trouble(request, templates.locale),
        units=units,
        totals={state: sum(unit.counts.get(state, 0) for unit in units) for state in Delivery},
        refused=refused_entries(session, key),
        words={sort: words_of(session, campaign, sort) for sort in MailSort},
        longest={"subject": LONGEST_SUBJECT, "text": LONGEST_TEXT, "address": LONGEST_ADDRESS},
        reminders=reminders_of(session, key),
        next_reminder=field_time(_next_reminder(session, key, now)),
        form=form or Form({}),
        done=_done(request),
        problems=_sentences(problem, templates.locale),
        outcome=sentence_of(refused_by_row, templates.locale) if refused_by_row else "",
        here=f"/console/campaigns/{code}/invitations",
    )


Did = tuple[int, Mapping[str, Any]]
"""To how many a deed was done, and what the audit trail says of it: counts, never an address."""


class Desk:
    """A request that changes something about a campaign's invitations."""

    def __init__(
        self,
        code: str,
        request: Request,
        session: SessionDep,
        officer: OfficerDep,
        form: FormDep,
        templates: TemplatesDep,
        now: NowDep,
    ) -> None:
        self.code, self.request, self.session, self.officer = code, request, session, officer
        self.form, self.templates, self.now = form, templates, now
        self.campaign = found(campaign_by_code(session, code))

    def do(self, done: str, action: str, deed: Callable[[], Did]) -> Response:
        """Do it, note it in the audit trail, and show the page; or say what is wrong."""
        try:
            count, details = deed()
        except InputError as error:
            shown = self.request, self.session, self.templates, self.code, self.now
            return invitation_page(*shown, form=self.form, problem=error)
        record(
            self.session,
            actor=self.officer.name,
            action=action,
            subject=self.code,
            now=self.now,
            details=details,
        )
        address = f"/console/campaigns/{self.code}/invitations?done={done}&count={count}"
        return RedirectResponse(address, 303)


DeskDep = Annotated[Desk, Depends(Desk)]


def _audience(campaign: Any) -> Any:
    return next(audience for audience in WAYS_IN if audience == campaign.audience)


def _deliveries(session: Session, campaign_id: int) -> list[UnitDelivery]:
    counts = delivery_counts(session, campaign_id)
    return [
        UnitDelivery(unit.name, unit.code, dict(counts.get(unit.code, {})))
        for _, unit in units_of_campaign(session, campaign_id)
    ]


def _next_reminder(session: Session, campaign_id: int, now: datetime) -> datetime:
    """Return the morning that is far enough from now and from every reminder."""
    taken = [
        reminder.begun_at or reminder.due_at for reminder in reminders_of(session, campaign_id)
    ]
    earliest = max([now, *taken]) + REMIND_EVERY
    morning = earliest.astimezone(LOCAL).replace(
        hour=_REMINDED_AT_HOUR, minute=0, second=0, microsecond=0
    )
    return morning if morning >= earliest else morning + timedelta(days=1)


def _trouble(request: Request, locale: str) -> str:
    trouble = request.app.state.postman.trouble
    return sentence_of(trouble, locale) if trouble is not None else ""


def _done(request: Request) -> tuple[str, str]:
    """Return what has just been done, and to how many, as the address says."""
    deed, count = (request.query_params.get(name, "") for name in ("done", "count"))
    return (deed if deed in _DONE else "", count if count.isdecimal() else "0")


def _sentences(problem: SurveyError | None, locale: str) -> Sequence[str]:
    if problem is None:
        return []
    return problems_of(problem, locale) or [sentence_of(problem, locale)]
