"""What a posted form or a link can meet."""

from survey.errors.family import InputError, SurveyError


class DatabaseUnavailable(SurveyError):
    """The database does not answer just now; trying again later helps."""

    code = "database_unavailable"


class WriterFull(SurveyError):
    """More sheets wait to be written than the queue holds."""

    code = "writer_full"


class LinkNotFound(SurveyError):
    """No link has this code."""

    code = "link_not_found"


class ProofRefused(SurveyError):
    """A solved challenge that is wrong, too old, meant for another sheet, or spent already."""

    code = "proof_refused"


class QuestionnaireVersionNotFound(SurveyError):
    """No questionnaire version has this key."""

    code = "questionnaire_version_not_found"


class UnreadableForm(InputError):
    """A form that our own answer page cannot have sent."""

    code = "unreadable_form"


class DuplicateField(UnreadableForm):
    """The same field came twice; neither value is taken."""

    code = "duplicate_field"


class UnknownField(UnreadableForm):
    """A field that belongs to no item of the questionnaire."""

    code = "unknown_field"


class UnknownPosition(UnreadableForm):
    """An answer that the item does not offer."""

    code = "unknown_position"
