"""Indicator trees as files: what stands in them, and every problem at once."""

from pathlib import Path

import pytest

from survey.errors import TreeFileRefused
from survey.exchange.tree_file import read_tree_file, shipped_tree
from survey.language import LOCALES, messages
from survey.rules.audience import Audience
from survey.rules.scoring.scoring_plan import Source

TREE = """
id = "ours"
version = 2
title = { zh-Hans = "体系", en = "Tree" }

[[indicators]]
code = "A"
title = { zh-Hans = "甲", en = "A" }

[[indicators]]
code = "A1"
parent = "A"
title = { zh-Hans = "甲一", en = "A one" }
points = 62.5
source = "survey"
standard = "满意"
method = "换算"
sources = [
    { audience = "citizen", questionnaire = "our-own", scale = "ease", weight_bp = 10000 },
]

[[indicators]]
code = "A2"
parent = "A"
title = { zh-Hans = "甲二", en = "A two" }
points = 37.5
source = "manual"
"""
PLAN = """
[plan]
unit_score = [
    { audience = "staff", questionnaire = "our-own", scale = "ease", weight_bp = 4000 },
    { audience = "citizen", questionnaire = "our-own", scale = "ease", weight_bp = 6000 },
]
"""


def problems(text):
    with pytest.raises(TreeFileRefused) as refused:
        read_tree_file(text.encode() if isinstance(text, str) else text)
    for problem in refused.value.problems:
        for locale in LOCALES:
            assert messages().phrase(f"errors.{problem.code}", locale, **problem.values)
    return [(p.code, p.values.get("indicator")) for p in refused.value.problems]


def test_a_file_says_its_tree_and_its_plan():
    read = read_tree_file(("\ufeff" + TREE + PLAN).replace("\n", "\r\n").encode())

    assert (read.tree.tree_id, read.tree.version) == ("ours", 2)
    assert [(i.code, i.parent, i.points_bp, i.source) for i in read.tree.indicators] == [
        ("A", None, None, None),
        ("A1", "A", 6_250, "survey"),
        ("A2", "A", 3_750, "manual"),
    ]
    leaf = read.tree.indicators[1]
    assert leaf.sources == (Source(Audience.CITIZEN, "our-own", "ease", 10_000),)
    assert (leaf.standard, leaf.method, leaf.title["en"]) == ("满意", "换算", "A one")
    assert [source.weight_bp for source in read.plan.unit_score] == [4_000, 6_000]


def test_the_shipped_tree_has_100_points_and_asks_half_of_the_citizens():
    read = read_tree_file(shipped_tree())

    assert sum(i.points_bp or 0 for i in read.tree.indicators) == 10_000
    shares = {audience: 0 for audience in Audience}
    for source in read.plan.unit_score:
        shares[source.audience] += source.weight_bp
    assert (shares["staff"], shares["partner"], shares["citizen"]) == (2_500, 2_500, 5_000)
    assert "演示" not in shipped_tree().decode()


def test_a_file_without_a_plan_has_the_shipped_one():
    assert read_tree_file(TREE.encode()).plan == read_tree_file(shipped_tree()).plan


def test_a_tree_of_99_points_is_refused_with_the_sum():
    with pytest.raises(TreeFileRefused) as refused:
        read_tree_file(TREE.replace("37.5", "36.5").encode())

    (problem,) = refused.value.problems
    assert (problem.code, problem.values) == ("tree_points_sum", {"total": "99.00"})


def test_every_problem_is_named_at_once_by_its_indicator():
    wrong = (
        TREE.replace('title = { zh-Hans = "甲", en = "A" }', 'title = { zh-Hans = "甲" }')
        .replace("weight_bp = 10000", "weight_bp = 9000")
        .replace("points = 37.5", 'point = "37.5"')
        .replace(
            'parent = "A"\ntitle = { zh-Hans = "甲二"', 'parent = "B"\ntitle = { zh-Hans = "x"'
        )
    ) + PLAN.replace("6000", "5000")

    assert sorted(problems(wrong), key=str) == [
        ("tree_key_unknown", "A2"),
        ("tree_leaf_without_points", "A2"),
        ("tree_parent_missing", "A2"),
        ("tree_points_sum", None),
        ("tree_source_wrong", "A2"),
        ("tree_title_missing", "A"),
        ("tree_weights_wrong", "A1"),
        ("tree_weights_wrong", "[plan]"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "ours"', 'id = "a/b"', ("tree_code_wrong", "TOML")),
        ("version = 2", "version = 2.5", ("tree_version_wrong", "TOML")),
        ("version = 2", 'version = 2\nname = "x"', ("tree_key_unknown", "TOML")),
        ('en = "Tree" }', "}", ("tree_not_toml", None)),
        (', en = "Tree"', "", ("tree_own_title_missing", "TOML")),
        ('code = "A2"', 'code = "A/2"', ("tree_code_wrong", "A/2")),
        ('code = "A2"', 'code = "A1"', ("tree_code_twice", "A1")),
        ("points = 37.5", "points = 37.505", ("tree_points_wrong", "A2")),
        ("points = 37.5", "points = true", ("tree_points_wrong", "A2")),
        ("points = 37.5", "points = nan", ("tree_points_wrong", "A2")),
        ("points = 37.5", "points = 1e400", ("tree_points_wrong", "A2")),
        ('source = "manual"', 'source = "survey"', ("tree_source_wrong", "A2")),
        ('source = "manual"', "source = 1", ("tree_source_wrong", "A2")),
        ('source = "survey"', 'source = "manual"', ("tree_source_wrong", "A1")),
        ('"citizen"', '"everybody"', ("tree_sources_wrong", "A1")),
        ('"our-own"', '"citizen-service"', None),
        (
            '"our-own", scale = "ease"',
            '"citizen-service", scale = "x"',
            ("tree_scale_unknown", "A1"),
        ),
        ('standard = "满意"', "standard = 3", ("tree_text_wrong", "A1")),
        ('standard = "满意"', 'standard = "\\u0000"', ("tree_text_wrong", "A1")),
        ('standard = "满意"', 'standard = ["x"]', ("tree_text_wrong", "A1")),
    ],
)
def test_one_wrong_value_is_one_problem(old, new, expected):
    assert old in TREE
    if expected is None:
        assert read_tree_file(TREE.replace(old, new).encode())
        return

    assert problems(TREE.replace(old, new, 1)) == [expected]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (TREE.encode("gb18030"), "tree_not_utf8"),
        (b"\x00\xff", "tree_not_utf8"),
        ("id = “ours”", "tree_not_toml"),
        ("a = " + "[" * 3_000, "tree_not_toml"),
        ("", "tree_own_title_missing"),
        ("indicators = 3", "tree_indicator_wrong"),
        ("indicators = [3, {}]", "tree_indicator_wrong"),
        ("plan = 3", "tree_sources_wrong"),
        ("[plan]\nunit_score = [3]", "tree_sources_wrong"),
        ("title = 3", "tree_text_wrong"),
        ("title = {en = 3}", "tree_text_wrong"),
    ],
    ids=range(11),
)
def test_what_is_no_tree_at_all_is_refused_in_words(content, code):
    assert code in [found for found, _ in problems(content)]


def test_the_example_of_the_guide_is_a_tree():
    guide = (Path(__file__).parents[3] / "docs/own-evaluation.md").read_text("utf-8")
    example = guide.partition("```toml\n")[2].partition("```")[0]

    assert read_tree_file(example.encode()).tree.tree_id == "our-city"
