"""A unit's self-assessment as it was signed: answers in words, evidence, and every version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scales import DONT_KNOW, SKIPPED, Item, ItemKind, Questionnaire
from survey.results.figures import Title
from survey.rules.sheets.answers import EVIDENCE_SUFFIX
from survey.rules.sheets.self_assessment import SignedFile, read_texts
from survey.rules.ways_in.rating_pairs import RatingState
from survey.storage.keys import key_of
from survey.storage.queries.evidence_files import FileInfo, file_by_digest, files_of
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.queries.ratings import Rating, ratings_of, signed_revisions
from survey.storage.tables import Campaign, EvidenceFile, OfficeSheet


@dataclass(frozen=True, slots=True)
class SignedEvidence:
    """A file that was signed for; `byte_count` is None where it was removed since."""

    name: str
    digest: str
    byte_count: int | None


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """An item with what the unit said: `said` is empty of one left out, or not known."""

    number: int
    words: Title
    said: Title
    is_dont_know: bool
    numbers: str
    files: tuple[SignedEvidence, ...]

    @property
    def is_left_out(self) -> bool:
        """Whether it was not answered."""
        return not self.said and not self.is_dont_know


@dataclass(frozen=True, slots=True)
class Version:
    """One signing; `changed_count` items differ from the version before."""

    revision: int
    signed_by: str
    signed_at: datetime
    void_reason: str | None
    voided_by: str | None
    changed_count: int | None


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """A unit's self-assessment, one version of it with its answers, and all versions by number."""

    rating: Rating
    versions: tuple[Version, ...]
    shown: Version | None
    answers: tuple[OwnAnswer, ...]


def self_assessment(
    session: Session, campaign: Campaign, unit_code: str, revision: int | None = None
) -> SelfAssessment | None:
    """Return a unit's self-assessment, None where the unit is not asked or has no such version."""
    ratings = ratings_of(session, key_of(campaign))
    rating = next((r for r in ratings if r.unit_code == unit_code), None)
    if rating is None:
        return None
    sheets = _signed(session, campaign, rating) if rating.state is not RatingState.NOT_YET else []
    if not sheets:
        return SelfAssessment(rating, (), None, ()) if revision is None else None
    before = [*sheets[1:], None]
    versions = [_version(sheet, old) for sheet, old in zip(sheets, before, strict=True)]
    chosen = next((n for n, sheet in enumerate(sheets) if revision in (None, sheet.revision)), None)
    if chosen is None:
        return None
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    there = files_of(session, sheets[chosen].rating_pair_id)
    answers = _answers(sheets[chosen], questionnaire, there, rating.unit_name)
    return SelfAssessment(rating, tuple(versions), versions[chosen], answers)


def signed_file(
    session: Session, campaign: Campaign, unit_code: str, digest: str
) -> EvidenceFile | None:
    """Return a file that a signature of the unit names; what nobody signed for stays unseen."""
    rating = next(
        (r for r in ratings_of(session, key_of(campaign)) if r.unit_code == unit_code), None
    )
    for sheet in _signed(session, campaign, rating) if rating is not None else []:
        if digest in {file.digest for file in read_texts(sheet.texts)[1]}:
            return file_by_digest(session, sheet.rating_pair_id, digest)
    return None


def _signed(session: Session, campaign: Campaign, rating: Rating) -> Sequence[OfficeSheet]:
    """Return every signed version, the newest first."""
    return signed_revisions(session, key_of(campaign), rating.rater_code, rating.unit_code)


def _version(sheet: OfficeSheet, before: OfficeSheet | None) -> Version:
    return Version(
        revision=sheet.revision,
        signed_by=sheet.signed_by or "",
        signed_at=sheet.received_at,
        void_reason=sheet.void_reason,
        voided_by=sheet.voided_by,
        changed_count=None if before is None else _changed(sheet, before),
    )


def _changed(sheet: OfficeSheet, before: OfficeSheet) -> int:
    """Return how many items, words, numbers and files differ."""
    (texts, files), (old_texts, old_files) = read_texts(sheet.texts), read_texts(before.texts)
    words = sum(texts.get(name) != old_texts.get(name) for name in texts.keys() | old_texts.keys())
    ticks = sum(new != old for new, old in zip(sheet.packed, before.packed, strict=True))
    return ticks + words + len(set(files) ^ set(old_files))


def _answers(
    sheet: OfficeSheet, questionnaire: Questionnaire, there: Sequence[FileInfo], unit_name: str
) -> tuple[OwnAnswer, ...]:
    texts, files = read_texts(sheet.texts)
    sizes = {(file.item_id, file.digest): file.byte_count for file in there}
    return tuple(
        OwnAnswer(
            number=number,
            words=_about(item.text, unit_name),
            said=_said(item, sheet.packed, questionnaire, texts),
            is_dont_know=item.kind is not ItemKind.TEXT
            and sheet.packed[questionnaire.columns[item.id]] == DONT_KNOW,
            numbers=texts.get(item.id + EVIDENCE_SUFFIX, ""),
            files=tuple(_evidence(f, sizes) for f in files if f.item_id == item.id),
        )
        for number, item in enumerate(questionnaire.items, start=1)
    )


def _evidence(file: SignedFile, sizes: Mapping[tuple[str, str], int]) -> SignedEvidence:
    return SignedEvidence(file.name, file.digest, sizes.get((file.item_id, file.digest)))


def _said(
    item: Item, packed: bytes, questionnaire: Questionnaire, texts: Mapping[str, str]
) -> Title:
    if item.kind is ItemKind.TEXT:
        return dict.fromkeys(questionnaire.languages, texts[item.id]) if item.id in texts else {}
    position = packed[questionnaire.columns[item.id]]
    if position in (SKIPPED, DONT_KNOW):
        return {}
    if item.format is None:
        return item.options[position - 1].text
    if item.format.labels_ends_only:
        point = str(item.format.lowest + position - 1)
        return dict.fromkeys(item.format.labels, point)
    return {locale: labels[position - 1] for locale, labels in item.format.labels.items()}


def _about(text: Title, unit_name: str) -> Title:
    return {locale: words.replace("{unit}", unit_name) for locale, words in text.items()}
