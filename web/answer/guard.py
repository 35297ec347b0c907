"""Guard open codes: judge how a sheet comes, and let a doubtful one prove itself first.

Nobody is kept out: who cannot solve the sum tells the clerk's word, or sends the sheet without
either and has it marked.
"""

from datetime import datetime

from anyio import to_thread
from starlette.requests import Request

from survey.collect.arrivals import Arrivals, Visit
from survey.collect.challenge import check_proof, spend
from survey.collect.receive import Entrance
from survey.errors import ProofRefused
from survey.rules.ways_in.arrival import ArrivalMark
from survey.rules.ways_in.link import PUBLIC_KINDS
from web.answer.device import open_code, sent_count
from web.answer.proof import Credentials
from web.client_address import network_of
from web.dependencies import writing
from web.errors import ProofWanted


async def judge_arrival(
    request: Request, entrance: Entrance, sheet_id: str, given: Credentials, now: datetime
) -> ArrivalMark:
    """Return what is odd about a sheet's coming, or raise `ProofWanted`; links are not judged."""
    if entrance.way.kind not in PUBLIC_KINDS:
        return ArrivalMark(0)
    arrivals: Arrivals = request.app.state.arrivals
    has_sent = sent_count(request, entrance.way) > 0
    network = arrivals.network(network_of(request), now)
    visit = Visit(open_code(request), network, has_sent)
    marks = ArrivalMark(0)
    if given.proof or given.desk_word or given.goes_on:
        marks = await _weigh(request, visit, sheet_id, given, now)
    elif await arrivals.must_prove(visit):
        raise ProofWanted
    return marks | await arrivals.note_sheet(visit, now)


def purpose_of(request: Request, sheet_id: str) -> str:
    """Return what a sheet's challenge is for: this code, this sheet."""
    return f"sheet {open_code(request)} {sheet_id}"


async def _weigh(
    request: Request, visit: Visit, sheet_id: str, given: Credentials, now: datetime
) -> ArrivalMark:
    """Return the mark of what a form brought; without script the clerk's word, or nothing."""
    state = request.app.state
    if await state.arrivals.is_desk_word(visit, given.desk_word, now):
        return ArrivalMark.CHALLENGED
    if given.goes_on:
        return ArrivalMark.UNPROVED
    if not given.proof:
        raise ProofWanted(is_word_wrong=True)
    try:
        key = state.settings.key("challenges")
        proof = check_proof(key, given.proof, purpose_of(request, sheet_id), now)
        async with writing(request) as session:
            await to_thread.run_sync(spend, session, proof)
    except ProofRefused as refused:
        raise ProofWanted from refused
    return ArrivalMark.CHALLENGED
