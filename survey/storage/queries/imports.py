"""Files of answers that a campaign took in from elsewhere."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import Session, col, select

from survey.storage.tables import CampaignUnit, ImportedFile, ImportedRow


def imports_of(session: Session, campaign_id: int) -> Sequence[ImportedFile]:
    """Return the files a campaign took in, the newest first."""
    return session.exec(
        select(ImportedFile)
        .where(ImportedFile.campaign_id == campaign_id)
        .order_by(col(ImportedFile.id).desc())
    ).all()


def import_by_digest(session: Session, campaign_id: int, digest: str) -> ImportedFile | None:
    """Return what became of the very same file, if it was taken in before."""
    return session.exec(
        select(ImportedFile).where(
            ImportedFile.campaign_id == campaign_id, ImportedFile.digest == digest
        )
    ).one_or_none()


def cells_by_unit(session: Session, campaign_id: int) -> dict[int, CampaignUnit]:
    """Return the cells of a campaign by unit id."""
    found = session.exec(select(CampaignUnit).where(CampaignUnit.campaign_id == campaign_id)).all()
    return {cell.unit_id: cell for cell in found}


def imported_rows(session: Session, campaign_id: int) -> set[bytes]:
    """Return the hashes of the rows a campaign took in."""
    found = session.exec(select(ImportedRow.row_hash).where(ImportedRow.campaign_id == campaign_id))
    return set(found.all())


def forget_imported_rows(session: Session, campaign_id: int) -> None:
    """Erase the hashes of the rows a campaign took in: it takes no more."""
    session.connection().execute(
        delete(ImportedRow).where(col(ImportedRow.campaign_id) == campaign_id)
    )
