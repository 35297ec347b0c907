"""An office's pages: what an option that ends says there, and whose a draft is."""

import pytest
from paged_answering import thirty_items
from sqlmodel import select

from scales import read_questionnaire
from survey.storage.tables import RatingPair, SheetDraft
from web.answer.look import Look
from web.answer.views import Wording, view_item

SCREENING = read_questionnaire(thirty_items(screening=True)).items[0]


@pytest.mark.parametrize(("is_signed", "promises"), [(False, True), (True, False)])
def test_an_option_that_ends_promises_to_send_only_where_it_sends(is_signed, promises):
    wording = Wording(Look("zh-Hans"), "市图书馆", is_signed=is_signed)

    [ending] = [c.words for c in view_item(1, SCREENING, wording).choices if "往下填" in c.words]

    assert ("直接提交" in ending) is promises


def test_a_draft_of_a_named_office_says_whose_it_is_so_that_it_can_be_erased(office):
    office.rate("U2")

    with office.client.app.state.database.reading() as session:
        [draft] = session.exec(select(SheetDraft)).all()
        pair = session.get_one(RatingPair, draft.rating_pair_id)
        assert (pair.campaign_id, pair.quota) == (office.campaign_id, 2)
    assert "能不能撤回" in office.get().text
