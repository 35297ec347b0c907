"""What is promised stands before the first answer; an order chosen for somebody marks nobody."""

import pytest
from answering import add_campaigns
from paged_answering import Walk, thirty_items
from sqlalchemy import update
from sqlmodel import col, select

from survey.collect.mix import mix_cell
from survey.rules.ways_in.link import LinkKind
from survey.storage.tables import AnswerSheet, Campaign, CampaignUnit, Link


@pytest.mark.parametrize(
    ("way", "level"),
    [
        ("citizen", "不记名（公开二维码）"),
        ("personal", "不记名（混合后不可追溯）"),
        ("card", "凭卡匿名"),
    ],
)
def test_who_asks_why_how_long_and_how_anonymous_stand_before_the_first_answer(
    client, codes, way, level
):
    told = {"asked_by": "县考评办", "legal_basis": "考评办法第八条", "contact": "0571-5550199"}
    with client.app.state.database.writing() as session:
        session.execute(update(Campaign).values(**told))
        if way == "card":
            personal = col(Link.kind) == LinkKind.PERSONAL
            session.execute(update(Link).where(personal).values(kind=LinkKind.CARD))
    page = client.get(f"/a/{codes.citizen if way == 'citizen' else codes.staff[0]}").text

    first_answer = page.index('type="radio"')
    for words in (*told.values(), level, "不能撤回", "自愿参加"):
        assert page.index(words) < first_answer


def test_an_order_chosen_in_the_address_marks_no_sheet_of_staff(client, settings):
    with client.app.state.database.writing() as session:
        content = thirty_items(shuffle=True)
        codes = add_campaigns(session, settings.key("links"), 1, content)
    walk = Walk(client, f"/a/{codes.staff[0]}?order=17")
    for _ in range(5):
        walk.tick_all()
    with client.app.state.database.writing() as session:
        for cell in session.exec(select(CampaignUnit)).all():
            mix_cell(session, cell.campaign_id, cell.unit_id, client.app.state.clock(), at_least=1)
        seeds = [sheet.order_seed for sheet in session.exec(select(AnswerSheet)).all()]

    assert seeds == [None]
