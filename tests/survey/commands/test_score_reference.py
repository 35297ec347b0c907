"""`minyi score` on the reference file, against what R computed."""

import csv
import json
import math
from hashlib import sha256

import pytest
from answers_files import HEADER, ITEM, SCALES
from reference_cases import FOLDER
from run_minyi import minyi
from scipy.stats import t

COOPERATION = FOLDER / "cooperation"
REFERENCE = json.loads((COOPERATION / "values.json").read_text("utf-8"))

OF_SCALE = {
    "alpha_raw": ("alpha",),
    "alpha_std": ("alpha_standardized",),
    "guttman_lambda6": ("lambda6",),
    "average_r": ("average_r",),
    "median_r": ("median_r",),
    "first_eigenvalue": ("first_eigenvalue",),
}
OF_LISTWISE = {
    "n": ("n_complete",),
    "alpha_ci_feldt_lower": ("alpha_ci95", 0),
    "alpha_ci_feldt_upper": ("alpha_ci95", 1),
}
OF_PAIRWISE = {
    "alpha_ci_feldt_n_any_answer_lower": ("alpha_ci95", 0),
    "alpha_ci_feldt_n_any_answer_upper": ("alpha_ci95", 1),
    "scale_mean_of_person_means": ("mean_points",),
    "scale_sd_of_person_means": ("sd_points",),
}
OF_ITEM = {
    "item_n": "n",
    "item_mean": "mean",
    "item_sd": "sd",
    "item_skew": "skew",
    "item_kurtosis": "kurtosis",
    "floor_share": "floor_share",
    "ceiling_share": "ceiling_share",
    "item_rest_r_drop": "r_drop",
    "item_total_r_raw": "r_total",
    "item_total_r_std": "r_total_standardized",
    "item_total_r_cor": "r_corrected",
    "alpha_raw_if_dropped": "alpha_if_dropped",
    "alpha_std_if_dropped": "alpha_standardized_if_dropped",
    "guttman_lambda6_if_dropped": "lambda6_if_dropped",
}
OF_SCORES = {
    "score_n": ("n",),
    "score_mean": ("mean_points",),
    "score_sd": ("sd_points",),
    "score_0_100_mean": ("mean_percent",),
}
OF_WEIGHTED = {
    "weighted_mean_percent": ("mean_percent",),
    "weighted_mean_percent_ci_lower": ("ci95_percent", 0),
    "weighted_mean_percent_ci_upper": ("ci95_percent", 1),
    "weighted_n": ("weighted", "n"),
    "kish_effective_n": ("weighted", "effective_n"),
}


def questionnaire() -> str:
    parts = [HEADER]
    for name, described in REFERENCE["scales"].items():
        parts.append(SCALES.format(id=name, title=name) + 'min_answered = "1/4"\n')
        for item in described["items"]:
            keyed = "-" if item in described["reverse"] else "+"
            parts.append(ITEM.format(id=item, scale=name, format="AG5", keyed=keyed, unit=""))
    return "".join(parts)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """The JSON of three runs and the CSV of scores."""
    folder = tmp_path_factory.mktemp("reference")
    (folder / "q.toml").write_text(questionnaire(), "utf-8")
    runs = {
        "listwise": ["--missing", "listwise"],
        "pairwise": ["--by", "unit", "--by", "audience,unit", "--scores-csv", "scores.csv"],
        "weighted": ["--weight", "weight", "--by", "audience"],
    }
    found = {}
    for name, options in runs.items():
        done = minyi(
            "score",
            "q.toml",
            COOPERATION / "data.csv",
            "--json",
            "out.json",
            *options,
            folder=folder,
        )
        assert done.returncode == 0, done.stderr
        found[name] = json.loads((folder / "out.json").read_text("utf-8"))
    with (folder / "scores.csv").open(encoding="utf-8", newline="") as lines:
        found["scores"] = list(csv.DictReader(lines))
    return found


def at(place, path):
    for key in path:
        place = place[key]
    return place


def records(statistics, missing):
    return [
        record
        for record in REFERENCE["records"]
        if record["statistic"] in statistics and record["missing"] == missing
    ]


def agree(ours, record):
    return ours == pytest.approx(record["value"], abs=max(record["tolerance"], 1e-12), rel=0)


