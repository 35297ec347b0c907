"""What inviting people by e-mail can meet."""

from collections.abc import Sequence

from survey.errors.family import InputError, SurveyError
from survey.errors.files import RefusedCell


class RosterRowRefused(InputError):
    """A row of a list of addresses that cannot stand so; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class RosterRefused(InputError):
    """Rows of a list of addresses are wrong; carries each of them, and none was taken."""

    code = "roster_refused"

    def __init__(self, file: str, cells: Sequence[RefusedCell]) -> None:
        super().__init__(file=file, count=len(cells))
        self.cells = tuple(cells)


class InvitationRefused(InputError):
    """An invitation or a reminder cannot be sent so; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class MailServerUnavailable(SurveyError):
    """The mail server cannot be reached, or does not let us in."""

    code = "mail_server_unavailable"
