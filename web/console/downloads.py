"""Files that leave through the browser."""

from urllib.parse import quote

from starlette.responses import Response


def csv_download(content: bytes, name: str) -> Response:
    """Return a CSV file to be saved; nobody keeps a copy on the way."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {"content-disposition": disposition, "cache-control": "no-store"}
    return Response(content, headers=headers, media_type="text/csv; charset=utf-8")


def toml_download(content: bytes, name: str) -> Response:
    """Return a TOML file to be saved."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {"content-disposition": disposition, "cache-control": "no-store"}
    return Response(content, headers=headers, media_type="application/toml")
