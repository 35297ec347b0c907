"""`minyi score` as a person meets it: exit codes, messages, files."""

import json
import os
import subprocess
import sys

import pytest
from answers_files import csv_text, questionnaire_file, write_csv, write_xlsx
from run_minyi import ROOT, minyi

ROWS = [
    ["unit", "w", "A1", "A2", "A3"],
    *[["一科", 1, 5, 1, 4], ["一科", 2, 4, 2, 4], ["二科", 1, 2, 4, 3]] * 3,
    ["三科", 1, 1, "DK", ""],
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "q.toml").write_bytes(questionnaire_file())
    write_csv(tmp_path / "a.csv", ROWS)
    return tmp_path


def refused(folder, *arguments, code=1):
    """Run `minyi score`, which must refuse and leave nothing behind; return what it says."""
    before = sorted(folder.iterdir())

    done = minyi("score", *arguments, folder=folder)

    assert done.returncode == code, done.stdout + done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert sorted(folder.iterdir()) == before
    return done.stderr


def test_every_file_asked_for_is_written_and_the_summary_printed(folder):
    done = minyi(
        "score", "q.toml", "a.csv", "--by", "unit", "--by", "unit", "--weight", "w",
        "--json", "o.json", "--html", "o.html", "--scores-csv", "s.csv",
        folder=folder,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads((folder / "o.json").read_text("utf-8"))
    assert list(result["by"]) == ["unit"]
    assert result["by"]["unit"]["三科"]["scales"]["ease"]["warnings"] == ["too_few"]
    assert (folder / "o.html").read_text("utf-8").startswith("<!doctype html>")
    assert len((folder / "s.csv").read_text("utf-8").splitlines()) == len(ROWS)
    assert "便捷" in done.stdout
    assert "不足 5 份，不显示" in done.stdout
    assert "已写出：o.json" in done.stdout


def test_without_outputs_the_summary_is_printed_in_the_language_chosen(folder):
    done = minyi("score", "q.toml", "a.csv", "--lang", "en", folder=folder)

    assert done.returncode == 0
    assert "10 sheets" in done.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "q.toml"]


def test_csv_and_xlsx_give_the_same_result(folder):
    write_xlsx(folder / "a.xlsx", ROWS)

    for name in ("a.csv", "a.xlsx"):
        done = minyi("score", "q.toml", name, "--json", f"{name}.json", folder=folder)
        assert done.returncode == 0, done.stderr

    assert (folder / "a.csv.json").read_bytes() == (folder / "a.xlsx.json").read_bytes()


def test_a_questionnaire_that_comes_with_the_program_goes_by_its_id(folder):
    items = [f"C0{number}" for number in range(1, 8)]
    write_csv(folder / "c.csv", [items, *[[5, 1, 4, 2, 5, 4, 5], [3, 3, 2, 4, 3, 3, 2]] * 5])

    done = minyi("score", "citizen-service", "c.csv", "--json", "o.json", folder=folder)

    assert done.returncode == 0, done.stderr
    result = json.loads((folder / "o.json").read_text("utf-8"))
    assert result["questionnaire"]["id"] == "citizen-service"
    assert "citizen-service, partner-cooperation" in refused(folder, "citizen", "c.csv")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (csv_text([*ROWS[:3], ["x", 1, 7, "", ""]]).encode(), "第 4 行 A1 列：“7”不是这道题的答案"),
        (csv_text([["A1", "A2"], [1, 2]]).encode(), "缺少问卷“counter”的题目列：A3"),
        (csv_text([["A1", "A2", "A3", "A1"], [1, 2, 3, 4]]).encode(), "“A1”出现了不止一次"),
        (b"", "是空的"),
        (b"\x7fELF\0\0", "不是文本"),
        (b"PK\x03\x04", "不是可以读取的 XLSX"),
    ],
)
def test_a_wrong_file_is_refused_in_words_and_leaves_nothing(folder, content, said):
    (folder / "bad.csv").write_bytes(content)

    message = refused(
        folder, "q.toml", "bad.csv", "--json", "o.json", "--html", "o.html", "--scores-csv", "s.csv"
    )

    assert said in message
    assert "bad.csv" in message


def test_a_refusal_leaves_older_results_as_they_were(folder):
    (folder / "o.json").write_text("old")
    write_csv(folder / "bad.csv", [*ROWS, ["x", 1, 1, 1, "?"]])

    refused(folder, "q.toml", "bad.csv", "--json", "o.json")

    assert (folder / "o.json").read_text() == "old"


