from datetime import timedelta

import builders
import numpy as np
import pytest

from survey.errors import QuestionnaireVersionNotFound
from survey.rules.audience import Audience
from survey.storage.queries.answers import office_matrix, open_answers, packed_matrix
from survey.storage.queries.campaigns import (
    campaign_by_code,
    campaigns_of,
    campaigns_to_wind_up,
    cells_ready_to_mix,
    received_counts,
    units_of_campaign,
)
from survey.storage.queries.evaluations import (
    evaluation_by_code,
    evaluations,
    units_by_code,
    units_of,
)
from survey.storage.queries.questionnaires import (
    questionnaire_of,
    questionnaire_version_by_number,
    questionnaire_versions,
)


@pytest.fixture
def units(session):
    return [builders.a_unit(session) for _ in range(3)]


@pytest.fixture
def campaign(session, units):
    return builders.a_campaign(session, units)


def sorted_rows(unit_ids, packed):
    return sorted((unit_id, bytes(row)) for unit_id, row in zip(unit_ids, packed, strict=True))


def test_sheets_come_as_one_matrix(session, campaign, units):
    sheets = [(units[0], bytes([1, 2, 255])), (units[0], bytes([5, 0, 3])), (units[1], b"\1\1\1")]
    for unit, packed in sheets:
        builders.an_answer_sheet(session, campaign, unit, packed)
    builders.an_answer_sheet(session, builders.a_campaign(session, units), units[0])

    unit_ids, packed = packed_matrix(session, campaign.id)

    assert (unit_ids.dtype, packed.dtype, packed.shape) == (np.int64, np.uint8, (3, 3))
    assert sorted_rows(unit_ids, packed) == sorted((unit.id, row) for unit, row in sheets)


def test_a_cell_is_one_part_of_the_matrix(session, campaign, units):
    builders.an_answer_sheet(session, campaign, units[0], b"\1\1\1")
    builders.an_answer_sheet(session, campaign, units[1], b"\2\2\2")

    unit_ids, packed = packed_matrix(session, campaign.id, units[1].id)

    assert sorted_rows(unit_ids, packed) == [(units[1].id, b"\2\2\2")]


def test_sheets_held_back_come_only_when_asked_for(session, campaign, units):
    builders.an_answer_sheet(session, campaign, units[0])
    builders.an_answer_sheet(session, campaign, units[0], is_held=True)

    assert len(packed_matrix(session, campaign.id)[0]) == 1
    assert len(packed_matrix(session, campaign.id, include_held=True)[0]) == 2


def test_a_campaign_without_sheets_is_an_empty_matrix(session, campaign):
    unit_ids, packed = packed_matrix(session, campaign.id)
    offices = office_matrix(session, campaign.id)

    assert (unit_ids.shape, packed.shape) == ((0,), (0, 0))
    assert [part.shape[0] for part in offices] == [0, 0, 0]


def test_sheets_of_different_lengths_are_never_read_as_one_matrix(session, campaign, units):
    builders.an_answer_sheet(session, campaign, units[0], b"\1\1\1\1")
    builders.an_answer_sheet(session, campaign, units[0], b"\1\1")

    with pytest.raises(ValueError, match="reshape"):
        packed_matrix(session, campaign.id)


def test_an_office_counts_once_with_its_latest_revision(session, units):
    campaign = builders.a_campaign(session, units, Audience.PARTNER)
    first, second = (builders.a_rating_pair(session, campaign, units[0]) for _ in range(2))
    third = builders.a_rating_pair(session, campaign, units[1])
    builders.a_rating_pair(session, campaign, units[1])  # has not answered
    builders.an_office_sheet(session, first, b"\1\1\1")
    builders.an_office_sheet(session, first, b"\5\5\5", revision=2)
    builders.an_office_sheet(session, second, b"\2\2\2")
    builders.an_office_sheet(session, third, b"\3\3\3")

    unit_ids, pair_ids, packed = office_matrix(session, campaign.id)

    assert unit_ids.tolist() == [units[0].id, units[0].id, units[1].id]
    assert pair_ids.tolist() == [first.id, second.id, third.id]
    assert packed.tolist() == [[5, 5, 5], [2, 2, 2], [3, 3, 3]]
    assert office_matrix(session, campaign.id, units[1].id)[2].tolist() == [[3, 3, 3]]
    assert received_counts(session, campaign.id) == {
        units[0].id: 2,
        units[1].id: 1,
        units[2].id: 0,
    }


