"""Both languages say everything: same keys, same blanks to fill, no key that nobody wrote."""

import re
import string
from pathlib import Path

import pytest

import scales.agreement
import survey
import web
from scales import (
    AGREEMENT_WARNING_CODES,
    ITEM_WARNING_CODES,
    SAMPLE_RULES,
    SHEET_RULES,
    UNIT_WARNING_CODES,
    WARNING_CODES,
)
from survey import errors
from survey.item_analysis import TOO_FEW
from survey.item_analysis.raters import LEFT_OUT, RATED_TWICE
from survey.language import LOCALES, Catalogue, messages

SURVEY, WEB = (Path(package.__file__).parent for package in (survey, web))
CATALOGUES = {"survey": messages(), "web": Catalogue(WEB / "locales")}


def blanks(phrase: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(phrase) if field}


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_have_the_same_keys(name):
    chinese, english = (CATALOGUES[name].keys(locale) for locale in LOCALES)

    assert chinese ^ english == set()


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_fill_in_the_same_blanks(name):
    catalogue = CATALOGUES[name]
    differing = {}
    for key in catalogue.keys(LOCALES[0]) & catalogue.keys(LOCALES[1]):
        chinese, english = (blanks(catalogue._phrases[locale][key]) for locale in LOCALES)
        if chinese != english:
            differing[key] = chinese ^ english

    assert differing == {}


def test_every_error_with_a_code_of_its_own_has_a_sentence():
    codes = {
        error.__dict__["code"]
        for error in vars(errors).values()
        if isinstance(error, type) and "code" in error.__dict__
        if isinstance(error.__dict__["code"], str)
    }
    bases = {"survey_error", "input_error", "setup_error"}

    silent = {code for code in codes - bases if not messages().has(f"errors.{code}", "en")}

    assert silent == set()


@pytest.mark.parametrize(
    ("raised", "table"),
    [
        (r'(?:TableUnreadable|OutputRefused|ColumnMissing)\(\s*"(\w+)"', "errors"),
        (r'RefusedCell\(\s*"(\w+)"', "answers"),
    ],
)
def test_every_reason_to_refuse_a_file_has_a_sentence(raised, table):
    sources = "".join(path.read_text("utf-8") for path in SURVEY.glob("exchange/*.py"))
    codes = set(re.findall(raised, sources))

    assert len(codes) >= 2
    assert {code for code in codes if not messages().has(f"{table}.{code}", "en")} == set()


def test_every_other_reason_of_a_scoring_has_a_sentence():
    expected = {f"score.agreement_warning.{code}" for code in AGREEMENT_WARNING_CODES}
    expected |= {f"score.quality_rule.{rule}_title" for rule in (*SHEET_RULES, *SAMPLE_RULES)}
    expected |= {f"score.quality_rule.{rule}_means" for rule in (*SHEET_RULES, *SAMPLE_RULES)}

    assert {key for key in expected if not messages().has(key, "en")} == set()


@pytest.mark.parametrize(
    ("table", "sources", "known"),
    [
        ("agreement_warning", ("one_way", "dependability"), set(AGREEMENT_WARNING_CODES)),
        ("unit_warning", ("head_count",), set(UNIT_WARNING_CODES)),
        ("rater_warning", ("raters", "two_way"), {LEFT_OUT, RATED_TWICE}),
    ],
)
def test_every_reason_of_agreement_units_and_raters_has_a_sentence(table, sources, known):
    folder = Path(scales.agreement.__file__).parent
    raised = [
        line
        for source in sources
        for line in folder.joinpath(f"{source}.py").read_text("utf-8").splitlines()
        if "raise Undefined(" in line
    ]
    codes = known.union(*(re.findall(r'"(\w+)"', line) for line in raised))
    codes -= {"too_few_for_interval"}  # said of the score's own interval

    written = {key for key in messages().keys("en") if key.startswith(f"score.{table}.")}

    assert written == {f"score.{table}.{code}" for code in codes}


def test_every_warning_of_the_analysis_has_a_sentence():
    expected = {f"score.warning.scale.{code}" for code in (*WARNING_CODES, TOO_FEW)}
    expected |= {f"score.warning.item.{code}" for code in ITEM_WARNING_CODES}

    written = {key for key in messages().keys("en") if key.startswith("score.warning.")}

    assert written == expected
