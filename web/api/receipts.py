"""The feed's one address that gives something out: receipt codes for a window's own system."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from survey.audit import record
from survey.distribute.receipts import MOST_CODES, issue_receipt_codes
from survey.errors import CodesRefused, UnitNotFound
from survey.rules.ways_in.short_code import shown_short_code
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from web.api.access import feed_writer
from web.api.evaluations import PREFIX
from web.dependencies import NowDep, SessionDep, SettingsDep
from web.found import found

LONGEST_KEY = 100
LONGEST_PLACE = 40

router = APIRouter(
    prefix=PREFIX,
    generate_unique_id_function=lambda route: route.name,
)


class ReceiptOrder(BaseModel):
    """How many codes for which unit, and the window they are given at."""

    model_config = ConfigDict(extra="forbid")

    unit: str
    count: int = Field(ge=1, le=MOST_CODES)
    place: str | None = Field(default=None, max_length=LONGEST_PLACE)


@router.post("/campaigns/{code}/receipt-codes", status_code=201)
def issue_codes(
    code: str,
    order: Annotated[ReceiptOrder, Body()],
    session: SessionDep,
    settings: SettingsDep,
    now: NowDep,
    asked_by: Annotated[str, Depends(feed_writer)],
    idempotency_key: Annotated[str, Header(description="the same key gets codes once")],
) -> Any:
    """Issue one-time codes, to be printed on receipts; they are told here and never again."""
    if not 1 <= len(idempotency_key) <= LONGEST_KEY:
        raise CodesRefused("batch_key", longest=LONGEST_KEY)
    campaign = found(campaign_by_code(session, code))
    units = {unit.code: unit for _, unit in units_of_campaign(session, key_of(campaign))}
    if order.unit not in units:
        raise UnitNotFound
    codes = issue_receipt_codes(
        session,
        campaign,
        units[order.unit],
        order.count,
        settings.key("links"),
        issued_by=asked_by,
        now=now,
        place=order.place or None,
        request_key=idempotency_key,
    )
    record(
        session,
        actor=asked_by,
        action="receipts.issued",
        subject=code,
        now=now,
        details={"counts": {order.unit: order.count}},
    )
    origin = settings.public_origin
    shown = [{"code": shown_short_code(one), "address": f"{origin}/a/{one}"} for one in codes]
    content = {"campaign": code, "unit": order.unit, "place": order.place, "codes": shown}
    return JSONResponse(content, 201, {"cache-control": "no-store"})
