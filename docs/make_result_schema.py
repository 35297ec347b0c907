"""Write docs/result.schema.json, the JSON schema of `minyi score --json`, from the code."""

import json
from pathlib import Path

from survey.exchange.analysis_json import analysis_schema

SCHEMA = Path(__file__).parent / "result.schema.json"


def schema_text() -> str:
    """Return the schema as it stands in the file."""
    return json.dumps(analysis_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
