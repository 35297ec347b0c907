"""Limits are plain numbers by name."""

import json

import pytest

from scales import InvalidLimit, QualityLimits


def test_limits_come_back_from_json():
    limits = QualityLimits(seconds_per_item=1.5, identical_sheets=5)

    assert QualityLimits.from_dict(json.loads(json.dumps(limits.as_dict()))) == limits


def test_a_limit_that_was_not_kept_has_its_default():
    assert QualityLimits.from_dict({"seconds_per_item": 1}).straight_line_items == 10


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seconds_per_item", -1),
        ("seconds_per_item", float("nan")),
        ("seconds_per_item", "2"),
        ("seconds_per_item", True),
        ("answered_share", 0),
        ("answered_share", 1.1),
        ("straight_line_items", 0),
        ("straight_line_items", 9.5),
        ("synonym_r", 1.2),
        ("mahalanobis_p", 0),
        ("second_per_item", 2),
    ],
)
def test_what_is_no_limit_is_refused_by_name(name, value):
    with pytest.raises(InvalidLimit) as refused:
        QualityLimits.from_dict({name: value})

    assert refused.value.name == name
