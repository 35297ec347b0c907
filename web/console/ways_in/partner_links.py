"""Take lists of who rates whom; the links of offices stand in one file for a quarter of an hour."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Depends
from starlette.responses import Response

from survey.audit import record
from survey.distribute.pairs import (
    IssuedLink,
    issue_partner_links,
    known_pairs,
    renew_partner_link,
)
from survey.errors import ColumnMissing, FieldRefused, JobRefused, PairsRefused, TableUnreadable
from survey.exchange.csv_export import write_csv
from survey.exchange.pairs_file import pairs_template, read_pairs
from survey.handed_out import HandedOut
from survey.rules.ways_in.rating_pairs import check_pairs
from survey.settings import Settings
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from web.console.downloads import xlsx_download
from web.console.fields import read_count
from web.console.offices import offices_page
from web.console.ways_in.handed_out import lead_to_file, stamped
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    SettingsDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.forms import Form
from web.found import found

router = APIRouter(
    prefix="/console/campaigns/{code}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("/offices/template")
def give_template(code: str, session: SessionDep, templates: TemplatesDep) -> Response:
    """Hand out the workbook to fill in, with the codes of the campaign's units."""
    units = units_of_campaign(session, key_of(found(campaign_by_code(session, code))))
    names = {unit.code: unit.name for _, unit in units}
    return xlsx_download(pairs_template(names, templates.locale), f"pairs-{code}.xlsx")


@router.post("/partner-links")
def issue_partner(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Take a list of who rates whom and lead to the file of the links."""
    campaign = found(campaign_by_code(session, code))
    try:
        content, file_name = _list_in(form)
        listed = read_pairs(content, file_name=file_name)
        listed.check(check_pairs(listed.pairs, known_pairs(session, campaign)))
        with session.begin_nested():
            issued = issue_partner_links(session, campaign, listed.pairs, settings.key("links"))
            handed = _links_file(templates, settings, code, officer.name, issued, now)
            reply = lead_to_file(session, settings, handed, now)
    except (ColumnMissing, FieldRefused, JobRefused, PairsRefused, TableUnreadable) as error:
        return offices_page(session, templates, code, now, form=form, problem=error)
    record(
        session,
        actor=officer.name,
        action="pairs.imported",
        subject=code,
        now=now,
        details={"pairs": len(listed.pairs), "links": len(issued)},
    )
    return reply


@router.post("/offices/{rater}/link")
def renew_link(
    code: str,
    rater: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Give a quota place a fresh link, in place of one that was lost or passed on."""
    campaign = found(campaign_by_code(session, code))
    place = read_count(form.text("place"), templates.text("console.offices.place"), 10_000)
    issued = renew_partner_link(session, campaign, rater, place, settings.key("links"))
    record(
        session,
        actor=officer.name,
        action="link.renewed",
        subject=code,
        now=now,
        details={"office": rater, "place": place},
    )
    handed = _links_file(templates, settings, code, officer.name, [issued], now)
    return lead_to_file(session, settings, handed, now)


def _list_in(form: Form) -> tuple[bytes, str]:
    """Return the list of a form: the file, else what was pasted."""
    if "file" in form.files:
        return form.files["file"], form.file_names["file"]
    pasted = form.text("offices")
    if not pasted:
        raise FieldRefused("field_no_pairs")
    return pasted.encode(), "list.csv"


def _links_file(
    templates: Templates,
    settings: Settings,
    code: str,
    officer: str,
    issued: Sequence[IssuedLink],
    now: datetime,
) -> HandedOut:
    names = ("office_code", "office", "place", "link")
    header = [templates.text(f"console.links.column_{name}") for name in names]
    at = f"{settings.public_origin}/a/"
    rows = [(one.rater_code, one.rater_name, one.quota_place, at + one.token) for one in issued]
    counts = list(Counter(one.rater_name for one in issued).items())
    name = stamped("links", code, now, "csv")
    return HandedOut("offices", code, officer, name, counts, write_csv(header, rows))
