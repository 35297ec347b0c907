import numpy as np
import pytest
from builders import QUESTIONNAIRE

from scales import QualityLimits, read_questionnaire
from survey.errors import PlanRefused
from survey.rules.scoring.batch import most_valid, rules_of_cell
from survey.rules.scoring.run import CountedCampaign, CountedCell, SheetCounts
from survey.rules.scoring.validity import NOTHING_REJECTED, Validity, judge_sheets, least_seconds
from survey.rules.sheets.serving import seconds_at_most
from survey.rules.ways_in.arrival import ArrivalMark

SERVICE = read_questionnaire(QUESTIONNAIRE)
WHOLE, DONT_KNOW, POOR = b"\4\2\4", b"\xff\xff\xff", b"\4\0\0"


def judged(*sheets, seconds=None, marks=None, restored=(), validity=None):
    packed = np.array([list(sheet) for sheet in sheets], dtype=np.uint8)
    seconds = np.full(len(packed), np.nan) if seconds is None else np.array(seconds, dtype=float)
    is_restored = np.isin(np.arange(len(packed)), restored)
    marks = np.array(marks or [0] * len(packed), dtype=np.uint8)
    return judge_sheets(packed, seconds, marks, is_restored, SERVICE, validity or Validity())


def test_a_sheet_with_less_than_two_thirds_is_incomplete_and_dont_know_is_an_answer():
    verdicts = judged(WHOLE, DONT_KNOW, POOR)

    assert verdicts.is_valid.tolist() == [True, True, False]
    assert verdicts.rejected_counts() == {"incomplete": 1}


def test_seconds_count_in_favour_of_the_sheet():
    strict = Validity(limits=QualityLimits(short_form_seconds_per_item=2.0))  # 6 seconds

    verdicts = judged(WHOLE, WHOLE, WHOLE, seconds=[0, 5, np.nan], validity=strict)

    assert verdicts.is_valid.tolist() == [False, True, True]
    assert least_seconds(SERVICE, strict.limits) == 6.0


def test_a_bucket_ends_where_the_next_begins_and_the_last_never():
    ends = seconds_at_most(np.array([0, 15, 3600, np.nan]))

    assert ends[:3].tolist() == [5.0, 20.0, np.inf]
    assert np.isnan(ends[3])


def test_a_sheet_that_breaks_two_rules_stands_under_the_first():
    strict = Validity(limits=QualityLimits(short_form_seconds_per_item=6.0))

    assert judged(POOR, seconds=[0], validity=strict).rejected_counts() == {"incomplete": 1}


def test_a_restored_sheet_is_valid():
    assert judged(POOR, POOR, restored=[1]).is_valid.tolist() == [False, True]


def test_nobody_is_judged_without_rules():
    assert judged(POOR, validity=NOTHING_REJECTED).is_valid.all()


def test_a_rule_that_compares_sheets_cannot_reject_any():
    with pytest.raises(PlanRefused) as refused:
        Validity(("outlying",))

    assert refused.value.code == "plan_rule_unknown"


def test_rules_that_read_the_same_limits_look_the_same():
    other = QualityLimits(mahalanobis_p=0.01)

    assert Validity().as_dict() == Validity(limits=other).as_dict()
    assert Validity.from_dict(Validity().as_dict()).as_dict() == Validity().as_dict()


def a_counted_campaign(**cells):
    strict = Validity(("too_fast",))
    return CountedCampaign("staff", "service", 1, "d", False, cells, {"k": strict.as_dict()})


def test_a_counted_cell_keeps_its_rules_and_a_new_one_gets_the_newest():
    counted = a_counted_campaign(
        old=CountedCell(9, {}), kept=CountedCell(9, {}, validity="k", sheets=None)
    )

    def rules(unit, may_change=False):
        return rules_of_cell(counted, unit, Validity(), may_change=may_change).rules

    assert (rules("old"), rules("kept"), rules("new")) == ((), ("too_fast",), Validity().rules)
    assert rules("kept", may_change=True) == Validity().rules


def test_how_many_sheets_can_be_valid_is_told_by_the_last_count_alone():
    sheets = SheetCounts({"incomplete": 2}, 3, {}, {}, 0, {})

    assert most_valid(20, CountedCell(9, {}, sheets=sheets)) == 15
    assert (most_valid(20, CountedCell(9, {})), most_valid(20, None)) == (20, 20)


def test_a_mark_of_arrival_rejects_only_where_its_rule_is_chosen():
    both = int(ArrivalMark.SAME_DEVICE | ArrivalMark.NIGHT)
    good = bytes([4, 2, 4, 2, 4, 2, 4, 2])[: len(SERVICE.packed_items)]

    assert judged(good, marks=[both]).rejected_counts() == {"same_device": 1}
    assert judged(good, marks=[both], validity=NOTHING_REJECTED).is_valid.all()
    assert judged(good, marks=[both], restored=[0]).is_valid.all()
    assert judged(good, marks=[int(ArrivalMark.CHALLENGED)]).is_valid.all()
    night = Validity(rules=("night",))
    assert judged(good, good, marks=[both, 0], validity=night).is_valid.tolist() == [False, True]
