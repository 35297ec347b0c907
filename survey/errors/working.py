"""Why long work for an officer is not done: a job, its file, or the font it prints with."""

from survey.errors.family import InputError, SurveyError


class JobNotFound(SurveyError):
    """No such job of this officer, or its file has been erased."""

    code = "job_not_found"


class HandedOutGone(SurveyError):
    """The file of codes is not this officer's, or not there any more."""

    code = "handed_out_gone"


class JobRefused(InputError):
    """The work cannot be ordered now; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        super().__init__(**values)


class PrintFontRefused(InputError):
    """The font that is to be printed with cannot be embedded."""

    code = "print_font_refused"
