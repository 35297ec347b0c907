"""What can go wrong in the screens themselves.

ScreenError
├── BadForm              a body that no form of ours sends
├── NoSuchPage           an address whose object does not exist
└── ProofWanted          a sheet that must prove itself first
"""

from survey.errors import SurveyError


class ScreenError(SurveyError):
    """Base of what the screens raise on purpose."""

    code = "screen_error"


class BadForm(ScreenError):
    """The body is not a form: broken encoding, a field twice, too many fields."""

    code = "bad_form"


class NoSuchPage(ScreenError):
    """The address names something that is not there."""

    code = "no_such_page"


class ProofWanted(ScreenError):
    """A sheet that must prove that no machine sends it before it is stored."""

    code = "proof_wanted"
