"""The product as it is started for real, with the demo's data, for the load client."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CITIZEN_ITEMS = {f"C0{n}": str(1 + n % 5) for n in range(1, 8)}


@dataclass(frozen=True)
class Product:
    """How to start it, and the open code its respondents use."""

    command: list[str]
    environment: dict[str, str]
    code: str
    items: dict[str, str]


def prepare_product(folder: Path, port: int, database_url: str | None = None) -> Product:
    """Make a demo evaluation in a folder and return how to serve it."""
    environment = {
        "MINYI_DATA_DIR": str(folder),
        "MINYI_SECRET_KEY": os.urandom(32).hex(),
        "MINYI_PUBLIC_ORIGIN": f"http://127.0.0.1:{port}",
        "MINYI_DEMO": "1",
    }
    if database_url is not None:
        environment["MINYI_DATABASE_URL"] = database_url
    minyi = [sys.executable, "-m", "survey"]
    said = subprocess.run(
        [*minyi, "demo"], env=os.environ | environment, check=True, capture_output=True, text=True
    ).stdout
    code = re.search(r"/a/(\w+)", said)
    if code is None:
        raise RuntimeError(f"minyi demo named no code: {said}")
    return Product([*minyi, "serve", "--port", str(port)], environment, code[1], CITIZEN_ITEMS)
