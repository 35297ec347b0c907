"""Officers' forms: what a browser sends is read, everything else is refused."""

import asyncio
import contextlib

import pytest
from httpx2 import Request as Sent
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from web.errors import BadForm
from web.forms import read_form

ADDRESS = "http://127.0.0.1:8000/"
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
names = st.text("abcdefghij-", min_size=1, max_size=8)


def read(body, kind):
    headers = [(b"content-type", kind.encode())]

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    return asyncio.run(read_form(Request(scope, receive)))


def sent(**given):
    request = Sent("POST", ADDRESS, **given)
    return read(request.read(), request.headers["content-type"])


@given(st.dictionaries(names, st.lists(words, min_size=1, max_size=3), max_size=6))
def test_fields_come_out_as_they_went_in(fields):
    form = read_form_of(fields)

    assert {name: list(form.all(name)) for name in fields} == fields


def read_form_of(fields):
    body = Sent("POST", ADDRESS, data=fields).read()
    return read(body, "application/x-www-form-urlencoded")


@given(st.binary(max_size=300), words)
def test_a_file_and_a_field_come_out_of_a_multipart_form(content, note):
    form = sent(data={"note": note}, files={"file": ("表.csv", content, "text/csv")})

    assert form.all("note") == (note,)
    assert form.files.get("file", b"") == content


def test_a_file_field_left_empty_is_no_file():
    assert "file" not in sent(data={"a": "b"}, files={"file": ("", b"", "text/csv")}).files


def test_blanks_around_a_field_do_not_count():
    assert sent(data={"name": "  王敏 "}).text("name") == "王敏"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"a=%ff", "application/x-www-form-urlencoded"),
        (b"a=%00", "application/x-www-form-urlencoded"),
        (b"\xff", "application/x-www-form-urlencoded"),
        (b"a=1&" * 2_001, "application/x-www-form-urlencoded"),
        (b"x", "multipart/form-data"),
        (b"--b\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
        (
            b'--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\nx\r\n' * 2
            + b"--b--\r\n",
            "multipart/form-data; boundary=b",
        ),
        (
            b'--b\r\nContent-Disposition: form-data; name="t"\r\n\r\n\xff\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
    ],
    ids=[
        "not UTF-8",
        "NUL",
        "raw bytes",
        "many",
        "no boundary",
        "no name",
        "twice",
        "text not UTF-8",
    ],
)
def test_what_no_browser_sends_is_refused(body, kind):
    with pytest.raises(BadForm):
        read(body, kind)


def test_a_field_meant_once_may_not_stand_twice():
    form = read(b"a=1&a=2", "application/x-www-form-urlencoded")

    assert form.all("a") == ("1", "2")
    with pytest.raises(BadForm):
        form.text("a")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(body):
    for kind in ("multipart/form-data; boundary=b", "application/x-www-form-urlencoded"):
        with contextlib.suppress(BadForm):
            read(body, kind)
