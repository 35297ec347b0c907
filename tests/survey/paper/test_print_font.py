"""The font of what is printed."""

import pytest

from survey.errors import PrintFontRefused
from survey.paper.print_font import PrintFont, print_font


def test_a_file_that_is_no_font_is_refused_by_name(tmp_path):
    file = tmp_path / "letters.ttf"
    file.write_bytes(b"no font at all")

    with pytest.raises(PrintFontRefused) as refused:
        print_font(file)

    assert refused.value.values["path"] == "letters.ttf"


def test_without_a_file_the_viewers_own_font_knows_what_it_can_draw():
    font = PrintFont("STSong-Light")

    assert not font.is_embedded
    assert font.lacking(["民意𠮷", "𠮷é"]) == "𠮷"
    assert font.drawable("民𠮷") == "民〓"
