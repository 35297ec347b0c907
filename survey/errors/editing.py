"""What editing a questionnaire can meet."""

from survey.errors.family import InputError, SurveyError


class EditRefused(InputError):
    """An edit that cannot be made so; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class DraftChanged(SurveyError):
    """Somebody else changed the same part of the draft since this page was shown."""

    code = "draft_changed"
