"""What partner offices can meet: a list of who rates whom, a sheet to be given back."""

from collections.abc import Sequence

from survey.errors.family import InputError, SurveyError
from survey.errors.files import RefusedCell


class PairsRefused(InputError):
    """Rows of a list of who rates whom are wrong; carries each of them, and none was taken."""

    code = "pairs_refused"

    def __init__(self, cells: Sequence[RefusedCell]) -> None:
        super().__init__(count=len(cells))
        self.cells = tuple(sorted(cells, key=lambda cell: cell.row))


class OfficeNotFound(SurveyError):
    """No office, or no quota place of it, has such a code in this campaign."""

    code = "office_not_found"


class ReturnRefused(InputError):
    """An office's sheet cannot be given back, or not so; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class WithdrawRefused(InputError):
    """An office's ratings cannot be withdrawn, or not so; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class EvidenceRefused(InputError):
    """A file cannot be taken as evidence; `code` says why and what to do."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class SignatureRefused(InputError):
    """A self-assessment is not signed yet; `code` says what is missing."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code
