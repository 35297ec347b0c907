"""`minyi score`: agreement, raters and quality of sheets, against what R computed."""

import csv
import json

import pytest
from answers_files import ITEM, SCALES, write_csv
from reference_cases import FOLDER
from run_minyi import minyi

FORMAT = """
id = "reference"
version = 1
title = {{ zh-Hans = "对照", en = "Reference" }}

[formats.F]
points = {points}
labels = {{ zh-Hans = ["低", "高"], en = ["Low", "High"] }}
"""
OF_UNIT = {
    "unit_n": "n",
    "unit_mean": "mean_points",
    "rwg_j_uniform": "rwg",
    "ad_m_mean": "ad",
    "shrunken_unit_mean_anova": "shrunken_mean_points",
    "unit_mean_reliability_anova": "reliability",
}
OF_ICC = {
    "ICC": ("icc",),
    "F": ("f",),
    "df1": ("df1",),
    "df2": ("df2",),
    "p": ("p",),
    "lower_bound": ("ci95", 0),
    "upper_bound": ("ci95", 1),
}


def reference(name):
    return json.loads((FOLDER / name / "values.json").read_text("utf-8"))


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def questionnaire(scales, points):
    parts = [FORMAT.format(points=points)]
    for name, items in scales.items():
        parts.append(SCALES.format(id=name, title=name))
        parts += [
            ITEM.format(id=item, scale=name, format="F", keyed=keyed, unit="")
            for item, keyed in items.items()
        ]
    return "".join(parts)


def scored(folder, text, answers, *options):
    (folder / "q.toml").write_text(text, "utf-8")
    done = minyi("score", "q.toml", answers, *options, "--json", "o.json", folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "o.json").read_text("utf-8"))


def agree(ours, record):
    if record["value"] is None:
        return ours is None
    return ours == pytest.approx(record["value"], abs=max(record["tolerance"], 1e-9), rel=0)


def test_agreement_of_units_is_that_of_r(tmp_path):
    records = reference("units")["records"]
    text = questionnaire({"climate": {f"c{n}": "+" for n in range(1, 7)}}, 5)

    result = scored(tmp_path, text, FOLDER / "units" / "data.csv", "--by", "unit", "--minimum", "1")

    found = result["agreement"]["unit"]["climate"]
    assert len(found["units"]) == 40
    compared = 0
    for record in records:
        name = record["statistic"]
        if name in ("icc1_anova", "icc2_anova"):
            assert agree(found[name.removesuffix("_anova")], record)
        elif name == "answers_needed_for_reliability":
            assert found["answers_needed"][str(record["target"])] == record["value"]
        elif name in OF_UNIT:
            assert agree(found["units"][record["unit"]][OF_UNIT[name]], record), record
        else:
            continue
        compared += 1
    assert compared == 40 * len(OF_UNIT) + 2 + 3


@pytest.mark.parametrize("prefix", ["r", "z"])
def test_intraclass_correlations_of_raters_are_those_of_r(tmp_path, prefix):
    table = rows_of(FOLDER / "raters" / "data.csv")
    long = [
        [f"T{target:02d}", f"{prefix}{rater}", row[f"{prefix}{rater}"]]
        for target, row in enumerate(table)
        for rater in range(1, 7)
    ]
    answers = write_csv(tmp_path / "long.csv", [["target", "rater", "A1"], *long])
    scale = {"r": "real", "z": "noise"}[prefix]

    result = scored(
        tmp_path, questionnaire({scale: {"A1": "+"}}, 10), answers, "--raters", "target,rater"
    )

    found = result["rater_agreement"][scale]
    assert (found["targets"], found["raters"], found["warnings"]) == (30, 6, [])
    records = [
        record
        for record in reference("raters")["records"]
        if record["scale"] == scale and record.get("method") == "anova"
        if record["statistic"].startswith("icc_")
    ]
    assert len(records) == 42
    for record in records:
        _, kind, figure = record["statistic"].split("_", 2)
        ours = found["iccs"][kind]
        for key in OF_ICC[figure]:
            ours = ours[key]
        assert agree(ours, record), record


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("longstring", "longstring"),
        ("irv", "irv"),
        ("mahalanobis_d2", "mahalanobis"),
        ("evenodd", "even_odd"),
        ("psychsyn_040", "synonyms"),
        ("psychant_025", "antonyms"),
    ],
)
def test_the_quality_of_sheets_is_that_of_r(careless, theirs, ours):
    expected = rows_of(FOLDER / "careless" / "quality.csv")

    assert len(careless) == len(expected) == 400
    for row, known in zip(careless, expected, strict=True):
        assert (row[ours] == "") is (known[theirs] in ("", "NA"))
        if row[ours]:
            assert float(row[ours]) == pytest.approx(float(known[theirs]), abs=1e-7)


@pytest.fixture(scope="module")
def careless(tmp_path_factory):
    """The rows of --quality-csv for the careless sheets."""
    folder = tmp_path_factory.mktemp("careless")
    described = reference("careless")["scales"]
    scales = {
        name: {
            item: "-" if item in described["all"]["reverse"] else "+"
            for item in described[name]["items"]
        }
        for name in "ABCDE"
    }
    scored(
        folder, questionnaire(scales, 5), FOLDER / "careless" / "data.csv",
        "--quality-csv", "q.csv", "--synonym-r", "0.4", "--antonym-r", "-0.25",
    )  # fmt: skip
    return rows_of(folder / "q.csv")


def test_flags_find_the_careless_and_leave_the_careful_alone(careless):
    truth = [row["truth"] for row in rows_of(FOLDER / "careless" / "data.csv")]
    flagged = {kind: [0, 0] for kind in set(truth)}
    for row, kind in zip(careless, truth, strict=True):
        flagged[kind][0] += bool(row["flags"])
        flagged[kind][1] += 1

    assert flagged["careful"][0] <= 0.02 * flagged["careful"][1]
    assert all(flagged[kind][0] >= 0.95 * flagged[kind][1] for kind in ("straight", "random")), (
        flagged
    )
