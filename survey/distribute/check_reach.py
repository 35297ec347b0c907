"""Check a draft's questionnaire: is it written for who answers, and does anything count it."""

from collections.abc import Iterator, Sequence

from scales import Questionnaire
from survey.distribute.remark import Remark, Step
from survey.rules.audience import Audience
from survey.rules.scoring.reach import audience_written_for, is_fed
from survey.rules.scoring.scoring_plan import Source
from survey.storage.tables import Campaign


def check_reach(
    draft: Campaign, questionnaire: Questionnaire, sources: Sequence[Source]
) -> Iterator[Remark]:
    """Return what is odd: another audience than it addresses, scores that go nowhere."""
    audience = Audience(draft.audience)
    meant = audience_written_for(questionnaire, sources)
    if meant not in (None, audience):
        values = {"written_for": meant, "audience": audience}
        yield Remark("written_for_other", Step.UNITS, is_grave=True, values=values)
        return
    of_audience = {each.questionnaire for each in sources if each.audience == audience}
    if not sources or (audience is Audience.SELF and not of_audience):
        return  # a self-assessment is set beside the others' scores, and seldom counted
    if is_fed(sources, audience, questionnaire.id, (scale.id for scale in questionnaire.scales)):
        return
    yield _feeds_nothing(audience, questionnaire.id, of_audience)


def _feeds_nothing(audience: Audience, questionnaire: str, of_audience: set[str]) -> Remark:
    code = "feeds_nothing"
    if questionnaire in of_audience:
        code = "feeds_nothing_of_its_scales"
    elif not of_audience:
        code = "feeds_nothing_of_audience"
    values = {
        "audience": audience,
        "questionnaire": questionnaire,
        "counted": "、".join(sorted(of_audience)),
    }
    return Remark(code, Step.QUESTIONNAIRE, is_grave=True, values=values)
