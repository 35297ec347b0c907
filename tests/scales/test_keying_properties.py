import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scale_builders import a_scale

from scales import align_keying

SERVICE = a_scale("abcd", "bd")

points = st.integers(1, 5).map(float) | st.just(float("nan"))
sheets = arrays(np.float64, st.tuples(st.integers(0, 30), st.just(4)), elements=points)


@given(sheets)
def test_aligning_twice_gives_back_the_raw_answers(raw):
    np.testing.assert_array_equal(align_keying(align_keying(raw, SERVICE), SERVICE), raw)


@given(sheets)
def test_aligning_does_not_change_the_raw_answers(raw):
    before = raw.copy()

    align_keying(raw, SERVICE)

    np.testing.assert_array_equal(raw, before)
