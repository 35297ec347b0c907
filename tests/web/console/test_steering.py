"""Steering a campaign from the console: pause, extend, close, lock."""

from console_visit import kept
from sqlmodel import select

from survey.storage.tables import Campaign, Link


def test_a_campaign_is_paused_and_goes_on(officer):
    code = kept(officer, Link, kind="open")[0].code

    assert officer.post("/console/campaigns/camp-citizen/pause").status_code == 303
    assert officer.get(f"/a/{code}").status_code == 503
    assert "已暂停" in officer.get("/console/campaigns/camp-citizen").text
    officer.post("/console/campaigns/camp-citizen/resume")

    assert "进行中" in officer.get("/console/campaigns/camp-citizen").text


def test_a_campaign_is_given_more_time_but_never_less(officer):
    path = "/console/campaigns/camp-citizen/extend"

    assert officer.post(path, {"closes_at": "2026-07-30T18:00"}).status_code == 303
    assert "2026-07-30 18:00" in officer.get("/console/campaigns/camp-citizen").text
    refused = officer.post(path, {"closes_at": "2026-06-10T18:00"})

    assert (refused.status_code, "晚于" in refused.text) == (422, True)


def test_closed_is_final(officer, clock):
    path = "/console/campaigns/camp-citizen"
    clock.move(minutes=5)
    officer.post(f"{path}/close", {"sure": "yes"})
    clock.move(seconds=1)

    assert "已截止" in officer.get(path).text
    for verb in ("pause", "resume", "close", "extend"):
        assert (
            officer.post(
                f"{path}/{verb}", {"closes_at": "2026-09-01T09:00", "sure": "yes"}
            ).status_code
            == 409
        )
    with officer.client.app.state.database.reading() as session:
        (campaign,) = session.exec(select(Campaign).where(Campaign.code == "camp-citizen")).all()
    assert campaign.closes_at < clock.now
