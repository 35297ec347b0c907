"""An indicator tree with its scoring plan, as a TOML file; every problem is named at once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scales import load_questionnaire, shipped_questionnaires
from survey.errors import PlanRefused, TreeFileRefused, TreeRefused
from survey.exchange.tree_fields import Fields, indicator_in, sources_in
from survey.language import LOCALES
from survey.rules.indicator import TreeDefinition, tree_problems
from survey.rules.scoring.scoring_plan import PlanContent, Source, default_plan

_SHIPPED = Path(__file__).parent.parent / "trees" / "yearly.v1.toml"
_KEYS = ("id", "version", "title", "indicators", "plan")
_PLAN = "[plan]"
_OF_POINTS = ("tree_points_wrong", "tree_indicator_wrong")
_CAUSES = {  # what follows from a field that could not be read is not said as well
    "tree_leaf_without_points": "tree_points_wrong",
    "tree_title_missing": "tree_text_wrong",
    "tree_parent_missing": "tree_code_wrong",
    "tree_weights_wrong": "tree_sources_wrong",
}


@dataclass(frozen=True, slots=True)
class TreeFile:
    """What a tree file says: the tree, and how a unit's score is made of survey scores."""

    tree: TreeDefinition
    plan: PlanContent


def shipped_tree() -> bytes:
    """Return the tree file that comes with the program."""
    return _SHIPPED.read_bytes()


def read_tree_file(content: bytes) -> TreeFile:
    """Return the tree and the plan, or raise `TreeFileRefused` with every problem."""
    tables = _tables(content)
    problems: list[TreeRefused] = []
    tree = _tree(tables, problems)
    plan = _plan(tables, problems)
    problems += _unknown_scales(tree, plan)
    known = {(problem.code, problem.values.get("indicator")) for problem in problems}
    has_all_points = not any(code in _OF_POINTS for code, _ in known)
    for problem in tree_problems(tree, LOCALES):
        cause = (_CAUSES.get(problem.code, ""), problem.values.get("indicator"))
        if cause not in known and (has_all_points or problem.code != "tree_points_sum"):
            problems.append(problem)
    if problems:
        raise TreeFileRefused(problems)
    return TreeFile(tree, default_plan(plan) if plan else _shipped_plan())


@cache
def _shipped_plan() -> PlanContent:
    return read_tree_file(shipped_tree()).plan


def _tables(content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TreeFileRefused([TreeRefused("tree_not_utf8", line=line)]) from None
    except RecursionError:
        raise TreeFileRefused([TreeRefused("tree_not_toml", reason="[[[")]) from None
    except ValueError as error:
        raise TreeFileRefused([TreeRefused("tree_not_toml", reason=str(error))]) from None


def _tree(tables: Mapping[str, Any], problems: list[TreeRefused]) -> TreeDefinition:
    fields = Fields(tables, "TOML", problems)
    fields.only(_KEYS)
    title = fields.title()
    if any(not title.get(locale) for locale in LOCALES):
        fields.refuse("tree_own_title_missing")
    indicators = tables.get("indicators")
    if not isinstance(indicators, list) or not indicators:
        fields.refuse("tree_indicator_wrong", number=1)
        indicators = []
    read = (indicator_in(table, n, problems) for n, table in enumerate(indicators, start=1))
    return TreeDefinition(
        tree_id=fields.code("id"),
        version=fields.version(),
        title=title,
        indicators=tuple(indicator for indicator in read if indicator is not None),
    )


def _plan(tables: Mapping[str, Any], problems: list[TreeRefused]) -> tuple[Source, ...]:
    if "plan" not in tables:
        return ()
    if not isinstance(tables["plan"], dict):
        problems.append(TreeRefused("tree_sources_wrong", indicator=_PLAN))
        return ()
    fields = Fields(tables["plan"], _PLAN, problems)
    fields.only(("unit_score",))
    before = len(problems)
    sources = sources_in(fields, "unit_score")
    if len(problems) == before:
        try:
            default_plan(sources)
        except PlanRefused:
            fields.refuse("tree_weights_wrong")
    return sources


def _unknown_scales(tree: TreeDefinition, plan: tuple[Source, ...]) -> list[TreeRefused]:
    """Return the sources that a shipped questionnaire does not have; others come later."""
    places = [(i.code, source) for i in tree.indicators for source in i.sources]
    places += [(_PLAN, source) for source in plan]
    return [
        TreeRefused(
            "tree_scale_unknown",
            indicator=where,
            questionnaire=source.questionnaire,
            scale=source.scale,
            known="、".join(_scales_of(source.questionnaire)),
        )
        for where, source in places
        if source.questionnaire in shipped_questionnaires()
        and source.scale not in _scales_of(source.questionnaire)
    ]


@cache
def _scales_of(questionnaire: str) -> tuple[str, ...]:
    path = shipped_questionnaires()[questionnaire]
    return tuple(scale.id for scale in load_questionnaire(path).scales)
