"""Whole processes: `minyi score` on a CSV of 100 000 × 25, and the import of `scales`."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.made_up import ITEMS, answers, five_scales_toml

ROWS = 100_000
BARE = "import csv, sys; print(sum(map(len, csv.reader(open(sys.argv[1], encoding='utf-8')))))"


def whole_process(command: list[str]) -> float:
    """Return the shortest of three runs of a command, in seconds."""
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - started)
    return min(taken)


def write_csv(path: Path) -> None:
    """Write the made-up answers, an empty cell where one was skipped."""
    header = ",".join(f"I{i:02d}" for i in range(ITEMS))
    lines = (",".join(str(p) if p else "" for p in row) for row in answers(ROWS, 0.04).tolist())
    path.write_text("\n".join([header, *lines]) + "\n", "utf-8")


def run() -> None:
    """Print seconds and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        definition, sheet = Path(folder) / "bench.toml", Path(folder) / "bench.csv"
        definition.write_bytes(five_scales_toml())
        write_csv(sheet)
        score = [sys.executable, "-m", "survey", "score", str(definition), str(sheet)]
        taken = whole_process([*score, "--json", str(Path(folder) / "out.json")])
        floor = whole_process([sys.executable, "-c", BARE, str(sheet)])
    empty, numpy, scales = (
        whole_process([sys.executable, "-c", program])
        for program in ("pass", "import numpy", "import scales")
    )
    print(
        f"minyi score, CSV of 100 000 × 25: {taken:.2f} s, "
        f"bare csv.reader {floor:.2f} s; ×{taken / floor:.1f}"
    )
    print(
        f"import scales {1e3 * (scales - empty):.0f} ms, numpy {1e3 * (numpy - empty):.0f} ms; "
        f"×{(scales - empty) / (numpy - empty):.2f}"
    )
