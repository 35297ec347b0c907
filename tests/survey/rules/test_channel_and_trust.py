"""Channels are kept of citizens only; the trust in a score follows from them."""

import pytest

from survey.rules.audience import Audience
from survey.rules.ways_in.channel import Channel, kept_channel
from survey.rules.ways_in.link import WAYS_IN, LinkKind
from survey.rules.ways_in.trust import (
    GRADE_OF,
    TrustGrade,
    counts_by_grade,
    is_open_only,
    trust_grade,
)


def test_every_way_in_of_citizens_has_a_channel_and_none_of_the_others():
    kept = {
        audience: {kept_channel(audience, kind) for kind in kinds}
        for audience, kinds in WAYS_IN.items()
    }

    assert kept[Audience.CITIZEN] == {Channel.OPEN, Channel.ON_SITE, Channel.RECEIPT}
    assert kept[Audience.STAFF] == kept[Audience.PARTNER] == kept[Audience.SELF] == {None}
    assert kept_channel(Audience.CITIZEN, LinkKind.ROTATING) is Channel.ON_SITE
    assert set(GRADE_OF) == set(Channel)


@pytest.mark.parametrize(
    ("channels", "grade"),
    [
        ({}, None),
        ({"open": 0}, None),
        ({"open": 40}, TrustGrade.OPEN),
        ({"imported": 40}, TrustGrade.OPEN),
        ({"receipt": 40}, TrustGrade.CODE_VERIFIED),
        ({"receipt": 90, "open": 10}, TrustGrade.CODE_VERIFIED),
        ({"receipt": 89, "open": 11}, TrustGrade.OPEN),
        ({"receipt": 50, "on_site": 45, "open": 5}, TrustGrade.ON_SITE),
        ({"paper": 10}, TrustGrade.ON_SITE),
    ],
)
def test_a_score_has_the_surest_grade_that_nearly_all_its_sheets_reach(channels, grade):
    assert trust_grade(channels) is grade


def test_only_a_score_of_open_sheets_alone_is_open_only():
    assert is_open_only({"open": 3, "imported": 1})
    assert not is_open_only({"open": 300, "receipt": 1})
    assert not is_open_only({})
    assert list(counts_by_grade({"open": 2, "on_site": 1}).values()) == [0, 1, 2]