def test_open_answers_come_by_unit_and_item(session, campaign, units):
    builders.an_open_answer(session, campaign, units[0], "多开窗口")
    builders.an_open_answer(session, campaign, units[0], "很好", item_id="Q9")
    builders.an_open_answer(session, campaign, units[1], "别的单位")

    everything = open_answers(session, campaign.id, units[0].id)
    of_item = open_answers(session, campaign.id, units[0].id, "Q4")

    assert {row.text for row in everything} == {"多开窗口", "很好"}
    assert [row.text for row in of_item] == ["多开窗口"]


def test_received_counts_hold_the_inbox_and_every_unit(session, campaign, units):
    builders.an_answer_sheet(session, campaign, units[0])
    builders.an_answer_sheet(session, campaign, units[0], is_held=True)
    for _ in range(3):
        builders.an_inbox_sheet(session, campaign, units[0])
    builders.an_inbox_sheet(session, campaign, units[1])

    assert received_counts(session, campaign.id) == {
        units[0].id: 5,
        units[1].id: 1,
        units[2].id: 0,
    }


def test_only_cells_with_ten_waiting_sheets_are_ready_to_mix(session, campaign, units):
    other = builders.a_campaign(session, units)
    for waiting, cell in [
        (9, (campaign, units[0])),
        (10, (campaign, units[1])),
        (9, (other, units[1])),
    ]:
        for _ in range(waiting):
            builders.an_inbox_sheet(session, *cell)

    ready = cells_ready_to_mix(session)

    assert [tuple(cell) for cell in ready] == [(campaign.id, units[1].id, 10)]
    assert len(cells_ready_to_mix(session, at_least=9)) == 3


def test_a_campaign_is_wound_up_from_its_closing_instant_on(session, units):
    campaign = builders.a_campaign(session, units)
    builders.a_campaign(session, units, wound_up_at=builders.NOON)
    just_before = campaign.closes_at - timedelta(microseconds=1)

    assert campaigns_to_wind_up(session, just_before) == []
    assert campaigns_to_wind_up(session, campaign.closes_at) == [campaign]


def test_an_evaluation_lists_its_units_and_campaigns(session, units):
    evaluation = builders.an_evaluation(session, units[::-1], year=2027)
    older = builders.an_evaluation(session, year=2026)
    late = builders.a_campaign(session, units[:1], evaluation_id=evaluation.id)
    early = builders.a_campaign(
        session, evaluation_id=evaluation.id, opens_at=late.opens_at - timedelta(days=1)
    )

    assert list(evaluations(session)) == [evaluation, older]
    assert evaluation_by_code(session, evaluation.code) is evaluation
    assert evaluation_by_code(session, "nothing") is None
    assert evaluation_by_code(session, "\0") is None
    assert campaign_by_code(session, "\ud800") is None
    assert list(units_of(session, evaluation.id)) == sorted(units, key=lambda unit: unit.code)
    assert list(campaigns_of(session, evaluation.id)) == [early, late]
    assert campaign_by_code(session, late.code) is late
    assert [unit.id for _, unit in units_of_campaign(session, late.id)] == [units[0].id]
    assert units_by_code(session, [units[0].code, "nothing"]) == {units[0].code: units[0]}


def test_a_questionnaire_says_what_its_stored_bytes_say(session):
    version = builders.a_questionnaire_version(session, questionnaire_id="service")

    questionnaire = questionnaire_of(session, version.id)

    assert questionnaire.content == builders.QUESTIONNAIRE
    assert [item.id for item in questionnaire.items] == ["Q1", "Q2", "Q3", "Q4"]
    assert questionnaire_of(session, version.id) is questionnaire
    assert questionnaire_version_by_number(session, "service", 1) is version
    assert questionnaire_version_by_number(session, "service", 2) is None
    assert list(questionnaire_versions(session)) == [version]
    with pytest.raises(QuestionnaireVersionNotFound):
        questionnaire_of(session, 4711)
