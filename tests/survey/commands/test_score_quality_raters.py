"""`minyi score` on the quality of sheets, on raters, and on head counts."""

import json

import pytest
from answers_files import questionnaire_file, write_csv
from run_minyi import minyi

HEADER = ["unit", "w", "A1", "A2", "A3"]
ROWS = [
    HEADER,
    *[["一科", 1, 5, 1, 4], ["一科", 2, 4, 2, 4], ["二科", 1, 2, 4, 3]] * 3,
    ["三科", 1, 1, "DK", ""],
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "q.toml").write_bytes(questionnaire_file())
    write_csv(tmp_path / "a.csv", ROWS)
    return tmp_path


def test_the_quality_of_each_sheet_is_a_row_and_the_summary_counts_flags(folder):
    straight = [["x", 1, 3, 3, 3]] * 3
    write_csv(
        folder / "s.csv", [[*ROWS[0], "seconds"], *[[*row, 1] for row in ROWS[1:] + straight]]
    )

    done = minyi(
        "score", "q.toml", "s.csv", "--quality-csv", "q.csv", "--lang", "en", folder=folder
    )

    assert (done.returncode, done.stderr) == (0, "")
    lines = (folder / "q.csv").read_text("utf-8").splitlines()
    assert len(lines) == len(ROWS) + 3
    assert lines[0].startswith("row,longstring,irv,even_odd,")
    assert "too_fast" in lines[1].split(",")[-1]
    assert "12 of 13 sheets" in done.stdout
    assert "Too fast 12" in done.stdout


def test_raters_of_the_same_targets_are_compared_on_the_part_that_is_whole(folder):
    header = ["target", "rater", "A1", "A2", "A3"]
    rated = [
        [f"T{target}", f"R{rater}", 1 + target % 5, 5 - target % 5, 1 + (target + rater) % 5]
        for target in range(6)
        for rater in range(3)
    ]
    write_csv(folder / "r.csv", [header, *rated[:-1], rated[0], ["", "R0", 1, 1, 1]])

    done = minyi(
        "score", "q.toml", "r.csv", "--raters", "target,rater", "--json", "o.json", folder=folder
    )

    assert done.returncode == 0, done.stderr
    found = json.loads((folder / "o.json").read_text("utf-8"))["rater_agreement"]["ease"]
    assert (found["targets"], found["raters"]) == (5, 3)
    assert found["warnings"] == ["not_balanced", "rated_twice"]
    assert list(found["iccs"]) == ["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]
    assert "评全的对象 5 个，评分人 3 个" in done.stdout


def test_head_counts_give_response_rates_and_a_wrong_file_is_refused(folder):
    write_csv(folder / "h.csv", [["group", "head_count"], ["一科", 8]])
    write_csv(folder / "bad.csv", [["group", "head_count"], ["一科", "many"]])
    command = ["score", "q.toml", "a.csv", "--by", "unit", "--minimum", "3", "--html", "o.html"]

    done = minyi(*command, "--head-counts", "h.csv", folder=folder)
    wrong = minyi(*command, "--head-counts", "bad.csv", folder=folder)

    assert done.returncode == 0, done.stderr
    page = (folder / "o.html").read_text("utf-8")
    assert "回收率" in page
    assert "75.0%" in page
    assert wrong.returncode == 1
    assert "第 2 行：分组“一科”的人数“many”不对" in wrong.stderr


def test_bootstrap_intervals_are_the_same_each_time(folder):
    found = []
    for name in ("1.json", "2.json"):
        done = minyi("score", "q.toml", "a.csv", "--bootstrap", "60", "--json", name, folder=folder)
        assert done.returncode == 0, done.stderr
        found.append(json.loads((folder / name).read_text("utf-8"))["scales"]["ease"]["bootstrap"])

    assert found[0] == found[1]
    assert found[0]["resamples"] == 60
    low, high = found[0]["ci95"]["mean_percent"]
    assert low < high


@pytest.mark.parametrize(
    "options", [["--raters", "unit"], ["--raters", "unit,unit"], ["--bootstrap", "-1"]]
)
def test_wrong_usage_ends_with_two_and_computes_nothing(folder, options):
    done = minyi("score", "q.toml", "a.csv", *options, folder=folder)

    assert (done.returncode, done.stdout) == (2, "")


def test_groups_that_chance_alone_could_part_are_not_said_to_differ(folder):
    rows = [["甲", 1, 5, 1, 5], ["甲", 1, 4, 2, 3], ["乙", 1, 2, 4, 2], ["乙", 1, 4, 2, 4]] * 2
    write_csv(folder / "g.csv", [HEADER, *rows])

    done = minyi("score", "q.toml", "g.csv", "--by", "unit", "--minimum", "2", folder=folder)

    assert "各组之间差别可能只是偶然（ICC(1) 0.40" in done.stdout
