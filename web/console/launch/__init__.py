"""Launch a campaign in steps: questionnaire, units, ways in, window and texts, check, open."""

from fastapi import APIRouter

from web.console.launch import check, questionnaire, units, units_list, ways, window

router = APIRouter()
for _step in (questionnaire, units, units_list, ways, window, check):
    router.include_router(_step.router)
