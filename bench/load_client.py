"""Complete respondents over keep-alive connections: GET the form, POST the sheet, count the 303."""

import asyncio
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

Reply = tuple[int, bytes, bytes]  # status, head, body
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Load:
    """What a run of respondents measured."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)  # of the POST, in seconds
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        """Complete respondents a second."""
        return self.statuses.get(303, 0) / self.seconds

    def percentile(self, share: float) -> float:
        """Return a percentile of the POST's latency, in milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


class Connection:
    """One keep-alive connection that reads replies with a length."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def open(self) -> None:
        """Connect to the server on loopback."""
        self.reader, self.writer = await asyncio.open_connection(
            "127.0.0.1", self.port, limit=2**20
        )

    async def send(self, request: bytes) -> Reply:
        """Send a request and read its reply whole."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        body = await self.reader.readexactly(int(length[1])) if length else b""
        if b"content-encoding: gzip" in head:
            body = zlib.decompress(body, wbits=31)
        return int(head[9:12]), head, body


def get_request(port: int, path: str) -> bytes:
    """Return the bytes of a GET as a phone sends it."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Language: zh-CN\r\n"
    return f"{head}Accept-Encoding: gzip\r\n\r\n".encode()


def post_request(port: int, path: str, body: bytes) -> bytes:
    """Return the bytes of a form's POST."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _respondent(
    connection: Connection, path: str, fill: Callable[[bytes], bytes], load: Load, gets_page: bool
) -> None:
    page = b""
    if gets_page:
        _, _, page = await connection.send(get_request(connection.port, path))
    request = post_request(connection.port, path, fill(page))
    started = time.perf_counter()
    status, _, _ = await connection.send(request)
    load.latencies.append(time.perf_counter() - started)
    load.statuses[status] = load.statuses.get(status, 0) + 1


async def _work(
    port: int, path: str, fill: Callable[[bytes], bytes], until: float, load: Load, gets_page: bool
) -> None:
    connection = Connection(port)
    await connection.open()
    while time.perf_counter() < until:
        await _respondent(connection, path, fill, load, gets_page)
    connection.writer.close()


async def _load(
    port: int,
    path: str,
    fill: Callable[[bytes], bytes],
    connections: int,
    seconds: float,
    gets_page: bool,
) -> Load:
    load = Load()
    started = time.perf_counter()
    workers = [
        _work(port, path, fill, started + seconds, load, gets_page) for _ in range(connections)
    ]
    await asyncio.gather(*workers)
    load.seconds = time.perf_counter() - started
    return load


def run_load(
    port: int,
    path: str,
    fill: Callable[[bytes], bytes],
    connections: int,
    seconds: float,
    gets_page: bool,
) -> Load:
    """Let respondents answer for some seconds; `fill` turns a page into a form's body.

    Without `gets_page` only the POST is sent, and `fill` gets an empty page.
    """
    import uvloop

    return uvloop.run(_load(port, path, fill, connections, seconds, gets_page))
