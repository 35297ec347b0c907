"""GET and POST /a: the page where a code from a card, a receipt or a poster is typed."""

from starlette.requests import Request
from starlette.responses import Response

from survey.rules.ways_in.link import is_code
from survey.rules.ways_in.short_code import has_short_length, read_short_code
from web.answer.look import Look, read_look
from web.answer.reply import reply_page, see_other
from web.forms import read_form

_LONGEST = 40


async def ask_for_code(request: Request) -> Response:
    """Show the field for a code."""
    return _page(request, read_look(request.scope["query_string"]), "", "")


async def go_to_code(request: Request) -> Response:
    """Go to the questionnaire of a typed code, or say what is wrong with it."""
    look = read_look(request.scope["query_string"])
    typed = (await read_form(request)).text("code").strip()
    code = read_short_code(typed)
    if code is None and is_code(typed):
        code = typed.lower()
    if code is not None:
        return see_other(f"/a/{code}{look.query}")
    return _page(request, look, typed[:_LONGEST], _problem(typed))


def written_otherwise(request: Request) -> Response | None:
    """Lead a short code that is written with dashes or capitals to its one address."""
    written = request.path_params["code"]
    code = read_short_code(written)
    if code in (None, written) or request.method != "GET":
        return None
    query = read_look(request.scope["query_string"]).query
    return see_other(f"/a/{code}{query}")


def _problem(typed: str) -> str:
    if not typed:
        return "empty"
    return "wrong_letter" if has_short_length(typed) else "wrong_length"


def _page(request: Request, look: Look, typed: str, problem: str) -> Response:
    title = look.phrase("answer.enter.heading")
    values = {
        "typed": typed,
        "problem": look.phrase(f"answer.enter.{problem}") if problem else "",
        "address": f"/a{look.query}",
    }
    if problem:
        title = f"{look.phrase('answer.enter.not_yet')} · {title}"
    page = request.app.state.pages.enter(look, title, values)
    return reply_page(request, page, 422 if problem else 200)
