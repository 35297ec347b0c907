"""The words of the day, which a clerk tells a phone that cannot prove itself by script."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from survey.rules.audience import Audience
from survey.rules.sheets.serving import LOCAL_TIME
from survey.rules.ways_in.arrival import desk_word
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.links import open_links_of, screens_of
from web.dependencies import NowDep, SessionDep, SettingsDep, TemplatesDep, officer_for_this
from web.errors import NoSuchPage
from web.found import found

LISTED = 200

router = APIRouter(
    prefix="/console/campaigns/{code}/desk-words",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_desk_words(
    code: str,
    request: Request,
    session: SessionDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Show today's word of every open code, or of those whose unit or place has the words asked."""
    campaign = found(campaign_by_code(session, code))
    if campaign.audience != Audience.CITIZEN:
        raise NoSuchPage
    asked = request.query_params.get("words", "").strip()[:40]
    units = {row.unit_id: unit for row, unit in units_of_campaign(session, key_of(campaign))}
    today, key = now.astimezone(LOCAL_TIME).date(), settings.key("desk")
    rows = [
        (units[link.unit_id], link.place, link.code, desk_word(key, link.code, today))
        for links in (open_links_of, screens_of)
        for link in links(session, key_of(campaign))
        if link.code and link.unit_id in units
    ]
    chosen = [row for row in rows if asked.lower() in f"{row[0].name} {row[1] or ''}".lower()]
    return templates.page(
        "console/desk_words.html",
        campaign=campaign,
        evaluation=evaluation_of_campaign(session, campaign),
        is_over=now >= campaign.closes_at,
        today=now,
        asked=asked,
        rows=chosen[:LISTED],
        found_count=len(chosen),
    )
