"""Questionnaires at the evaluator's desk: the list, the editor of drafts, publishing."""

from fastapi import APIRouter

from web.console.questionnaires import (
    board,
    head_form,
    item_form,
    listed,
    part_forms,
    phone,
    publish,
    words_form,
)


def questionnaire_routers() -> list[APIRouter]:
    """Return the routers of the editor's pages."""
    topics = (listed, board, item_form, head_form, part_forms, words_form, phone, publish)
    return [topic.router for topic in topics]
