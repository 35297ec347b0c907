"""Rules that cannot look at a questionnaire say so, and have one name everywhere."""

import pytest
from console_visit import EVALUATION

from scales import SAMPLE_RULES, SHEET_RULES
from survey.language import LOCALES, messages
from survey.rules.ways_in.arrival import ARRIVAL_RULES
from web.templating import screen_phrases

QUALITY = "/console/campaigns/camp-citizen/quality"
RULES = f"/console/evaluations/{EVALUATION}/rules"


def test_the_quality_page_names_what_was_not_checked_apart_from_what_was_not_found(officer):
    page = officer.get(QUALITY).text

    not_found = page.partition("没有发现：")[2].partition("。")[0]
    assert "答得太少" in not_found
    assert "一路同选" not in not_found
    assert "未检查（题数不够）：" in page
    assert "这份问卷题数不够，未检查。" in page


def test_the_rules_page_names_the_questionnaires_a_rule_does_not_look_at(officer):
    page = officer.get(RULES).text

    assert "”题数不够，未检查。" in page


@pytest.mark.parametrize("locale", LOCALES)
def test_a_rule_has_one_name_in_the_report_and_in_the_console(locale):
    prefix = "console.quality.rule."
    console = {
        key.removeprefix(prefix): screen_phrases().phrase(key, locale)
        for key in screen_phrases().keys(locale)
        if key.startswith(prefix)
    }

    assert set(console) == {*SHEET_RULES, *SAMPLE_RULES, *ARRIVAL_RULES}
    for rule in (*SHEET_RULES, *SAMPLE_RULES):  # the report is of files, where nothing arrives
        assert console[rule] == messages().phrase(f"score.quality_rule.{rule}_title", locale)
