"""A file that a unit hands in as evidence: of a known kind by its content, small, plainly named."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from survey.errors import EvidenceRefused

MOST_MEGABYTES = 10
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
MOST_FILES = 5  # of one item
MOST_UNIT_MEGABYTES = 200  # of one unit, all items together

_LONGEST_NAME = 120
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# ending → media type
_PLAIN: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
_PACKED: Mapping[str, tuple[str, str]] = {  # ending → media type, and a part its package holds
    "docx": (_OPEN_XML + "wordprocessingml.document", "word/document.xml"),
    "xlsx": (_OPEN_XML + "spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": (_OPEN_XML + "presentationml.presentation", "ppt/presentation.xml"),
    "ofd": ("application/ofd", "OFD.xml"),
}
_OLD_OFFICE: Mapping[str, str] = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-excel",
    "dps": "application/vnd.ms-powerpoint",
}
_BEGINNINGS: Mapping[str, bytes] = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
ENDINGS = (*_PLAIN, *_PACKED, *_OLD_OFFICE)
_IN_THE_WAY = re.compile(r'[\\/:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that may be kept."""

    name: str
    media_type: str
    content: bytes
    digest: str


def read_evidence(name: str, content: bytes) -> HandedIn:
    """Return a file that may be kept, or raise `EvidenceRefused` with what to do about it."""
    shown = plain_name(name)
    if not content:
        raise EvidenceRefused("evidence_none" if not name else "evidence_empty", file=shown)
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1024 / 1024:.1f}"
        raise EvidenceRefused("evidence_large", file=shown, size=size, most=MOST_MEGABYTES)
    ending = PurePosixPath(shown).suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise EvidenceRefused("evidence_ending", file=shown)
    media_type = _media_type(ending, content)
    if media_type is None:
        raise EvidenceRefused("evidence_content", file=shown, ending=ending)
    return HandedIn(shown, media_type, content, sha256(content).hexdigest())


def plain_name(name: str) -> str:
    """Return a file's name without folders, marks that turn text round, and what cannot print."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    printed = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem, dot, ending = _IN_THE_WAY.sub("_", printed).strip(" .").rpartition(".")
    if not dot:
        return ending[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending[:10]) - 1]}.{ending[:10]}"


def _media_type(ending: str, content: bytes) -> str | None:
    """Return what a file is, None where its content is not what its name says."""
    if ending in _PLAIN:
        media_type = _PLAIN[ending]
        return media_type if content.startswith(_BEGINNINGS[media_type]) else None
    if ending in _OLD_OFFICE:
        return _OLD_OFFICE[ending] if content.startswith(_OLE) else None
    media_type, part = _PACKED[ending]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:  # only its list is read
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    has_macros = any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in names)
    return media_type if part in names and not has_macros else None
