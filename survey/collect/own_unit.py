"""A unit at its own link: where its self-assessment stands, and the sheet that it signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from survey.collect.evidence import as_signed
from survey.collect.office import Desk, UnitRating, ratings_at
from survey.rules.sheets.self_assessment import SignedFile, seal_of, with_files
from survey.rules.sheets.serving import day_of, seconds_bucket
from survey.rules.ways_in.rating_pairs import RatingState
from survey.storage.queries.evidence_files import FileInfo, files_of
from survey.storage.waiting import WaitingSheet


@dataclass(frozen=True, slots=True)
class OwnAssessment:
    """What a unit has filled in and handed in so far, and what it has signed."""

    rating: UnitRating
    files: Sequence[FileInfo]

    @property
    def signing(self) -> tuple[SignedFile, ...]:
        """The files that a signature given now names."""
        return tuple(sorted((as_signed(f) for f in self.files), key=lambda f: (f.item_id, f.name)))

    @property
    def seal(self) -> str:
        """What tells whether something changed since a page was shown."""
        return seal_of(self.rating.sheet.packed, self.rating.sheet.texts, self.signing)

    @property
    def is_signed_as_it_is(self) -> bool:
        """Whether the standing signature covers all that is here now."""
        stands = self.rating.state in (RatingState.RATED, RatingState.NO_DEALINGS)
        return stands and set(self.signing) == set(self.rating.signed_files)

    @property
    def may_be_signed(self) -> bool:
        """Whether something is there to be signed, and nothing required is missing."""
        sheet = self.rating.sheet
        return not (sheet.is_blank or sheet.missed or sheet.too_long or self.is_signed_as_it_is)


def own_assessment(session: Session, desk: Desk, now: datetime) -> OwnAssessment:
    """Return where the self-assessment at a unit's link stands."""
    rating = ratings_at(session, desk, now)[0]
    return OwnAssessment(rating, files_of(session, rating.way.rating_pair_id or 0))


def signed_sheet(own: OwnAssessment, sheet_id: str, signed_by: str, now: datetime) -> WaitingSheet:
    """Return the sheet of a signed self-assessment, with the names of the files it rests on."""
    rating = own.rating
    return WaitingSheet(
        way=rating.way,
        sheet_id=UUID(hex=sheet_id),
        packed=rating.sheet.packed,
        texts=with_files(rating.sheet.texts, own.signing),
        seconds_bucket=seconds_bucket(rating.seconds) if rating.seconds else None,
        bucket_at=day_of(now),
        received_at=now,
        has_no_dealings=rating.sheet.has_ended,
        signed_by=signed_by,
    )
