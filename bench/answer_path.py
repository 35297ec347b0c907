"""Complete respondents a second through the product, beside the floor, in turns in one run."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from bench.load_client import Load, run_load
from bench.product import prepare_product

HIDDEN = re.compile(rb'name="(@?(?:sheet|served))" value="([^"]+)"')
CONNECTIONS = (1, 16, 64)
SECONDS = 3.0
ROUNDS = 3


@dataclass(frozen=True)
class Server:
    """A server under load: where it listens, and how its form is filled."""

    name: str
    port: int
    path: str
    fill: Callable[[bytes], bytes]


def fill_form(items: dict[str, str], id_field: bytes) -> Callable[[bytes], bytes]:
    """Return a function from a page to the body of its form, with the same ticks for all."""
    ticks = urlencode(items).encode()

    def fill(page: bytes) -> bytes:
        fields = HIDDEN.findall(page) or [(id_field, uuid4().hex.encode())]
        hidden = b"&".join(name + b"=" + value for name, value in fields)
        return hidden + b"&" + ticks

    return fill


@contextmanager
def listening(command: list[str], environment: dict[str, str], port: int) -> Iterator[None]:
    """Run a server on one processor until the block ends."""
    pin = ["taskset", "-c", "0"] if (os.cpu_count() or 1) > 1 else []
    server = subprocess.Popen(
        [*pin, *command], env=os.environ | environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server)
        yield
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the server on port {port} ended with {server.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"nothing listens on port {port}")


def free_port() -> int:
    """Return a port of the loopback address that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(servers: list[Server], gets_page: bool) -> None:
    """Print, for each number of connections, both rates and the ratio of the medians."""
    print("GET form + POST sheet:" if gets_page else "POST sheet alone:")
    for connections in CONNECTIONS:
        loads: dict[str, list[Load]] = {server.name: [] for server in servers}
        for _ in range(ROUNDS):
            for server in servers:
                loads[server.name].append(
                    run_load(server.port, server.path, server.fill, connections, SECONDS, gets_page)
                )
        middle = {
            name: sorted(runs, key=lambda r: r.per_second)[ROUNDS // 2]
            for name, runs in loads.items()
        }
        for name, load in middle.items():
            points = "/".join(f"{load.percentile(share):.1f}" for share in (0.5, 0.95, 0.99))
            print(
                f"{connections:3d} connections, {name:7s}: {load.per_second:6.0f} respondents/s, "
                f"POST p50/p95/p99 {points} ms, statuses {load.statuses}"
            )
        print(f"    ratio {middle['product'].per_second / middle['floor'].per_second:.2f}")


def run() -> None:
    """Start the floor and the product, load them in turns."""
    os.sched_setaffinity(0, {(os.cpu_count() or 1) - 1})
    with tempfile.TemporaryDirectory() as folder:
        ports = free_port(), free_port()
        product = prepare_product(Path(folder), ports[1])
        floor_command = [
            sys.executable,
            "-m",
            "uvicorn",
            "bench.floor_app:create_floor",
            "--factory",
        ]
        floor_command += ["--port", str(ports[0]), "--log-level", "warning", "--no-access-log"]
        with (
            listening(floor_command, {"FLOOR_FOLDER": folder}, ports[0]),
            listening(product.command, product.environment, ports[1]),
        ):
            servers = [
                Server("floor", ports[0], "/a/FLOOR", fill_form(product.items, b"sheet")),
                Server(
                    "product", ports[1], f"/a/{product.code}", fill_form(product.items, b"@sheet")
                ),
            ]
            measure(servers, gets_page=False)
            measure(servers, gets_page=True)