@pytest.mark.parametrize(
    ("run", "missing", "keys"),
    [
        ("listwise", "listwise", OF_SCALE | OF_LISTWISE),
        ("pairwise", "pairwise", OF_SCALE | OF_PAIRWISE),
        ("pairwise", "available-item mean", OF_SCORES),
        ("weighted", "available-item mean", OF_WEIGHTED),
    ],
)
def test_figures_of_scales_are_those_of_r(results, run, missing, keys):
    found = records(keys, missing)

    assert len(found) == 3 * len(keys)
    for record in found:
        ours = at(results[run]["scales"][record["scale"]], keys[record["statistic"]])
        assert agree(ours, record), record


@pytest.mark.parametrize("missing", ["listwise", "pairwise"])
def test_figures_of_items_are_those_of_r(results, missing):
    found = records(OF_ITEM, missing)

    assert len(found) == 12 * len(OF_ITEM)
    for record in found:
        item = results[missing]["scales"][record["scale"]]["by_item"][record["item"]]
        assert agree(item[OF_ITEM[record["statistic"]]], record), record


def test_counts_are_of_raw_answers(results):
    for record in records(["raw_item_count"], "pairwise"):
        item = results["pairwise"]["scales"][record["scale"]]["by_item"][record["item"]]
        assert item["counts"][str(record["category"])] == record["value"], record


def test_groups_are_those_of_r(results):
    units = results["pairwise"]["by"]["unit"]

    for record in records(["unit_mean_percent", "unit_n"], "available-item mean"):
        ours = units[record["unit"]]["scales"][record["scale"]]
        key = "n" if record["statistic"] == "unit_n" else "mean_percent"
        assert agree(ours[key], record), record
    assert sum(group["n"] for group in units.values()) == results["pairwise"]["sheets"] == 300


def test_weighted_groups_are_domains_of_the_whole_file(results):
    for record in records(["weighted_mean_percent_by_audience"], "available-item mean"):
        ours = results["weighted"]["by"]["audience"][record["group"]]["scales"][record["scale"]]
        assert agree(ours["mean_percent"], record), record
    for record in records(["weighted_se_percent_by_audience"], "available-item mean"):
        ours = results["weighted"]["by"]["audience"][record["group"]]["scales"][record["scale"]]
        low, high = ours["ci95_percent"]
        assert agree((high - low) / 2 / t.ppf(0.975, 299), record), record


def test_small_crossed_groups_are_withheld_and_large_ones_shown(results):
    for label, group in results["pairwise"]["by"]["audience,unit"].items():
        audience, unit = label.split(",")
        assert (audience in {"staff", "partner", "citizen"}, unit[0]) == (True, "U")
        for scale in group["scales"].values():
            is_withheld = scale["mean_percent"] is None
            assert is_withheld is (scale["n"] < 5)
            assert ("too_few" in scale["warnings"]) is is_withheld


def test_scores_of_people_are_those_of_r(results):
    with (COOPERATION / "scores.csv").open(encoding="utf-8", newline="") as lines:
        expected = list(csv.DictReader(lines))

    assert [row["row"] for row in results["scores"]] == [str(n) for n in range(1, 301)]
    for ours, theirs in zip(results["scores"], expected, strict=True):
        for scale in REFERENCE["scales"]:
            points = float(ours[f"{scale}_points"] or "nan")
            assert points == pytest.approx(float(theirs[scale] or "nan"), abs=1e-9, nan_ok=True)
            percent = float(ours[f"{scale}_percent"] or "nan")
            assert percent == pytest.approx((points - 1) * 25, abs=1e-9, nan_ok=True)


def test_no_figure_is_written_as_a_number_it_is_not(results):
    def numbers(value):
        if isinstance(value, dict):
            return [n for part in value.values() for n in numbers(part)]
        if isinstance(value, list):
            return [n for part in value for n in numbers(part)]
        return [value] if isinstance(value, float) else []

    assert all(map(math.isfinite, numbers([results["pairwise"], results["weighted"]])))


def test_the_digest_is_of_the_questionnaire_as_it_stands(results):
    expected = "sha256:" + sha256(questionnaire().encode()).hexdigest()

    assert results["listwise"]["questionnaire"]["digest"] == expected
