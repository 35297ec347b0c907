"""Questionnaires for tests of the quality of sheets: keys are all that matters."""

from scales import Questionnaire, read_questionnaire


def keyed(
    *scales: str, points: int = 5, lowest: int = 1, fractional: bool = False
) -> Questionnaire:
    """Return scales of items keyed as the signs say, one scale after the other in file order."""
    labels = ", ".join(f'"{point}"' for point in range(points))
    lines = ['id = "q"', "version = 1", 'title = { en = "Q" }', "[formats.F]"]
    lines += [f"labels.en = [{labels}]", f"lowest = {lowest}", "dont_know = true"]
    lines += ["fractional = true"] if fractional else []
    for place, signs in enumerate(scales):
        lines += ["[[scales]]", f'id = "s{place}"', 'title = { en = "S" }']
        for item, sign in enumerate(signs):
            lines += ["[[items]]", f'id = "s{place}i{item}"', f'scale = "s{place}"', 'format = "F"']
            lines += [f'keyed = "{sign}"', 'text = { en = "T" }']
    return read_questionnaire("\n".join(lines).encode())
