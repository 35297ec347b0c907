"""Evidence of a unit on both databases: kept once, listed without content, unsigned ones gone."""

import json
from dataclasses import replace

import pytest
from builders import NOON, a_campaign, a_rating_pair, a_unit, a_way, an_office_sheet

from survey.collect.evidence import keep_evidence, remove_evidence
from survey.collect.wind_up import wind_up
from survey.errors import EvidenceRefused
from survey.rules.audience import Audience
from survey.rules.sheets.evidence_file import HandedIn
from survey.rules.ways_in.link import LinkKind
from survey.storage.queries.evidence_files import files_of
from survey.storage.queries.ratings import counting_sheets, signed_revisions


def a_file(number=1):
    return HandedIn(f"{number}.pdf", "application/pdf", b"%PDF-", f"{number}" * 64)


@pytest.fixture
def own(session):
    unit = a_unit(session)
    campaign = a_campaign(session, [unit], Audience.SELF)
    pair = a_rating_pair(session, campaign, unit, unit.name, unit.code)
    way = a_way(session, campaign, unit, LinkKind.PARTNER)
    return campaign, unit, pair, replace(way, rating_pair_id=pair.id)


def test_the_same_file_is_kept_once_and_six_are_refused(session, own):
    *_, pair, way = own

    for number in (1, 1, 2, 3, 4, 5):
        assert keep_evidence(session, way, "U01", a_file(number), NOON)
    with pytest.raises(EvidenceRefused):
        keep_evidence(session, way, "U01", a_file(6), NOON)
    assert keep_evidence(session, way, "U02", a_file(1), NOON)

    assert [file.byte_count for file in files_of(session, pair.id, "U01")] == [5] * 5
    assert remove_evidence(session, way, "U01", a_file(1).digest)
    assert len(files_of(session, pair.id)) == 5


def test_the_close_erases_what_nobody_signed_for_and_takes_nothing_more(session, own):
    campaign, unit, pair, way = own
    for number in (1, 2):
        keep_evidence(session, way, "U01", a_file(number), NOON)
    files = json.dumps([["U01", "1.pdf", a_file(1).digest]])
    texts = json.dumps({"U01@evidence": "7", "@files": files})
    an_office_sheet(session, pair, signed_by="局长 赵方", texts=texts)
    an_office_sheet(session, pair, revision=2)  # unsigned

    wind_up(session, campaign, NOON)

    assert [file.name for file in files_of(session, pair.id)] == ["1.pdf"]
    [sheet] = counting_sheets(session, campaign.id, unit.id)
    assert (sheet.revision, sheet.texts) == (1, texts)
    assert len(signed_revisions(session, campaign.id, unit.code, unit.code)) == 1
    assert not keep_evidence(session, way, "U01", a_file(3), NOON)
    assert not remove_evidence(session, way, "U01", a_file(1).digest)
