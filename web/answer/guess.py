"""Guessing: after some addresses that lead nowhere, the next must be asked for with a proof.

Public codes hide nothing, and links of 128 bits cannot be guessed, so only the pages that say
"not found" change; a short code is not even looked up before the proof is there.
"""

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.arrivals import Arrivals
from survey.collect.challenge import check_proof
from survey.errors import ProofRefused, UnreadableForm
from survey.rules.sheets.serving import seconds_since_serving
from survey.rules.ways_in.link import is_code, is_token
from survey.rules.ways_in.short_code import read_short_code
from web.answer import messages
from web.answer.look import read_look
from web.answer.posted import read_posted
from web.answer.proof import OPEN_PROOF, PROVE_OPENING, ask_for_proof
from web.answer.reply import reply_message
from web.client_address import network_of


async def hold_guess(request: Request) -> Response | None:
    """Return the page that asks for a proof first, or None where the code may be looked up."""
    if not _is_short(request.path_params["code"]) or await _may_try(request):
        return None
    return _ask(request)


async def reply_not_found(request: Request) -> Response:
    """Say that an address leads nowhere; after many of them, a proof is asked for instead."""
    arrivals: Arrivals = request.app.state.arrivals
    network = arrivals.network(network_of(request), request.app.state.clock())
    if _is_short(request.path_params["code"]):
        await arrivals.note_short_miss(network)
    may_guess_on = await arrivals.note_miss(network)
    if not may_guess_on and not _is_proved(request):
        return _ask(request)
    look = read_look(request.scope["query_string"])
    return reply_message(request, messages.NOT_FOUND, look)


async def _may_try(request: Request) -> bool:
    arrivals: Arrivals = request.app.state.arrivals
    network = arrivals.network(network_of(request), request.app.state.clock())
    if await arrivals.may_try_short_code(network):
        return True
    return _is_proved(request) or await _was_served(request)


def _is_proved(request: Request) -> bool:
    """Whether the address brings a proof for this very code; it opens nothing else."""
    given = request.query_params.get(OPEN_PROOF, "")
    if not given:
        return False
    state = request.app.state
    try:
        check_proof(state.settings.key("challenges"), given, _purpose(request), state.clock())
    except ProofRefused:
        return False
    return True


async def _was_served(request: Request) -> bool:
    """Whether a form comes from a page that was served for this code."""
    if request.method != "POST":
        return False
    try:
        posted = read_posted(await request.body())
    except UnreadableForm:
        return False
    state, code = request.app.state, request.path_params["code"]
    key = state.collector.serving_key
    taken = seconds_since_serving(key, posted.stamp, posted.sheet_id, code, state.clock())
    return taken is not None


def _ask(request: Request) -> Response:
    look = read_look(request.scope["query_string"])
    kept = [(name, value) for name, value in request.query_params.items() if name != OPEN_PROOF]
    return ask_for_proof(request, PROVE_OPENING, look, _purpose(request), kept[:20])


def _purpose(request: Request) -> str:
    return f"open {request.path_params['code']}"


def _is_short(code: str) -> bool:
    """Whether it could be a short code; a slip of the pen fails its check letter, and is none."""
    if is_code(code) or is_token(code):
        return False
    return read_short_code(code) is not None
