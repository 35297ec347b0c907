"""python -m bench [scoring] [units] [command] [answers]: all of them without a name."""

import platform
import sys
from datetime import UTC, datetime

from bench import answer_path, command, detection, polychoric, scoring, units

BENCHMARKS = {
    "scoring": scoring.run,
    "polychoric": polychoric.run,
    "units": units.run,
    "detection": detection.run,
    "command": command.run,
    "answers": answer_path.run,
}


def main() -> None:
    """Run the benchmarks that were named."""
    print(
        f"{datetime.now(UTC):%Y-%m-%d} · {platform.machine()} · Python {platform.python_version()}"
    )
    for name in sys.argv[1:] or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
