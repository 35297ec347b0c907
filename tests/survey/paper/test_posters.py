"""Posters: the QR code in the file is the address's, at a size and with a margin that scan."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
import segno
from pypdf import PdfReader

from survey.paper.poster import Layout, Poster, PosterWords
from survey.paper.posters_pdf import write_posters
from survey.paper.posters_svg import file_name, write_svgs
from survey.paper.print_font import print_font

ADDRESS = "https://survey.example.gov.cn/a/abcd2345"
MM = 72 / 25.4
WORDS = PosterWords("市委编办", 3, datetime(2026, 12, 1, 4, tzinfo=UTC), "zh-Hans")


def a_poster(**given) -> Poster:
    values = {"unit_code": "U1", "unit_name": "市图书馆", "place": "一楼大厅", "address": ADDRESS}
    return Poster(**(values | given))


def drawn(folder: Path, posters, layout=Layout.A4, words=WORDS) -> tuple[PdfReader, str]:
    file = folder / "posters.pdf"
    lacking = write_posters(file, posters, words, layout, print_font(None), lambda *_: None)
    return PdfReader(file), lacking


def modules_of(page) -> tuple[list[list[int]], float]:
    """The dark modules of a page's first QR code as drawn, and a module's size in points."""
    content = page.get_contents().get_data().decode("latin1")
    code = re.search(r"(\S+) 0 0 -\S+ \S+ \S+ cm\n0 g\n(.+?)\nf\n", content, re.DOTALL)
    assert code is not None
    runs = re.findall(r"^(\d+) (\d+) (\d+) 1 re$", code[2], re.MULTILINE)
    dark = {(int(x) + n, int(y)) for x, y, long in runs for n in range(int(long))}
    width = max(x for x, _ in dark) + 1
    rows = [[int((x, y) in dark) for x in range(width)] for y in range(width)]
    return rows, float(code[1])


def test_the_code_in_the_file_is_that_of_the_address(tmp_path):
    pdf, _ = drawn(tmp_path, [a_poster()])
    expected = segno.make_qr(ADDRESS, error="q", mask=3)

    rows, module = modules_of(pdf.pages[0])

    assert [row[4:] for row in rows[4:]] == [list(row) for row in expected.matrix]
    assert not any(any(row[:4]) for row in rows)  # the quiet zone
    assert not any(map(any, rows[:4]))
    assert module * len(expected.matrix) > 80 * MM


@pytest.mark.parametrize(
    ("layout", "pages", "wide"), [("a4", 3, 210), ("a5", 2, 297), ("table", 3, 210)]
)
def test_every_layout_fits_a4_and_scans_from_a_distance(tmp_path, layout, pages, wide):
    pdf, _ = drawn(tmp_path, [a_poster() for _ in range(3)], Layout(layout))

    _, module = modules_of(pdf.pages[0])

    assert len(pdf.pages) == pages
    assert round(pdf.pages[0].mediabox.width / MM) == wide
    assert module * 33 > 50 * MM


def test_a_poster_says_who_where_how_long_and_until_when(tmp_path):
    pdf, lacking = drawn(tmp_path, [a_poster()])

    words = pdf.pages[0].extract_text()

    expected = (
        "市委编办",
        "市图书馆",
        "一楼大厅",
        "survey.example.gov.cn/a/abcd2345",
        "3 分钟",
        "12:00",
    )
    for each in expected:
        assert each in words
    assert "演示" not in words
    assert lacking == ""


def test_characters_the_font_lacks_are_named_and_leave_a_sign(tmp_path):
    pdf, lacking = drawn(tmp_path, [a_poster(unit_name="第三\U00030edd馆")])

    words = pdf.pages[0].extract_text()

    assert lacking == "\U00030edd"
    assert "第三〓馆" in words


def test_a_name_of_any_length_stays_on_the_page(tmp_path):
    long_name = "市人力资源和社会保障局" * 12

    pdf, _ = drawn(tmp_path, [a_poster(unit_name=long_name)])

    words = pdf.pages[0].extract_text().replace("\n", "")
    assert "…" in words
    assert long_name[:20] in words


def test_the_zip_names_each_picture_for_unit_and_place(tmp_path):
    posters = [
        a_poster(),
        a_poster(place="窗口 A/B:*?"),
        a_poster(place=None, unit_name="../../etc"),
        a_poster(),
    ]
    file = tmp_path / "svgs.zip"

    write_svgs(file, posters, WORDS, lambda *_: None)

    with ZipFile(file) as archive:
        names = archive.namelist()
        svg = archive.read(names[0]).decode()
    assert names == [
        "U1-市图书馆-一楼大厅.svg",
        "U1-市图书馆-窗口_A_B.svg",
        "U1-etc.svg",
        "U1-市图书馆-一楼大厅-2.svg",
    ]
    assert "市图书馆" in svg


def test_a_name_cannot_break_out_of_the_picture(tmp_path):
    file = tmp_path / "svgs.zip"

    write_svgs(file, [a_poster(unit_name="<script>x</script>")], WORDS, lambda *_: None)

    with ZipFile(file) as archive:
        assert b"<script>" not in archive.read(archive.namelist()[0])
    assert "/" not in file_name(a_poster(unit_name="<script>x</script>"))
