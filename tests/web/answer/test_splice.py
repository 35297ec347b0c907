import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.answer.splice import SplicedPage

HEAD, BETWEEN, TAIL = "<html>问卷".encode() * 400, b'" name="', b'">\n</html>'


def test_a_spliced_page_is_one_gzip_member_that_any_reader_opens():
    page = SplicedPage(HEAD, BETWEEN, TAIL).gzipped(b"a" * 32, b"b" * 24)

    reader = zlib.decompressobj(31)
    opened = reader.decompress(page)

    assert opened == HEAD + b"a" * 32 + BETWEEN + b"b" * 24 + TAIL
    assert reader.eof
    assert reader.unused_data == b""


def test_the_fields_stand_uncompressed_in_the_page():
    page = SplicedPage(HEAD, BETWEEN, TAIL).gzipped(b"0123456789abcdef", b"stamp")

    assert b'0123456789abcdef" name="stamp' in page


def test_a_changed_letter_is_noticed_by_the_checksum():
    page = bytearray(SplicedPage(HEAD, BETWEEN, TAIL).gzipped(b"0123456789abcdef", b"stamp"))
    page[page.index(b"stamp")] ^= 1

    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(page)


@given(st.binary(), st.binary(max_size=60), st.binary(max_size=60), st.binary())
def test_gzip_and_plain_say_the_same(head, first, second, tail):
    page = SplicedPage(head, BETWEEN, tail)

    assert gzip.decompress(page.gzipped(first, second)) == page.plain(first, second)
