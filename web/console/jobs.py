"""An officer's jobs: how far one is, and the file it made."""

import json

from fastapi import APIRouter, Depends
from starlette.responses import FileResponse, Response

from survey.errors import JobNotFound, JobRefused
from survey.jobs import job_file, job_of
from survey.rules.job import UNDER_WAY, JobState
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_of_campaign
from web.dependencies import (
    OfficerDep,
    SessionDep,
    SettingsDep,
    TemplatesDep,
    officer_for_this,
)
from web.error_pages import sentence_of
from web.found import found

_MEDIA_TYPES = {"pdf": "application/pdf", "zip": "application/zip"}

router = APIRouter(
    prefix="/console/jobs/{code}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_job(
    code: str, session: SessionDep, templates: TemplatesDep, officer: OfficerDep
) -> Response:
    """Show how far a job is; the page asks again until it is over, with script or without."""
    job = job_of(session, code, officer.name)
    campaign = found(campaign_by_code(session, job.subject))
    return templates.page(
        "console/job.html",
        job=job,
        is_under_way=job.state in UNDER_WAY,
        said=_said(job.problem, templates.locale),
        campaign=campaign,
        evaluation=evaluation_of_campaign(session, campaign),
        here=f"/console/jobs/{code}",
    )


@router.get("/file")
def download(
    code: str, session: SessionDep, officer: OfficerDep, settings: SettingsDep
) -> Response:
    """Send the file of a job that is done."""
    job = job_of(session, code, officer.name)
    file = job_file(settings, job.code)
    if job.state != JobState.DONE or job.file_name is None or not file.is_file():
        raise JobNotFound
    kind = job.file_name.rpartition(".")[2]
    return FileResponse(
        file,
        media_type=_MEDIA_TYPES.get(kind, "application/octet-stream"),
        filename=job.file_name,
        headers={"cache-control": "no-store"},
    )


def _said(problem: str, locale: str) -> str:
    """Return what is to be said of a job in words, or nothing."""
    if not problem:
        return ""
    kept = json.loads(problem)
    return sentence_of(JobRefused(kept["code"], **kept["values"]), locale)
