"""Files of fresh codes: sealed for a quarter of an hour, so that a lost download is no lost code.

The key comes from a token that stands only in the address of the officer's next page.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import event
from sqlmodel import Session

from survey.errors import HandedOutGone, JobRefused
from survey.jobs import check_disk
from survey.rules.ways_in.link import new_token
from survey.sealing import SealedPlace, seal, sealed_place, unseal
from survey.settings import Settings

KEPT_FOR = timedelta(minutes=15)
_HEAD_LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file of fresh codes, and what its officer is told of it."""

    kind: str  # of way in: cards, receipts, links, offices
    campaign: str
    officer: str
    file_name: str
    counts: Sequence[tuple[str, int]]  # names of units or offices, and how many each
    content: bytes = field(repr=False)


def hand_out(session: Session, settings: Settings, handed: HandedOut, now: datetime) -> str:
    """Keep a file until its quarter is over, and return the token that alone opens it.

    The file is there before the codes are committed; where they are not, it goes too.
    """
    check_disk(settings, len(handed.content))
    token = new_token()
    place = _place(settings, token)
    file = _file(settings, place)
    until = int((now + KEPT_FOR).timestamp())
    try:
        _write(file, seal(place.key, _packed(handed, until)))
        os.utime(file, (until, until))
    except OSError:
        _give_up(file)
        raise JobRefused("handed_out_not_kept") from None
    event.listen(session, "after_rollback", lambda _: _give_up(file))
    return token


def handed_out(
    settings: Settings, token: str, campaign: str, officer: str, now: datetime
) -> tuple[HandedOut, datetime]:
    """Return an officer's own file and until when it is kept, or raise `HandedOutGone`."""
    place = _place(settings, token)
    try:
        plain = unseal(place.key, _file(settings, place).read_bytes())
    except FileNotFoundError:
        plain = None
    if plain is None:
        raise HandedOutGone
    handed, until = _unpacked(plain)
    if (handed.campaign, handed.officer) != (campaign, officer) or until <= now:
        raise HandedOutGone
    return handed, until


def erase_handed_out(settings: Settings, token: str) -> None:
    """Erase a file before its time, if it is there."""
    _file(settings, _place(settings, token)).unlink(missing_ok=True)


def erase_old_handed_out(settings: Settings, now: datetime) -> int:
    """Erase the files whose quarter is over and return how many."""
    folder = _folder(settings)
    if not folder.is_dir():
        return 0
    old = [file for file in folder.iterdir() if file.stat().st_mtime <= now.timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _folder(settings: Settings) -> Path:
    return settings.data_dir / "handed_out"


def _place(settings: Settings, token: str) -> SealedPlace:
    return sealed_place(settings.key("handed out"), "handed out", token)


def _file(settings: Settings, place: SealedPlace) -> Path:
    return _folder(settings) / place.identifier.hex()


def _write(file: Path, sealed: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(sealed)


def _give_up(file: Path) -> None:
    """Erase a file whose codes do not come; should that fail, the next upkeep does it."""
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _packed(handed: HandedOut, until: int) -> bytes:
    names = (handed.kind, handed.campaign, handed.officer, handed.file_name)
    head = json.dumps([until, *names, list(handed.counts)]).encode()
    return len(head).to_bytes(_HEAD_LENGTH_BYTES) + head + handed.content


def _unpacked(plain: bytes) -> tuple[HandedOut, datetime]:
    end = _HEAD_LENGTH_BYTES + int.from_bytes(plain[:_HEAD_LENGTH_BYTES])
    until, kind, campaign, officer, file_name, counts = json.loads(plain[_HEAD_LENGTH_BYTES:end])
    listed = [(name, count) for name, count in counts]
    handed = HandedOut(kind, campaign, officer, file_name, listed, plain[end:])
    return handed, datetime.fromtimestamp(until, UTC)
