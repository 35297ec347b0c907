"""By which channel sheets came, and what of it may be told."""

from uuid import UUID

from builders import NOON, a_campaign, a_unit, an_evaluation
from sqlmodel import select

from survey.distribute.invite import issue_personal_links
from survey.results import campaign_progress
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkState
from survey.storage.tables import AnswerSheet, CampaignUnit, Link

LINK_KEY = b"the key of links in these tests."


def staff(session, used, head_counts):
    """A staff campaign with so many used links a unit."""
    units = [a_unit(session) for _ in used]
    evaluation = an_evaluation(session, units)
    campaign = a_campaign(session, units, Audience.STAFF, evaluation_id=evaluation.id)
    for unit, count, people in zip(units, used, head_counts, strict=True):
        session.get_one(CampaignUnit, (campaign.id, unit.id)).head_count = people
        issue_personal_links(session, campaign, unit, 20, LINK_KEY)
        links = session.exec(select(Link).where(Link.unit_id == unit.id)).all()
        for number, link in enumerate(links[:count]):
            link.state = LinkState.USED
            session.add(
                AnswerSheet(
                    campaign_id=campaign.id,
                    unit_id=unit.id,
                    id=UUID(int=unit.id * 100 + number + 1),
                    packed=b"abc",
                    bucket_at=NOON,
                )
            )
    session.flush()
    return campaign_progress(session, campaign, NOON)


def test_staff_are_counted_by_channel_over_all_units_and_in_steps(session):
    progress = staff(session, [8, 6], [20, 20])

    assert [(one.channel, one.received_count) for one in progress.channels] == [("link", 10)]
    assert [unit.channels for unit in progress.units] == [(), ()]


def test_the_channels_of_a_single_unit_are_not_told(session):
    assert staff(session, [12], [20]).channels == ()


def test_the_rate_is_that_of_what_is_shown(session):
    progress = staff(session, [8, 6], [20, 10])

    assert [unit.rate_percent for unit in progress.units] == [25.0, 50.0]
    assert (progress.head_count, round(progress.rate_percent, 1)) == (30, 33.3)


def test_it_is_never_told_that_a_whole_unit_answered(session):
    progress = staff(session, [10, 5], [10, 5])

    full, small = progress.units
    assert (full.received_count, full.rate_percent) == (5, 50.0)
    assert (small.received_count, small.not_shown.code) == (None, "few_people")


def test_channels_count_only_units_whose_own_count_is_told(session):
    """Else what is left of the sum would say that everybody of the small units answered."""
    progress = staff(session, [14, 7, 3, 3], [100, 20, 3, 3])

    assert [unit.received_count for unit in progress.units] == [10, 5, None, None]
    assert [(one.channel, one.received_count) for one in progress.channels] == [("link", 20)]


def test_no_channel_is_told_that_would_leave_a_few_as_the_rest(session):
    units = [a_unit(session), a_unit(session)]
    campaign = a_campaign(session, units, Audience.STAFF)
    for unit in units:
        cell = session.get_one(CampaignUnit, (campaign.id, unit.id))
        cell.head_count, cell.paper_count = 40, 1
        issue_personal_links(session, campaign, unit, 20, LINK_KEY)
        for link in session.exec(select(Link).where(Link.unit_id == unit.id)):
            link.state = LinkState.USED
            answer_id = UUID(int=unit.id * 100_000 + link.id)
            session.add(
                AnswerSheet(
                    campaign_id=campaign.id,
                    unit_id=unit.id,
                    id=answer_id,
                    packed=b"abc",
                    bucket_at=NOON,
                )
            )
    session.flush()

    assert campaign_progress(session, campaign, NOON).channels == ()
