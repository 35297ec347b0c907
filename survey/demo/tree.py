"""The demo's indicator tree and scoring plan: the shipped ones, the tree marked as a demo."""

from dataclasses import replace

from survey.exchange.tree_file import read_tree_file, shipped_tree

_SHIPPED = read_tree_file(shipped_tree())
_MARKS = {"zh-Hans": "（演示）", "en": " (demo)"}

PLAN = _SHIPPED.plan
TREE = replace(
    _SHIPPED.tree,
    tree_id="demo-establishment",
    title={locale: title + _MARKS[locale] for locale, title in _SHIPPED.tree.title.items()},
)
