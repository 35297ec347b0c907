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


def xlsx_download(content: bytes, name: str) -> Response:
    """Return a workbook to be saved."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {"content-disposition": disposition, "cache-control": "no-store"}
    return Response(content, headers=headers, media_type=_XLSX)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf_download(content: bytes, name: str) -> Response:
    """Return a PDF to be saved; nobody keeps a copy on the way."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {"content-disposition": disposition, "cache-control": "no-store"}
    return Response(content, headers=headers, media_type="application/pdf")


def file_download(content: bytes, name: str, media_type: str) -> Response:
    """Return a file somebody handed in, to be saved: the browser neither shows nor runs it."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return Response(content, headers=headers, media_type=media_type)
