"""What `minyi score` writes: JSON in the form its schema says, scores as CSV, all files or none."""

import json
import os
from pathlib import Path

import pytest
from answers_files import a_questionnaire, write_csv

from scales import ItemAnalysis, ScaleAnalysis
from survey.errors import OutputNotWritten, OutputRefused
from survey.exchange.analysis_json import analysis_json, analysis_schema
from survey.exchange.answers_file import read_answers
from survey.exchange.output_files import check_outputs, write_outputs
from survey.exchange.scores_csv import scores_csv
from survey.item_analysis import Choices, analyse_answers, person_scores

KEPT_SCHEMA = Path(__file__).parents[3] / "docs" / "result.schema.json"
ROWS = [["unit", "A1", "A2", "A3"], *[["大", 5, 1, 4], ["大", 4, 2, 3]] * 3, ["小", 1, 5, ""]]


@pytest.fixture
def sheets(tmp_path):
    return read_answers(write_csv(tmp_path / "a.csv", ROWS), a_questionnaire(), ["unit"])


@pytest.fixture
def result(sheets):
    return json.loads(
        analysis_json(analyse_answers(a_questionnaire(), sheets, Choices(by=(("unit",),))))
    )


def departures(value, schema, defs, path="result"):
    """Return where a value departs from a schema; knows the keywords that ours uses."""
    if "$ref" in schema:
        schema = defs[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        found = [departures(value, one, defs, path) for one in schema["anyOf"]]
        return [] if [] in found else min(found, key=len)
    if "const" in schema and value != schema["const"]:
        return [f"{path} is {value}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{path} is {value}"]
    kinds = {"object": dict, "array": list, "string": str, "null": type(None), "integer": int}
    kind = schema.get("type")
    if kind is not None and not isinstance(value, kinds.get(kind, int | float)):
        return [f"{path} is no {kind}"]
    found = []
    if isinstance(value, dict):
        named = schema.get("properties", {})
        found += [f"{path} lacks {key}" for key in schema.get("required", []) if key not in value]
        for key, part in value.items():
            rule = named.get(key, schema.get("additionalProperties"))
            found += (
                departures(part, rule, defs, f"{path}.{key}")
                if isinstance(rule, dict)
                else [f"{path} has {key}"]
            )
    if isinstance(value, list) and "items" in schema:
        found += [d for part in value for d in departures(part, schema["items"], defs, path)]
    return found


def test_the_kept_schema_is_the_one_the_code_makes():
    kept = json.loads(KEPT_SCHEMA.read_text("utf-8"))

    assert kept == analysis_schema(), "run `make docs`"


def test_the_result_is_as_its_schema_says(result):
    schema = analysis_schema()

    assert departures(result, schema, schema["$defs"]) == []


def test_the_check_against_the_schema_can_fail(result):
    schema = analysis_schema()
    del result["by"]["unit"]["小"]["scales"]["ease"]["alpha"]
    result["scales"]["ease"]["n"] = "many"

    assert departures(result, schema, schema["$defs"]) != []


def test_keys_stand_in_the_order_of_the_contract(result):
    assert list(result)[:6] == ["questionnaire", "sheets", "missing", "scales", "by", "agreement"]
    assert list(result)[6:] == ["minimum", "weight", "ended", "quality", "rater_agreement"]
    assert list(result["agreement"]["unit"]["ease"])[:4] == [
        "icc1",
        "icc2",
        "answers_needed",
        "units",
    ]
    assert list(result["scales"]["ease"]) == list(ScaleAnalysis.__dataclass_fields__)
    assert list(result["scales"]["ease"]["by_item"]["A1"]) == list(
        ItemAnalysis.__dataclass_fields__
    )


def test_a_small_group_has_every_key_and_no_figure(result):
    small = result["by"]["unit"]["小"]

    assert (small["n"], small["warnings"]) == (1, ["too_few"])
    ease = small["scales"]["ease"]
    assert list(ease) == list(result["scales"]["ease"])
    assert ease.pop("by_item") == {
        item: dict.fromkeys(ItemAnalysis.__dataclass_fields__) | {"keyed": keyed}
        for item, keyed in {"A1": "+", "A2": "-", "A3": "+"}.items()
    }
    assert {key: value for key, value in ease.items() if value is not None} == {
        "items": ["A1", "A2", "A3"],
        "n": 1,
        "warnings": ["too_few"],
    }


def test_scores_are_a_row_a_sheet_and_empty_without_a_score(tmp_path):
    rows = [["A1", "A2", "A3"], [5, 1, 4], [1, "", ""], [2, 4, 3]]
    questionnaire = a_questionnaire()
    answers = read_answers(write_csv(tmp_path / "a.csv", rows), questionnaire)

    lines = scores_csv(person_scores(questionnaire, answers)).decode().split("\r\n")

    assert lines[0] == "row,ease_points,ease_percent"
    assert lines[2] == "2,,"
    row, points, percent = lines[1].split(",")
    assert (row, float(points), float(percent)) == ("1", 14 / 3, pytest.approx(275 / 3, abs=1e-12))


def test_outputs_are_checked_before_anything_is_computed(tmp_path):
    (tmp_path / "folder").mkdir()
    answers = write_csv(tmp_path / "a.csv", ROWS)
    cases = [
        ([tmp_path / "folder"], "output_is_folder"),
        ([tmp_path / "none" / "x.json"], "output_folder_missing"),
        ([answers], "output_taken"),
        ([tmp_path / "folder" / ".." / "a.csv"], "output_taken"),
        ([tmp_path / "x", tmp_path / "x"], "output_taken"),
    ]

    for outputs, code in cases:
        with pytest.raises(OutputRefused) as raised:
            check_outputs(outputs, inputs=[answers])
        assert raised.value.code == code


def test_files_are_replaced_whole_and_keep_usual_rights(tmp_path):
    old = tmp_path / "old.json"
    old.write_text("a much longer text than the new one")

    write_outputs({old: b"new", tmp_path / "other.csv": b"1"})

    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.json", "other.csv"]
    assert old.read_bytes() == b"new"
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "other.csv").stat().st_mode & 0o777 == 0o666 & ~umask


def test_if_one_file_fails_none_is_changed(tmp_path, monkeypatch):
    old = tmp_path / "old.json"
    old.write_text("as it was")
    write_bytes = Path.write_bytes

    def on_a_full_disk(path, content):
        if ".b.csv." in path.name:
            write_bytes(path, content[:1])
            raise OSError(28, "No space left on device")
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", on_a_full_disk)

    with pytest.raises(OutputNotWritten):
        write_outputs({old: b"new", tmp_path / "b.csv": b"12"})

    assert [path.name for path in tmp_path.iterdir()] == ["old.json"]
    assert old.read_text() == "as it was"


def test_a_pipe_or_device_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write_outputs({pipe: b"through"})

    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()
