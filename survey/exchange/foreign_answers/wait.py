"""A table that waits while an officer says what its columns mean: sealed, an hour at most."""

import hashlib
import hmac
import json
import os
import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from survey.jobs import check_disk
from survey.rules.sheets.imported_sheet import Export, ExportRow
from survey.rules.ways_in.link import CODE_LETTERS
from survey.settings import Settings

WAITS_FOR = timedelta(hours=1)
_FOLDER = "imports"
_CODE_LENGTH = 24
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whose table it is, and for which campaign."""

    officer: str
    campaign: str


def let_wait(settings: Settings, waiting: Waiting, export: Export, now: datetime) -> str:
    """Keep a table for an hour and return the code it is found by; only the code opens it."""
    plain = zlib.compress(
        json.dumps([waiting.officer, waiting.campaign, _as_list(export)]).encode()
    )
    check_disk(settings, len(plain))
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(_CODE_LENGTH))
    file, key = _place(settings, code)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    nonce = os.urandom(_NONCE_BYTES)
    until = int((now + WAITS_FOR).timestamp())
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, None))
    os.utime(file, (until, until))
    return code


def waiting_export(settings: Settings, code: str, waiting: Waiting, now: datetime) -> Export | None:
    """Return the table of a code, or None where it is gone or somebody else's."""
    file, key = _place(settings, code)
    try:
        is_over = file.stat().st_mtime <= now.timestamp()
        sealed = file.read_bytes()
        plain = ChaCha20Poly1305(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
    except (FileNotFoundError, InvalidTag):
        return None
    officer, campaign, kept = json.loads(zlib.decompress(plain))
    return None if is_over or Waiting(officer, campaign) != waiting else _as_export(kept)


def forget_export(settings: Settings, code: str) -> None:
    """Erase a table that waits, if there is one."""
    _place(settings, code)[0].unlink(missing_ok=True)


def forget_old_exports(settings: Settings, now: datetime) -> int:
    """Erase the tables whose hour is over and return how many."""
    folder = settings.data_dir / _FOLDER
    if not folder.is_dir():
        return 0
    old = [file for file in folder.iterdir() if file.stat().st_mtime <= now.timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _place(settings: Settings, code: str) -> tuple[Path, bytes]:
    """Return where a table lies and its key; neither tells the code, nor one the other."""
    secret = settings.key("imports")
    name = hmac.digest(secret, b"name " + code.encode(), hashlib.sha256).hex()
    return settings.data_dir / _FOLDER / name, hmac.digest(
        secret, b"seal " + code.encode(), hashlib.sha256
    )


def _as_list(export: Export) -> list[object]:
    rows = [[row.number, row.row_hash.hex(), row.cells] for row in export.rows]
    return [export.file, export.digest, export.headings, export.dropped, rows]


def _as_export(kept: list[Any]) -> Export:
    file, digest, headings, dropped, rows = kept
    return Export(
        file=file,
        digest=digest,
        headings=tuple(headings),
        dropped=tuple(dropped),
        rows=[
            ExportRow(number, bytes.fromhex(row_hash), cells) for number, row_hash, cells in rows
        ],
    )
