"""What the values of sheets may not depend on."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from quality_builders import keyed

from scales import sheet_quality

NAMES = (
    "longstring",
    "irv",
    "even_odd",
    "synonyms",
    "antonyms",
    "mahalanobis",
    "contradictions",
)
SIGNS = ("+-+-", "-++", "+-")
answers = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, float("nan")])
sheets = arrays(np.float64, st.tuples(st.integers(1, 40), st.just(9)), elements=answers)


def values(raw, questionnaire=None):
    quality = sheet_quality(raw, questionnaire or keyed(*SIGNS), synonym_r=0.2, antonym_r=-0.2)
    return {name: getattr(quality, name) for name in NAMES}


def assert_same(first, second, names=NAMES):
    for name in names:
        np.testing.assert_allclose(first[name], second[name], atol=1e-9, err_msg=name)


@given(sheets, st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_changes_nothing(raw, random):
    order = list(range(len(raw)))
    random.shuffle(order)

    shuffled = values(raw[order])

    assert_same(shuffled, {name: found[order] for name, found in values(raw).items()})


@given(sheets)
def test_a_format_that_begins_at_zero_changes_nothing(raw):
    assert_same(values(raw - 1, keyed(*SIGNS, lowest=0)), values(raw))


@given(sheets)
def test_turning_every_answer_and_every_key_changes_nothing(raw):
    turned = [signs.translate(str.maketrans("+-", "-+")) for signs in SIGNS]

    assert_same(values(6 - raw, keyed(*turned)), values(raw))


@given(sheets)
def test_fractional_formats_give_the_same_for_whole_answers(raw):
    assert_same(values(raw, keyed(*SIGNS, fractional=True)), values(raw))
