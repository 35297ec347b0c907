"""Every figure R computed for the reference data, against ours, within its tolerance."""

from collections import defaultdict

import numpy as np
import pytest
from reference_cases import DATASETS, cases, read_rows
from reference_figures import COVERED, compute
from reference_waiting import NOT_OURS, WAITING

from scales import align_keying, respondent_points


def records_by_statistic():
    groups = defaultdict(list)
    for dataset in DATASETS:
        for case in cases(dataset):
            groups[dataset, case.record["statistic"]].append(case)
    return groups


GROUPS = records_by_statistic()
COMPARED = [
    pytest.param(found, id="-".join(key)) for key, found in GROUPS.items() if key[1] in COVERED
]


@pytest.mark.parametrize("found", COMPARED)
def test_a_figure_meets_the_reference(found):
    for case in found:
        ours = compute(case)
        if case.record["value"] is None:
            assert ours is None, case.record
        else:
            assert ours == pytest.approx(
                case.record["value"], rel=0, abs=case.record["tolerance"]
            ), case.record


def test_no_record_is_skipped_without_saying_so():
    names = {statistic for _, statistic in GROUPS}

    assert names == set(COVERED) | WAITING | set(NOT_OURS)
    assert not set(COVERED) & (WAITING | set(NOT_OURS))


def test_every_record_is_counted():
    counted = {True: 0, False: 0}
    for (_, statistic), found in GROUPS.items():
        counted[statistic in COVERED] += len(found)

    assert counted == {True: 2049, False: 178}


def test_scores_of_the_reference_are_ours_person_by_person():
    seen = {}
    for case in cases("cooperation"):
        seen.setdefault(case.record["scale"], case)

    for name, case in seen.items():
        ours = respondent_points(align_keying(case.raw, case.scale), case.scale)
        with_gaps = [row[name] for row in read_rows("cooperation", "scores.csv")]
        theirs = np.array([float(cell or "nan") for cell in with_gaps])
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-6)
