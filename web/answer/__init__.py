"""The phone: prepare pages ahead, serve them, take what is submitted."""

from web.answer.prepare import Pages
from web.answer.routes import answer_routes

__all__ = ["Pages", "answer_routes"]
