from urllib.parse import parse_qsl

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from survey.errors import DuplicateField, UnreadableForm
from web.answer.posted import read_posted

LETTERS = st.text(alphabet="ab1@&=+%E5%B1 80ÿ\x00", max_size=40)


@given(LETTERS)
@example("a=%E5%B1%80&b=1+2&@sheet=&c")
@example("a=%FF")
@example("&&a==&")
def test_a_form_is_read_as_the_standard_library_reads_it_or_refused(body):
    try:
        wanted = parse_qsl(body.encode().decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError:
        wanted = None

    try:
        posted = read_posted(body.encode())
    except DuplicateField:
        assert len({name for name, _ in wanted}) < len(wanted)
    except UnreadableForm:
        assert wanted is None
    else:
        own = ("@sheet", "@served")
        assert list(posted.answers) == [pair for pair in wanted if pair[0] not in own]


@pytest.mark.parametrize(("count", "is_read"), [(2_000, True), (2_001, False)])
def test_two_thousand_fields_are_read_and_not_one_more(count, is_read):
    body = "&".join(f"x{n}=1" for n in range(count)).encode()

    if is_read:
        assert len(read_posted(body).answers) == count
    else:
        with pytest.raises(UnreadableForm):
            read_posted(body)
