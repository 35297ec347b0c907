"""docs/methods.md says what the functions compute, because it is made from their docstrings."""

import importlib.util
from pathlib import Path

import pytest

from scales import figure_glossary

DOCS = Path(__file__).parents[1] / "docs"


def maker():
    spec = importlib.util.spec_from_file_location("make_methods", DOCS / "make_methods.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_stands_as_the_docstrings_say():
    standing = maker().METHODS.read_text(encoding="utf-8")

    assert maker().methods_text(standing) == standing, "run: make docs"


def test_every_topic_of_the_glossary_has_its_table():
    standing = maker().METHODS.read_text(encoding="utf-8")

    assert maker().topics_of(standing) == {note.topic for note in figure_glossary()}


@pytest.mark.parametrize("note", figure_glossary(), ids=lambda note: note.key)
def test_every_figure_names_its_formula_and_its_source(note):
    assert note.formula, f"{note.function} has no Notes section"
    assert note.reference, f"{note.function} has no References section"
    assert note.summary
