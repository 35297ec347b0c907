"""What a unit signs: its answers, the numbers and the files of its evidence, and who signs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from survey.errors import SignatureRefused
from survey.rules.sheets.answers import clean_words

LONGEST_NAME = 40
_FILES = "@files"  # among a signed sheet's texts; no item id starts so


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file as a signature names it: it can be told whether it is still the same."""

    item_id: str
    name: str
    digest: str


def sign(post: str, name: str, *, is_truthful: bool) -> str:
    """Return the signature of the person in charge, or raise `SignatureRefused`."""
    written = {"post": clean_words(post), "name": clean_words(name)}
    for field, words in written.items():
        if not words:
            raise SignatureRefused(f"signature_{field}")
        if len(words) > LONGEST_NAME or "\n" in words:
            raise SignatureRefused(f"signature_{field}_long", most=LONGEST_NAME)
    if not is_truthful:
        raise SignatureRefused("signature_untrue")
    return " ".join(written.values())


def seal_of(packed: bytes, texts: Mapping[str, str], files: Sequence[SignedFile]) -> str:
    """Return what tells whether something changed between a page and its signature."""
    content = [packed.hex(), sorted(texts.items()), sorted(_plain(files))]
    return sha256(json.dumps(content).encode()).hexdigest()[:32]


def with_files(texts: Mapping[str, str], files: Sequence[SignedFile]) -> dict[str, str]:
    """Return the texts of a sheet with the files that are signed along with it."""
    if not files:
        return dict(texts)
    return {**texts, _FILES: json.dumps(sorted(_plain(files)), ensure_ascii=False)}


def read_texts(stored: str | None) -> tuple[dict[str, str], tuple[SignedFile, ...]]:
    """Return the texts of a stored sheet, and the files that were signed along with it."""
    texts = dict(json.loads(stored or "{}"))
    files = json.loads(texts.pop(_FILES, "[]"))
    return texts, tuple(SignedFile(*file) for file in files)


def _plain(files: Sequence[SignedFile]) -> list[tuple[str, str, str]]:
    return [(file.item_id, file.name, file.digest) for file in files]
