"""What holds of the script and the style of the respondents' pages without running them."""

import re
from pathlib import Path

import pytest

import web

STATIC = Path(web.__file__).parent / "static"
LATER_THAN_2015 = {
    "async function": r"\basync\b|\bawait\b",
    "optional chaining": r"\?\.(?!\d)",
    "nullish operator": r"\?\?",
    "power operator": r"\*\*",
    "object spread": r"\{\s*\.\.\.|,\s*\.\.\.\w+\s*\}",
    "catch without a name": r"\bcatch\s*\{",
    "module": r"^\s*(import|export)\b|\bimport\s*\(",
    "private field": r"\bthis\.#",
    "number separator": r"\b\d+_\d",
    "later method": r"\.(replaceAll|flatMap|flat|padStart|padEnd|matchAll|trimStart|at|finally)\(",
    "later function": r"\bObject\.(values|entries|fromEntries)\b|\bglobalThis\b|\bBigInt\b",
}
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink", "tint"),
    ("soft", "paper"),
    ("soft", "ground"),
    ("brand", "paper"),
    ("brand", "ground"),
    ("brand", "tint"),
    ("red", "paper"),
    ("red", "blush"),
]
CONTROL_PAIRS = [("edge", "paper"), ("edge", "ground"), ("brand", "paper"), ("red", "ground")]


@pytest.mark.parametrize("name", ["answer.js", "challenge.js", "screen.js"])
def test_the_script_says_nothing_that_a_browser_of_2017_cannot_read(name):
    script = (STATIC / name).read_text("utf-8")
    script = re.sub(r"/\*.*?\*/", "", re.sub(r"(?m)^\s*//.*$", "", script), flags=re.DOTALL)
    code = re.sub(r"\"(?:\\.|[^\"\\])*\"", '""', script)

    found = {kind for kind, mark in LATER_THAN_2015.items() if re.search(mark, code, re.M)}

    assert found == set()


def palettes():
    """The colours of the light and of the dark scheme, by their names."""
    css = (STATIC / "answer.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w+)", block))
        for block in re.findall(r":root \{(.*?)\}", css, re.S)
    )
    return {"light": light, "dark": light | dark}


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_four_and_a_half_times_and_controls_three_times(scheme):
    colours = palettes()[scheme]
    focus = "#b35c00"

    texts = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXT_PAIRS}
    controls = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in CONTROL_PAIRS}
    controls |= {("focus", name): contrast(focus, colours[name]) for name in ("paper", "ground")}

    assert {pair: ratio for pair, ratio in texts.items() if ratio < 4.5} == {}
    assert {pair: ratio for pair, ratio in controls.items() if ratio < 3} == {}
