"""The pages behind a unit's own link: where it stands, its answers, its files, the signature."""

from survey.rules.sheets.evidence_file import MOST_BYTES
from web.answer.own.answers import keep_answers, show_answers
from web.answer.own.files import add_file, remove_file, show_files
from web.answer.own.overview import show_overview
from web.answer.own.signing import send_signed, show_signing

OWN_PAGES = (
    ("/a/{code}/own", show_overview, "GET"),
    ("/a/{code}/own/answers", show_answers, "GET"),
    ("/a/{code}/own/answers", keep_answers, "POST"),
    ("/a/{code}/own/files/{item}", show_files, "GET"),
    ("/a/{code}/own/files/{item}/remove", remove_file, "POST"),
    ("/a/{code}/own/sign", show_signing, "GET"),
    ("/a/{code}/own/sign", send_signed, "POST"),
)
FILE_PAGES = (("/a/{code}/own/files/{item}", add_file),)
FILE_BYTES = 2 * MOST_BYTES  # a file that is too large is refused in words, up to this

__all__ = ["FILE_BYTES", "FILE_PAGES", "OWN_PAGES"]
