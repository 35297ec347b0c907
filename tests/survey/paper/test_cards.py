"""Sheets of code cards."""

from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader

from survey.paper.cards import Card, CardSheet, draw_cards
from survey.paper.print_font import print_font


def a_sheet(count: int, unit_name: str = "市图书馆") -> CardSheet:
    cards = [
        Card(f"ABCDE-FGH{n:02}", f"https://minyi.example.cn/a/ABCDEFGH{n:02}") for n in range(count)
    ]
    closes_at = datetime(2026, 12, 1, 4, tzinfo=UTC)
    return CardSheet("2026年度评估", unit_name, cards, "https://minyi.example.cn/a", closes_at)


def pages_of(*sheets: CardSheet) -> list[str]:
    pdf = PdfReader(BytesIO(draw_cards(sheets, "zh-Hans", print_font(None))))
    return [page.extract_text() for page in pdf.pages]


def test_ten_cards_stand_on_a_sheet_and_each_unit_begins_a_new_one():
    pages = pages_of(a_sheet(12), a_sheet(1, "市档案馆"))

    assert [page.count("ABCDE-FGH") for page in pages] == [10, 2, 1]
    assert "市档案馆" in pages[2]
    assert "市档案馆" not in pages[1]


def test_a_card_says_that_it_is_anonymous_drawn_blind_used_once_and_until_when():
    page = pages_of(a_sheet(1))[0]

    for words in (
        "ABCDE-FGH00",
        "minyi.example.cn/a",
        "不记名",
        "随手抽",
        "只能用一次",
        "2026-12-01 12:00",
    ):
        assert words in page
