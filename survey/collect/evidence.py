"""Evidence of a self-assessment: keep a file, remove it, forget what nobody signed for."""

from datetime import datetime

from sqlmodel import Session, select

from survey.collect.mix import lock_campaign
from survey.errors import EvidenceRefused
from survey.rules.sheets.evidence_file import MOST_FILES, MOST_UNIT_MEGABYTES, HandedIn
from survey.rules.sheets.self_assessment import SignedFile, read_texts
from survey.rules.ways_in.link import Way
from survey.storage.queries.evidence_files import FileInfo, delete_file, files_of
from survey.storage.tables import Campaign, EvidenceFile, OfficeSheet, RatingPair


def keep_evidence(
    session: Session, way: Way, item_id: str, handed_in: HandedIn, now: datetime
) -> bool:
    """Keep a file for an item; False where the close came first. The same file again is one."""
    if not _is_open(session, way):
        return False
    pair_id = way.rating_pair_id or 0
    files = files_of(session, pair_id)
    here = [file for file in files if file.item_id == item_id]
    if any(file.digest == handed_in.digest for file in here):
        return True
    if len(here) >= MOST_FILES:
        raise EvidenceRefused("evidence_many", most=MOST_FILES)
    all_bytes = sum(file.byte_count for file in files) + len(handed_in.content)
    if all_bytes > MOST_UNIT_MEGABYTES * 1024 * 1024:
        raise EvidenceRefused("evidence_full", most=MOST_UNIT_MEGABYTES)
    session.add(
        EvidenceFile(
            rating_pair_id=pair_id,
            item_id=item_id,
            name=handed_in.name,
            media_type=handed_in.media_type,
            content=handed_in.content,
            digest=handed_in.digest,
            added_at=now,
        )
    )
    session.flush()
    return True


def remove_evidence(session: Session, way: Way, item_id: str, digest: str) -> bool:
    """Remove a file of an item, if it is there; False where the close came first."""
    if not _is_open(session, way):
        return False
    delete_file(session, way.rating_pair_id or 0, item_id, digest)
    return True


def forget_unsigned_files(session: Session, campaign_id: int, unit_id: int) -> None:
    """Erase the files of a unit that no signature names."""
    pairs = session.exec(
        select(RatingPair.id).where(
            RatingPair.campaign_id == campaign_id, RatingPair.unit_id == unit_id
        )
    ).all()
    for pair_id in pairs:
        signed = _signed_files(session, pair_id or 0)
        for file in files_of(session, pair_id or 0):
            if as_signed(file) not in signed:
                delete_file(session, pair_id or 0, file.item_id, file.digest)


def as_signed(file: FileInfo) -> SignedFile:
    """Return a file as a signature names it."""
    return SignedFile(file.item_id, file.name, file.digest)


def _signed_files(session: Session, pair_id: int) -> set[SignedFile]:
    texts = session.exec(select(OfficeSheet.texts).where(OfficeSheet.rating_pair_id == pair_id))
    return {file for stored in texts for file in read_texts(stored)[1]}


def _is_open(session: Session, way: Way) -> bool:
    """Whether the campaign is not wound up; it is not until we are done."""
    lock_campaign(session, way.campaign_id)
    return session.get_one(Campaign, way.campaign_id).wound_up_at is None
