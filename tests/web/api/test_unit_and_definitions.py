"""The feed's unit report, and what its figures are by name."""

from dataclasses import fields

from console_visit import EVALUATION

from scales import ItemAnalysis, ScaleAnalysis
from survey.report.definitions import defined_names, figure_definitions
from survey.results import ScaleScore, UnitChange
from survey.rules.scoring.invariance import ItemInvariance
from survey.rules.scoring.standing import Agreement, AudienceDifference

BASE = f"/api/v1/evaluations/{EVALUATION}"
NAMED_OTHERWISE = {  # a name, not a figure; or said under another name
    "items",
    "warnings",
    "by_item",
    "keyed",
    "weighted",
    "bootstrap",
    "split_half",
    "scale",
    "title",
    "is_enough_for_grade",
    "not_shown",
    "interval_not_shown",
    "not_graded",
    "unit_count",
    "people",
    "campaigns",
    "items_withheld",
    "item",
    "warning",
    "unit",
    "name",
    "category",
    "band",
}
FIGURES_OF = (
    ScaleScore,
    ScaleAnalysis,
    ItemAnalysis,
    Agreement,
    AudienceDifference,
    ItemInvariance,
    UnitChange,
)


def test_every_figure_of_the_feed_is_defined():
    named = {field.name for kind in FIGURES_OF for field in fields(kind)}

    assert named - NAMED_OTHERWISE <= set(defined_names())


def test_definitions_say_each_figure_in_both_languages_with_its_bands(feed):
    found = {each["name"]: each for each in feed.get("/api/v1/definitions").json()}

    assert set(found) == set(defined_names())
    assert all(set(each["words"]) == {"zh-Hans", "en"} for each in found.values())
    alpha = found["alpha"]
    assert "k/(k − 1)" in alpha["formula"]
    assert "psych::alpha" in alpha["r"]
    assert "Cronbach" in alpha["reference"]
    assert [band["limit"] for band in alpha["bands"]] == [0.9, 0.8, 0.7, 0.6, None]
    assert alpha["bands"][0]["sentence"]["zh-Hans"].endswith("。")
    assert [band["band"] for band in found["icc1"]["bands"]][-2:] == ["nothing", "chance"]


def test_p_is_never_said_to_be_how_likely_chance_is():
    words = {each.name: each.words for each in figure_definitions()}

    for name in ("p", "p_uniform", "p_non_uniform"):
        assert words[name]["zh-Hans"].startswith("若")
        assert words[name]["en"].startswith("If")
        assert "or larger" in words[name]["en"] or "or more" in words[name]["en"]


def test_a_formula_comes_from_the_function_that_computes_the_figure():
    by_name = {each.name: each for each in figure_definitions()}

    assert by_name["icc1"].function == "scales.agreement.one_way.one_way"
    assert by_name["shrunken_percent"].function.endswith("shrunken_means")
    assert by_name["standing"].function.endswith("rank_intervals")


def test_a_unit_comes_with_its_rankings_and_the_limits_of_the_plan(feed):
    report = feed.get(f"{BASE}/units/U1").json()

    assert report["unit"]["code"] == "U1"
    assert {r["by"] for r in report["rankings"]} == {"total", "score", "scale"}
    citizens = next(r for r in report["rankings"] if r["campaign"] == "camp-citizen")
    places = [unit["standing"]["place"] for unit in citizens["units"]]
    assert places == sorted(places)
    assert report["limits"]["reliability_good"] == 0.8
    assert feed.get(f"{BASE}/units/U-none").status_code == 404


def test_the_feed_hides_what_the_page_hides(feed):
    report = feed.get(f"{BASE}/units/U3").json()

    staff = next(cell for cell in report["unit"]["cells"] if cell["audience"] == "staff")
    for name in ("top", "reliability", "more_answers", "shrunken_percent", "standing"):
        assert staff["scores"][0][name] is None
    ranking = next(r for r in report["rankings"] if r["campaign"] == "camp-staff")
    hidden = next(unit for unit in ranking["units"] if unit["code"] == "U3")
    assert (hidden["value"], hidden["standing"]) == (None, None)
