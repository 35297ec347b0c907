"""Who may not do what."""

from survey.errors.family import InputError, SurveyError


class NotSignedIn(SurveyError):
    """Nobody is signed in, or the session has ended."""

    code = "not_signed_in"


class MayNotChange(SurveyError):
    """The officer's role reads and changes nothing."""

    code = "may_not_change"


class TokenRefused(SurveyError):
    """No feed token, or one that was revoked."""

    code = "token_refused"


class OfficerNotFound(InputError):
    """No officer has this name."""

    code = "officer_not_found"


class NameTaken(InputError):
    """An officer has this name already."""

    code = "name_taken"


class WeakPassword(InputError):
    """The password is too short, too long or too simple."""

    code = "weak_password"
