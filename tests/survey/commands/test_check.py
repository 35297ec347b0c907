"""`minyi check`: what a person at the command line sees."""

import ast
import string
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from definition_files import FILE, WRONG, changed

import scales
import survey
from scales import check_questionnaire, shipped_questionnaires
from survey.commands.messages import describe_problem
from survey.language import LOCALES

CATALOGUES = Path(survey.__file__).parent / "locales"
SENTENCES = {
    locale: tomllib.loads((CATALOGUES / f"{locale}.toml").read_text("utf-8"))["definition"]
    for locale in LOCALES
}
SOURCES = sorted((Path(scales.__file__).parent / "checking").glob("*.py"))


def run(*arguments, folder):
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "survey", "check", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(Path(scales.__file__).parent.parent), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def written(folder, content, name="q.toml"):
    """Write a file and return its name."""
    (folder / name).write_text(content, "utf-8")
    return name


def test_a_good_file_is_greeted_with_its_version_and_digest(tmp_path):
    done = run(written(tmp_path, FILE), folder=tmp_path)

    assert done.returncode == 0
    assert "“counter”第 2 版" in done.stdout
    assert "sha256:" in done.stdout
    assert done.stderr == ""


def test_each_problem_is_a_line_with_file_line_table_and_key(tmp_path):
    content = changed('keyed = "-"', 'keyed = "x"').replace('"Care"', '""')

    done = run(written(tmp_path, content), "--lang", "en", folder=tmp_path)

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "q.toml:15  scales.care.title.en  The text is empty. Fill it in.",
        "q.toml:15  scales.care.keyed  Warning: All items of the scale “care” are keyed “+”, so "
        "sheets ticked straight down go unnoticed. Where the items name a thing to rate and have "
        "no opposite, leave it so.",
        "q.toml:27  items.C2.keyed  “x” is not a keying. "
        'Write "+" for a forward item, "-" for a reverse one.',
        "To be corrected: 2; warnings: 1. Then check again.",
    ]


def test_chinese_is_spoken_first(tmp_path):
    done = run(written(tmp_path, changed('keyed = "-"', 'keyed = "x"')), folder=tmp_path)

    assert "q.toml:27  items.C2.keyed  “x”不是计分方向。" in done.stdout


def test_warnings_alone_end_well(tmp_path):
    done = run(written(tmp_path, changed('keyed = "-"', "")), folder=tmp_path)

    assert done.returncode == 0
    assert "提醒" in done.stdout.splitlines()[0]
    assert "没有错误" in done.stdout


def test_a_file_that_is_not_there_ends_with_a_sentence(tmp_path):
    done = run("nowhere.toml", folder=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_is_no_file(tmp_path):
    done = run(".", folder=tmp_path)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"PK\x03\x04", b"[" * 20_000])
def test_a_file_of_another_sort_is_refused_without_a_traceback(tmp_path, content):
    (tmp_path / "q.toml").write_bytes(content)

    done = run("q.toml", folder=tmp_path)

    assert done.returncode == 1
    assert done.stdout.startswith("q.toml")
    assert done.stderr == ""


def test_changes_against_an_older_version_are_listed(tmp_path):
    older = written(tmp_path, changed("version = 2", "version = 1"), "older.toml")
    newer = written(tmp_path, changed('keyed = "-"', 'keyed = "+"'), "newer.toml")

    done = run(newer, "--against", older, folder=tmp_path)

    assert done.returncode == 1
    assert "newer.toml:27  items.C2.keyed" in done.stdout


def test_an_older_version_that_is_wrong_itself_is_named(tmp_path):
    older = written(tmp_path, changed("version = 2", "version = 0"), "older.toml")

    done = run(written(tmp_path, FILE), "--against", older, folder=tmp_path)

    assert done.returncode == 1
    assert "older.toml" in done.stderr
    assert "version" in done.stderr


@pytest.mark.parametrize("name", sorted(shipped_questionnaires()))
def test_the_questionnaires_that_come_with_the_program_pass(tmp_path, name):
    done = run(str(shipped_questionnaires()[name]), folder=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")


def problem_codes():
    """Return every code the checks can note, read from their source."""
    codes = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in ("note", "doubt", "Problem") and isinstance(node.args[0], ast.Constant):
                    codes.add(node.args[0].value)
            elif isinstance(node, ast.Constant) and str(node.value).startswith("not_toml"):
                codes.add(node.value)
    return codes


@pytest.mark.parametrize("locale", LOCALES)
def test_every_problem_has_its_sentence_and_no_sentence_is_left_over(locale):
    assert set(SENTENCES[locale]) == problem_codes()


@pytest.mark.parametrize("code", sorted(problem_codes()))
def test_a_sentence_names_the_same_things_in_every_language(code):
    chinese, english = (
        {name for _, name, _, _ in string.Formatter().parse(SENTENCES[locale][code]) if name}
        for locale in LOCALES
    )

    assert chinese == english


@pytest.mark.parametrize(("old", "new", "code", "where", "line"), WRONG)
def test_every_problem_can_be_said(old, new, code, where, line):
    problem = next(p for p in check_questionnaire(changed(old, new).encode()) if p.code == code)

    sentence = describe_problem(problem, "q.toml")

    assert sentence.startswith("q.toml")
    assert sentence.endswith(("。", "？"))
