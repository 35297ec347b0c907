"""What a form brings to show that no machine sends it, and the page that asks for it."""

import base64
import hashlib
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from survey.collect.challenge import make_challenge
from web.answer.look import Look
from web.answer.messages import Notice
from web.answer.prepare import Pages
from web.answer.reply import reply_page

PROOF_FIELD, DESK_FIELD, UNPROVED_FIELD = "@proof", "@desk", "@unproved"
OPEN_PROOF = "proof"  # in the address of a page that is asked for with a proof

PROVE_SHEET = Notice("prove_sheet", 429, "…", "calm")
PROVE_OPENING = Notice("prove_opening", 429, "…", "calm")

_SCRIPT = (Path(__file__).parents[1] / "static" / "challenge.js").read_text("utf-8").strip()
_SCRIPT_DIGEST = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()


@dataclass(frozen=True, slots=True)
class Credentials:
    """A solved challenge, the clerk's word of the day, or the wish to go on without either."""

    proof: str = ""
    desk_word: str = ""
    goes_on: bool = False


NO_CREDENTIALS = Credentials()


def take_credentials(fields: MutableMapping[str, str]) -> Credentials:
    """Take the credentials out of a form's fields."""
    if UNPROVED_FIELD not in fields and PROOF_FIELD not in fields and DESK_FIELD not in fields:
        return NO_CREDENTIALS
    proof, desk = fields.pop(PROOF_FIELD, ""), fields.pop(DESK_FIELD, "")
    return Credentials(proof, desk, goes_on=fields.pop(UNPROVED_FIELD, "") == "1")


def ask_for_proof(
    request: Request,
    notice: Notice,
    look: Look,
    purpose: str,
    fields: Sequence[tuple[str, str]],
    *,
    is_word_wrong: bool = False,
) -> Response:
    """Answer with a page on which the phone solves a small sum and goes on by itself."""
    state = request.app.state
    pages: Pages = state.pages
    values = {
        "challenge": make_challenge(state.settings.key("challenges"), purpose, state.clock()),
        "script": Markup(_SCRIPT),
        "fields": fields,
        "keeps_answers": notice is PROVE_SHEET,
        "is_word_wrong": is_word_wrong,
    }
    page = pages.challenge(notice, look, values)
    others = pages.content_security_policy.split("; ")
    policy = [part for part in others if not part.startswith("script-src")]
    policy.append(f"script-src 'sha256-{_SCRIPT_DIGEST}'")
    headers = {"content-security-policy": "; ".join(policy)}
    return reply_page(request, page, notice.status, headers)
