"""Invite staff by e-mail: the list of addresses, the words, the sending, and reminders."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from survey.distribute.remind import cancel_reminder, plan_reminder
from survey.distribute.roster import (
    add_to_roster,
    keep_words,
    send_again,
    send_all_again,
    send_invitations,
)
from survey.errors import FieldRefused, InvitationRefused
from survey.exchange.roster_file import read_roster, roster_template
from survey.rules.ways_in.invitation import MailSort, Words
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from survey.storage.queries.invitations import listed_addresses
from web.console.downloads import csv_download
from web.console.fields import LONGEST_COUNT, read_local_time
from web.console.ways_in.invitation_page import DeskDep, Did, invitation_page
from web.dependencies import (
    LocaleDep,
    NowDep,
    SessionDep,
    TemplatesDep,
    officer_for_this,
)
from web.found import found

router = APIRouter(
    prefix="/console/campaigns/{code}/invitations",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_invitations(
    code: str, request: Request, session: SessionDep, templates: TemplatesDep, now: NowDep
) -> Response:
    """Show how invitations stand; never who has answered."""
    return invitation_page(request, session, templates, code, now)


@router.get("/template.csv")
def download_template(code: str, session: SessionDep, locale: LocaleDep) -> Response:
    """Send the list to fill in, a row for each unit."""
    campaign = found(campaign_by_code(session, code))
    units = [(unit.code, unit.name) for _, unit in units_of_campaign(session, key_of(campaign))]
    return csv_download(roster_template(units, locale), f"addresses-{code}.csv")


@router.post("/roster")
def import_roster(desk: DeskDep) -> Response:
    """Take every address of a list, or none."""

    def deed() -> Did:
        if not desk.form.file_names.get("file"):
            raise FieldRefused("field_file")
        campaign_id = key_of(desk.campaign)
        invitees = read_roster(
            desk.form.files.get("file", b""),
            file_name=desk.form.file_names["file"],
            unit_codes=[unit.code for _, unit in units_of_campaign(desk.session, campaign_id)],
            listed=listed_addresses(desk.session, campaign_id),
        )
        counts = add_to_roster(desk.session, desk.campaign, invitees, desk.now)
        return sum(counts.values()), {"counts": counts}

    return desk.do("listed", "roster.imported", deed)


@router.post("/send")
def send(desk: DeskDep) -> Response:
    """Order an invitation for every address that has had none."""

    def deed() -> Did:
        _check_server(desk.request)
        count = send_invitations(desk.session, desk.campaign, desk.now)
        return count, {"count": count}

    return desk.do("sent", "invitations.ordered", deed)


@router.post("/again")
def send_refused_again(desk: DeskDep) -> Response:
    """Send a refused invitation again to a corrected address, or all of them as they stand."""

    def deed() -> Did:
        _check_server(desk.request)
        if desk.form.text("all"):
            count = send_all_again(desk.session, desk.campaign, desk.now)
            return count, {"count": count}
        entry = desk.form.text("entry")
        if not (entry.isascii() and entry.isdecimal() and len(entry) <= LONGEST_COUNT):
            raise InvitationRefused("invitation_not_refused")
        send_again(desk.session, desk.campaign, int(entry), desk.form.text("address"), desk.now)
        return 1, {"count": 1}

    return desk.do("again", "invitations.sent_again", deed)


@router.post("/words")
def save_words(desk: DeskDep) -> Response:
    """Keep the words of invitations or reminders."""

    def deed() -> Did:
        if desk.form.text("sort") not in tuple(MailSort):
            raise FieldRefused("field_deed")
        text = desk.form.text("text").replace("\r\n", "\n")
        words = Words(desk.form.text("subject"), text)
        keep_words(desk.session, desk.campaign, desk.form.text("sort"), words)
        return 1, {"sort": desk.form.text("sort"), "subject": words.subject, "text": words.text}

    return desk.do("words", "invitations.worded", deed)


@router.post("/reminders")
def plan(desk: DeskDep) -> Response:
    """Plan a reminder."""

    def deed() -> Did:
        _check_server(desk.request)
        due_at = desk.now
        if desk.form.text("when") != "now":
            due_at = read_local_time(desk.form.text("due_at"))
        is_to_all = desk.form.text("whom") == "all"
        plan_reminder(desk.session, desk.campaign, due_at, is_to_all=is_to_all, now=desk.now)
        return 1, {"due_at": due_at.isoformat(), "is_to_all": is_to_all}

    return desk.do("planned", "reminder.planned", deed)


@router.post("/reminders/cancel")
def cancel(desk: DeskDep) -> Response:
    """Take a planned reminder back."""

    def deed() -> Did:
        reminder = desk.form.text("reminder")
        if not (reminder.isascii() and reminder.isdecimal() and len(reminder) <= LONGEST_COUNT):
            raise InvitationRefused("reminder_has_begun")
        cancel_reminder(desk.session, desk.campaign, int(reminder))
        return 1, {}

    return desk.do("cancelled", "reminder.cancelled", deed)


def _check_server(request: Request) -> None:
    if request.app.state.settings.mail_server is None:
        raise InvitationRefused("mail_not_set_up")
