"""The base of every error, and its two broad kinds."""


class SurveyError(Exception):
    """Base of everything `survey` raises on purpose."""

    code = "survey_error"

    def __init__(self, **values: object) -> None:
        super().__init__(f"{self.code} {values}" if values else self.code)
        self.values = values


class InputError(SurveyError):
    """Something that was handed in is wrong; the message names where, and the remedy."""

    code = "input_error"


class SetupError(SurveyError):
    """The machine, the database or a setting does not allow the service to run."""

    code = "setup_error"