def test_twenty_wrong_cells_are_listed_and_the_others_counted(folder):
    write_csv(folder / "bad.csv", [ROWS[0], *[["x", 1, 9, 9, 9]] * 9])

    lines = refused(folder, "q.toml", "bad.csv", "--lang", "en").splitlines()

    assert len(lines) == 22
    assert "27 things wrong" in lines[0]
    assert lines[1].strip().startswith("Row 2, column A1: “9” is no answer")
    assert "7 more" in lines[-1]


def test_a_control_character_in_a_cell_does_not_reach_the_terminal(folder):
    write_csv(folder / "bad.csv", [ROWS[0], ["x", 1, "\x1b[2J", 1, 1]])

    message = refused(folder, "q.toml", "bad.csv")

    assert "\x1b" not in message
    assert "\\x1b[2J" in message


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--by", "科室"], "没有名为“科室”的分组列"),
        (["--by", "unit,科室"], "没有名为“科室”的分组列"),
        (["--weight", "权"], "没有名为“权”的权重列"),
        (["--weight", "unit"], "“一科”不能作权重"),
        (["--json", "none/o.json"], "没有文件夹“none”"),
        (["--json", "a.csv"], "已经是输入文件"),
        (["--html", "o", "--json", "o"], "已经是输入文件或另一个结果文件"),
        (["--json", "."], "是文件夹"),
    ],
)
def test_options_that_do_not_fit_the_files_are_refused(folder, options, said):
    assert said in refused(folder, "q.toml", "a.csv", *options)


@pytest.mark.parametrize(
    "options",
    [
        ["--missing", "casewise"],
        ["--minimum", "0"],
        ["--minimum", "few"],
        ["--lang", "fr"],
        ["--jsn", "o.json"],
        ["--synonym-r", "1.2"],
        ["--antonym-r", "0.2"],
        ["one file too many"],
    ],
)
def test_wrong_usage_ends_with_two(folder, options):
    assert refused(folder, "q.toml", "a.csv", *options, code=2)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id = ", "q2.toml:1"),
        (questionnaire_file().replace(b'keyed = "-"', b'keyed = "x"'), "items.A2.keyed"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_wrong_questionnaire_is_refused_with_each_problem(folder, content, said):
    (folder / "q2.toml").write_bytes(content)

    assert said in refused(folder, "q2.toml", "a.csv")


def test_a_questionnaire_without_scales_has_nothing_to_score(folder):
    text = questionnaire_file({}).decode().replace("[[scales]]", "").replace('id = "ease"', "")
    text = text.replace('title = { zh-Hans = "便捷", en = "便捷" }', "")
    item = '[[items]]\nid="T1"\nkind="text"\ntext = { zh-Hans = "意见", en = "Remarks" }\n'
    (folder / "q2.toml").write_text(text + item, "utf-8")

    assert "没有量表" in refused(folder, "q2.toml", "a.csv")


def test_files_that_are_not_there_are_named(folder):
    assert "none.toml" in refused(folder, "none.toml", "a.csv")
    assert "none.csv" in refused(folder, "q.toml", "none.csv")


def test_a_terminal_that_knows_no_chinese_stops_nothing(folder):
    done = subprocess.run(
        [sys.executable, "-m", "survey", "score", "q.toml", "a.csv"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="/dev/stdout is a name of POSIX systems")
def test_the_result_may_go_to_standard_output(folder):
    done = minyi("score", "q.toml", "a.csv", "--json", "/dev/stdout", folder=folder)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout[: done.stdout.index("\n}") + 2])["sheets"] == 10


def test_help_lists_the_commands_and_loads_none_of_them():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "survey", "--help"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        check=True,
    )

    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "score" in done.stdout
    assert "survey.commands.messages" in loaded
    assert loaded.isdisjoint({"numpy", "sqlalchemy", "scales", "survey.commands.score", "fastapi"})


def test_scoring_does_not_load_the_service_or_heavy_libraries(folder):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "survey", "score", "q.toml", "a.csv"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        check=True,
    )

    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "numpy" in loaded
    heavy = {"sqlalchemy", "sqlmodel", "fastapi", "scipy.stats", "pandas", "pingouin", "jinja2"}
    assert loaded.isdisjoint(heavy)
