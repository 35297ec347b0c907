import re
from pathlib import Path

import pytest

import scales.comparison
import scales.weighting
from scales import COMPARISON_WARNING_CODES, MarginsContradict, rake
from survey.language import LOCALES, messages


def raised(package, pattern):
    sources = Path(package.__file__).parent.glob("*.py")
    return set(re.findall(pattern, "".join(each.read_text("utf-8") for each in sources)))


def test_every_reason_a_comparison_may_have_is_in_the_list():
    assert raised(scales.comparison, r'Undefined\("(\w+)"\)') == set(COMPARISON_WARNING_CODES)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_against_a_comparison_has_a_sentence(locale):
    written = {key for key in messages().keys(locale) if key.startswith("comparison.warning.")}

    assert written == {f"comparison.warning.{code}" for code in COMPARISON_WARNING_CODES}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_contradiction_of_margins_has_a_sentence(locale):
    reasons = raised(scales.weighting, r'MarginsContradict\(.*"(\w+)"\)')
    written = {key for key in messages().keys(locale) if key.startswith("weighting.")}

    assert len(reasons) == 5
    assert written == {f"weighting.margins_contradict.{reason}" for reason in reasons}


def test_the_sentence_names_margin_and_level():
    with pytest.raises(MarginsContradict) as caught:
        rake({"sex": ["f", "f"]}, {"sex": {"f": 1, "m": 1}})
    key = f"weighting.{caught.value.code}.{caught.value.reason}"

    sentence = messages().phrase(
        key, "zh-Hans", margin=caught.value.margin, level=caught.value.level
    )

    assert sentence.startswith("总体构成里，“sex”有“m”这一类")
