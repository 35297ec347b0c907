"""An officer's form as it came: fields once each, and files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import HeaderParser
from email.utils import collapse_rfc2231_value
from urllib.parse import parse_qsl

from fastapi import Request

from web.errors import BadForm

MOST_FIELDS = 2_000


@dataclass(frozen=True, slots=True)
class Form:
    """Fields of a form by name; a file that is empty has a name only."""

    fields: Mapping[str, tuple[str, ...]]
    files: Mapping[str, bytes] = field(default_factory=dict)
    file_names: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return a field that stands once at most, without blanks around it."""
        values = self.fields.get(name, (default,))
        if len(values) > 1:
            raise BadForm
        return values[0].strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field that may be ticked several times."""
        return self.fields.get(name, ())


async def read_form(request: Request) -> Form:
    """Read the body of a request as a form, or raise `BadForm`."""
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    body = await request.body()
    try:
        if kind == "multipart/form-data":
            return _read_parts(body, parameters)
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
        return Form(_grouped(pairs))
    except ValueError as error:
        raise BadForm from error


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if "\0" in value:
            raise ValueError("NUL in a form")
        grouped[name] = (*grouped.get(name, ()), value)
    return grouped


def _read_parts(body: bytes, parameters: str) -> Form:
    boundary = _header(f"content-disposition: form-data;{parameters}".encode(), "boundary")
    if not boundary:
        raise ValueError("a multipart form without a boundary")
    pairs: list[tuple[str, str]] = []
    files: dict[str, bytes] = {}
    file_names: dict[str, str] = {}
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]
    if len(parts) > MOST_FIELDS:
        raise ValueError("too many fields")
    for part in parts:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = _header(head, "name")
        if name is None or name in file_names:
            raise ValueError("a part without a name, or a file twice")
        file_name = _header(head, "filename")
        if file_name is None:
            pairs.append((name, content.decode()))
            continue
        file_names[name] = file_name
        if content:
            files[name] = content
    return Form(_grouped(pairs), files, file_names)


def _header(head: bytes, parameter: str) -> str | None:
    message = HeaderParser().parsestr(head.decode())
    value = message.get_param(parameter, header="content-disposition")
    return None if value is None else collapse_rfc2231_value(value)
