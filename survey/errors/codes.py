"""Why cards, receipt codes and screens are not made, and what keeps two persons from a step."""

from survey.errors.family import InputError, SurveyError


class CodesRefused(InputError):
    """Cards, receipt codes or screens cannot be made so; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class BatchHandedOut(SurveyError):
    """The batch of this request was handed out before; its codes are not kept."""

    code = "batch_handed_out"


class ProposalNotFound(SurveyError):
    """No proposal has this code."""

    code = "proposal_not_found"


class ProposalRefused(InputError):
    """A proposal cannot be made or decided so; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code
