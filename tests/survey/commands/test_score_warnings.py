"""What `minyi score` warns of: keys, rules that do not look, head counts, ratings left out."""

import json
import random

import pytest
from answers_files import write_csv
from run_minyi import minyi

QUESTIONNAIRE = """
id = "six"
version = 1
title = { zh-Hans = "六题", en = "Six" }
[formats.F]
labels.zh-Hans = ["一", "二", "三", "四", "五"]
labels.en = ["one", "two", "three", "four", "five"]
[[scales]]
id = "s"
title = { zh-Hans = "好办", en = "Good" }
"""
ITEM = """
[[items]]
id = "A{number}"
scale = "s"
format = "F"
keyed = "{keyed}"
text = {{ zh-Hans = "题{number}", en = "Item {number}" }}
"""
ITEMS = [f"A{number}" for number in range(6)]


def file_with(reverse):
    keys = ["-" if number in reverse else "+" for number in range(6)]
    return QUESTIONNAIRE + "".join(
        ITEM.format(number=number, keyed=keyed) for number, keyed in enumerate(keys)
    )


@pytest.fixture
def folder(tmp_path):
    drawn = random.Random(5)
    rows = []
    for person in range(120):
        trait = drawn.gauss(0, 1)
        answers = [min(5, max(1, round(3 + trait + drawn.gauss(0, 0.8)))) for _ in ITEMS]
        rows.append([f"U{person % 3}", f"R{person % 40}", *answers])
    write_csv(tmp_path / "a.csv", [["unit", "rater", *ITEMS], *rows])
    (tmp_path / "right.toml").write_text(file_with([]), "utf-8")
    (tmp_path / "wrong.toml").write_text(file_with([2]), "utf-8")
    return tmp_path


def run(folder, *arguments):
    done = minyi("score", *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return done


def test_a_wrong_key_is_said_before_anything_positive(folder):
    done = run(folder, "wrong.toml", "a.csv", "--by", "unit", "--html", "o.html")

    page = (folder / "o.html").read_text("utf-8")
    warning = "先不要使用这个得分：请先核对 A2 的正反向"
    assert f"！好办：{warning}" in done.stdout
    assert page.count(warning) == 2  # the scale's page and the groups
    assert "核对 A2 的正反向以后，再看信度" in page
    assert "得分可以使用" not in page
    assert "放心看" not in page


def test_right_keys_bring_no_such_warning(folder):
    done = run(folder, "right.toml", "a.csv", "--html", "o.html")

    assert "核对" not in done.stdout
    assert "先不要使用" not in (folder / "o.html").read_text("utf-8")


def test_a_rule_that_cannot_look_is_not_checked_in_summary_report_and_json(folder):
    outputs = ["--html", "o.html", "--json", "o.json"]

    done = run(folder, "right.toml", "a.csv", "--lang", "en", *outputs)

    rules = json.loads((folder / "o.json").read_text("utf-8"))["quality"]["rules"]
    straight = {"flagged": None, "share": None, "reason": "too_few_items"}
    assert rules["straight_line"] == straight
    assert rules["burst"]["reason"] == "no_arrivals"
    assert rules["incomplete"] == {"flagged": 0, "share": 0.0, "reason": None}
    assert "not checked (too few items): Straight line" in done.stdout
    assert "not checked: too few items" in (folder / "o.html").read_text("utf-8")


def test_head_counts_that_cannot_be_right_are_named_with_file_and_row(folder):
    write_csv(folder / "h.csv", [["group", "head_count"], ["U0", 90], ["U1", 5], ["U9", 7]])

    done = run(folder, "right.toml", "a.csv", "--by", "unit", "--head-counts", "h.csv")

    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert "h.csv 第 3 行的分组“U1”有 40 份答卷，人数却只有 5" in lines[0]
    assert "h.csv 第 4 行的分组“U9”在答卷里没有" in lines[1]


def test_head_counts_without_groups_are_wrong_usage(folder):
    write_csv(folder / "h.csv", [["group", "head_count"], ["U0", 90]])

    done = minyi("score", "right.toml", "a.csv", "--head-counts", "h.csv", folder=folder)

    assert (done.returncode, done.stdout) == (2, "")
    assert "--by" in done.stderr


def test_ratings_left_out_are_said_in_the_terminal(folder):
    rated = [[f"U{t}", f"R{r}", *[1 + (t + r + i) % 5 for i in range(6)]] for t in range(4)
             for r in range(3)]  # fmt: skip
    write_csv(folder / "r.csv", [["unit", "rater", *ITEMS], *rated[1:], rated[-1]])

    done = run(folder, "right.toml", "r.csv", "--raters", "unit,rater")

    assert "有的对象不是每个人都评过，只用了评全的部分。" in done.stdout
    assert "有人把同一个对象评了两次，只用了第一次。" in done.stdout


def test_bootstrap_intervals_are_labelled_and_that_of_the_mean_is_shown(folder):
    outputs = ["--html", "o.html", "--json", "o.json"]

    done = run(folder, "right.toml", "a.csv", "--bootstrap", "50", *outputs)

    found = json.loads((folder / "o.json").read_text("utf-8"))["scales"]["s"]["bootstrap"]
    low, high = (f"{limit:.1f}" for limit in found["ci95"]["mean_percent"])
    assert "自助法（重抽 50 次）好办：得分" in done.stdout
    assert f"[{low}, {high}]" in done.stdout
    page = (folder / "o.html").read_text("utf-8")
    assert "<small>自助法 " in page
    assert "得分（0 到 100）" in page


def test_both_sides_of_before_and_after_have_an_interval(folder):
    run(folder, "right.toml", "a.csv", "--json", "o.json")

    found = json.loads((folder / "o.json").read_text("utf-8"))
    low, high = found["quality"]["scales"]["s"]["ci95_percent"]
    assert [low, high] == pytest.approx(found["scales"]["s"]["ci95_percent"])


def test_zh_is_chinese_and_check_takes_a_shipped_id(folder):
    checked = minyi("check", "citizen-service", "--lang", "zh", folder=folder)
    unknown = minyi("check", "citizen", folder=folder)

    assert checked.returncode == 0, checked.stderr
    assert "可以使用：问卷“citizen-service”" in checked.stdout
    assert unknown.returncode == 1
    assert "partner-cooperation" in unknown.stderr
