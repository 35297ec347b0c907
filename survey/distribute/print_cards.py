"""Print cards: the file in which alone their codes stand, one sheet of paper a unit."""

from collections.abc import Sequence

from survey.distribute.cards import CardOrder
from survey.rules.ways_in.short_code import shown_short_code
from survey.settings import Settings
from survey.storage.tables import Campaign, Evaluation


def draw_card_file(
    orders: Sequence[CardOrder],
    campaign: Campaign,
    evaluation: Evaluation,
    settings: Settings,
    locale: str,
) -> bytes:
    """Return the cards of the orders as a PDF."""
    from survey.paper.cards import Card, CardSheet, draw_cards
    from survey.paper.print_font import print_font

    origin = settings.public_origin
    sheets = [
        CardSheet(
            title=campaign.asked_by or evaluation.name,
            unit_name=order.unit.name,
            cards=[Card(shown_short_code(code), f"{origin}/a/{code}") for code in order.codes],
            type_at=f"{origin}/a",
            closes_at=campaign.closes_at,
        )
        for order in orders
    ]
    return draw_cards(sheets, locale, print_font(settings.print_font))
