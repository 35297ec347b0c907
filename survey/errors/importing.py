"""Why answers collected elsewhere are not taken in."""

from survey.errors.family import InputError


class ImportRefused(InputError):
    """A file of answers from elsewhere cannot be taken in, or not so; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code
