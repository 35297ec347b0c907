"""The guide for people who write questionnaire files."""

import re
from pathlib import Path

from scales import check_questionnaire

GUIDE = Path(__file__).parent.parent.parent / "docs" / "questionnaire-file.md"


def test_the_example_of_the_guide_has_nothing_wrong():
    example = re.search(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)

    assert check_questionnaire(example[1].encode()) == ()
