"""Posters: order them for every open code of a campaign, and draw them as a job."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session

from survey.errors import FieldRefused
from survey.jobs import Work, order_job
from survey.language import LOCALES
from survey.paper.poster import Layout, Poster, PosterWords
from survey.paper.posters_svg import write_svgs
from survey.rules.sheets.answering_time import minutes_to_answer
from survey.rules.ways_in.link import LinkKind
from survey.settings import Settings
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.links import open_links_of
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import Campaign, Job

POSTERS = "posters"
SVG = "svg"
FORMS = (*Layout, SVG)
_BYTES_A_POSTER = 6_000


def order_posters(
    session: Session,
    settings: Settings,
    campaign: Campaign,
    *,
    form: str,
    locale: str,
    units: Collection[str],
    ordered_by: str,
    now: datetime,
) -> Job:
    """Order the posters of the units named, of all where none is; `form` is a layout or SVG."""
    if form not in FORMS or locale not in LOCALES:
        raise FieldRefused("posters_form", value=form)
    count = len(posters_of(session, settings, campaign, units))
    if not count:
        raise FieldRefused("posters_none")
    return order_job(
        session,
        settings,
        POSTERS,
        campaign.code,
        {"form": form, "locale": locale, "units": sorted(units)},
        ordered_by=ordered_by,
        now=now,
        needed_bytes=count * _BYTES_A_POSTER,
    )


def posters_of(
    session: Session, settings: Settings, campaign: Campaign, units: Collection[str] = ()
) -> list[Poster]:
    """Return a poster for each open code, by unit and place; a shared tablet's hangs on no wall."""
    asked = {key_of(unit): unit for _, unit in units_of_campaign(session, key_of(campaign))}
    posters = [
        Poster(
            asked[link.unit_id].code,
            asked[link.unit_id].name,
            link.place,
            f"{settings.public_origin}/a/{link.code}",
        )
        for link in open_links_of(session, key_of(campaign))
        if link.kind == LinkKind.OPEN and not link.is_kiosk and link.unit_id in asked
    ]
    chosen = [poster for poster in posters if not units or poster.unit_code in units]
    return sorted(chosen, key=lambda poster: (poster.unit_code, poster.place or ""))


def make_posters(work: Work) -> str:
    """Draw the posters that were ordered."""
    with work.database.reading() as session:
        campaign = campaign_by_code(session, work.subject)
        if campaign is None:
            raise FieldRefused("posters_none")
        posters = posters_of(session, work.settings, campaign, work.options["units"])
        words = _words(session, campaign, work.options["locale"])
    name = f"posters-{work.subject}-{work.options['form']}-{work.options['locale']}"
    if work.options["form"] == SVG:
        write_svgs(work.file, posters, words, work.note)
        return f"{name}.zip"
    _draw_pdf(work, posters, words)
    return f"{name}.pdf"


def _words(session: Session, campaign: Campaign, locale: str) -> PosterWords:
    evaluation = evaluation_of_campaign(session, campaign)
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    return PosterWords(
        asked_by=campaign.asked_by or evaluation.name,
        minutes=minutes_to_answer(questionnaire),
        closes_at=campaign.closes_at,
        locale=locale,
        is_demo=evaluation.is_demo,
    )


def _draw_pdf(work: Work, posters: Sequence[Poster], words: PosterWords) -> None:
    """Draw a PDF; say so where its font lacks characters, or is not in the file."""
    from survey.paper.posters_pdf import write_posters  # takes long to load
    from survey.paper.print_font import print_font

    font = print_font(work.settings.print_font)
    layout = Layout(work.options["form"])
    lacking = write_posters(work.file, posters, words, layout, font, work.note)
    if lacking:
        work.warn("print_font_lacks", {"letters": lacking})
    elif not font.is_embedded:
        work.warn("print_font_not_embedded", {})
