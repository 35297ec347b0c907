"""Draft: keep a sheet not yet sent, sealed with a key that only the respondent's token yields."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from survey.collect.mix import scrub
from survey.rules.sheets.serving import ten_minutes_of
from survey.sealing import SealedPlace, seal, sealed_place, unseal
from survey.storage.database import Database
from survey.storage.queries.sheet_drafts import (
    delete_draft,
    delete_drafts_before,
    delete_drafts_of,
    draft_by_key,
    has_drafts_before,
    put_draft,
)

KEPT_FOR = timedelta(hours=24)
KEPT_FOR_A_UNIT = timedelta(days=90)  # a self-assessment takes several days; the close erases it

_PADDED_TO = 4096  # so that the length does not tell what was ticked, or how far somebody came


def draft_place(draft_key: bytes, token: str, part: str = "") -> SealedPlace:
    """Return the place of a token's draft; `part` tells several drafts of one token apart."""
    return sealed_place(draft_key, "draft", token, part)


def save_draft(
    session: Session,
    place: SealedPlace,
    campaign_id: int,
    fields: Mapping[str, str],
    now: datetime,
    kept_for: timedelta = KEPT_FOR,
    rating_pair_id: int | None = None,
) -> None:
    """Keep the fields of a sheet that is not sent yet, for a day; what lay there is replaced.

    Only a named office's draft says whose it is, by its `rating_pair_id`.
    """
    until = now + kept_for
    plain = json.dumps([until.timestamp(), dict(fields)], ensure_ascii=False).encode()
    plain += b" " * (-len(plain) % _PADDED_TO)
    sealed = seal(place.key, plain, _bound(campaign_id))
    erased_at = ten_minutes_of(until) + timedelta(minutes=10)  # the row keeps no finer time
    put_draft(session, place.identifier, campaign_id, sealed, erased_at, rating_pair_id)


def load_draft(session: Session, place: SealedPlace, now: datetime) -> dict[str, str] | None:
    """Return the fields of a draft, or None where there is none that still holds."""
    found = draft_by_key(session, place.identifier)
    if found is None:
        return None
    plain = unseal(place.key, found.sealed, _bound(found.campaign_id))
    if plain is None:
        return None  # the service's key was changed: nobody can open it any more
    until, fields = json.loads(plain)
    return dict(fields) if now.timestamp() < until else None


def erase_draft(session: Session, place: SealedPlace) -> None:
    """Erase a draft, if there is one."""
    delete_draft(session, place.identifier)


def erase_drafts_of(session: Session, campaign_id: int) -> None:
    """Erase every draft of a campaign."""
    delete_drafts_of(session, campaign_id)


def erase_old_drafts(database: Database, now: datetime) -> int:
    """Erase the drafts that were left for a day, and return how many."""
    with database.reading() as session:
        if not has_drafts_before(session, now):
            return 0
    with database.writing() as session:
        count = delete_drafts_before(session, now)
    scrub(database, "sheet_draft")
    return count


def _bound(campaign_id: int) -> bytes:
    """Return what a seal is bound to: a draft moved to another campaign does not open."""
    return hashlib.sha256(f"minyi campaign {campaign_id}".encode()).digest()
