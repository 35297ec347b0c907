"""What a questionnaire is for: whom its words address, and which sources take its scores."""

from collections.abc import Iterable, Sequence

from scales import Questionnaire
from survey.rules.audience import Audience
from survey.rules.scoring.scoring_plan import Source

# the questionnaires that come with the program
_WRITTEN_FOR = {
    "staff-establishment": Audience.STAFF,
    "partner-cooperation": Audience.PARTNER,
    "citizen-service": Audience.CITIZEN,
    "unit-self": Audience.SELF,
}


def audience_written_for(
    questionnaire: Questionnaire, sources: Sequence[Source]
) -> Audience | None:
    """Return whom a questionnaire addresses, None where neither its id nor its scales tell.

    A copy under another id keeps its scales, and sources say whose scores on them count.
    """
    if questionnaire.id in _WRITTEN_FOR:
        return _WRITTEN_FOR[questionnaire.id]
    own = [each for each in sources if each.questionnaire == questionnaire.id]
    scales = {scale.id for scale in questionnaire.scales}
    audiences = {each.audience for each in own or sources if each.scale in scales}
    return audiences.pop() if len(audiences) == 1 else None


def is_fed(
    sources: Iterable[Source], audience: Audience, questionnaire: str, scales: Iterable[str]
) -> bool:
    """Whether some source takes one of these scales, of this questionnaire and audience."""
    taken = {(audience, questionnaire, scale) for scale in scales}
    return any((each.audience, each.questionnaire, each.scale) in taken for each in sources)
