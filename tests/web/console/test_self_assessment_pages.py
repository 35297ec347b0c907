"""Self-assessments in the console: gaps, what was signed, every version, files to be saved."""

import json

import pytest
from builders import NOON, an_office_sheet
from console_visit import EVALUATION, kept
from evaluation_builders import score
from sqlmodel import Session, select

from scales import Keying, load_questionnaire, shipped_questionnaires
from survey.collect.wind_up import wind_up
from survey.distribute.launch import launch_campaign
from survey.distribute.pairs import issue_partner_links
from survey.distribute.publish import publish_questionnaire
from survey.rules.audience import Audience
from survey.rules.ways_in.rating_pairs import PairDefinition
from survey.storage.tables import Campaign, Evaluation, EvidenceFile, OfficeSheet, RatingPair, Unit

PAGES = "/console/campaigns/camp-self/self-assessments"
DIGEST, UNSIGNED = "a" * 64, "b" * 64
SELF = load_questionnaire(shipped_questionnaires()["unit-self"])
BEST = bytes(5 if item.keying is Keying.FORWARD else 1 for item in SELF.packed_items)


def add_self_assessments(session: Session) -> Campaign:
    """Two units were asked; the first has signed twice and handed in a file."""
    evaluation = session.exec(select(Evaluation).where(Evaluation.code == EVALUATION)).one()
    units = session.exec(select(Unit).order_by(Unit.code)).all()[:2]
    content = shipped_questionnaires()["unit-self"].read_bytes()
    campaign = launch_campaign(
        session,
        evaluation=evaluation,
        questionnaire_version=publish_questionnaire(session, content, NOON),
        audience=Audience.SELF,
        name="单位自评",
        units=units,
        opens_at=NOON.replace(day=1),
        closes_at=NOON.replace(day=28),
    )
    campaign.code = "camp-self"
    pairs = [PairDefinition(unit.code, unit.name, unit.code) for unit in units]
    issue_partner_links(session, campaign, pairs, b"the key of links in these tests.")
    pair = session.exec(select(RatingPair).where(RatingPair.campaign_id == campaign.id)).first()
    texts = {"U01@evidence": "卷宗-7", "@files": json.dumps([["U01", "纪要.pdf", DIGEST]])}
    an_office_sheet(session, pair, bytes(12), signed_by="副局长 李平")
    signed = {"signed_by": "局长 赵方", "texts": json.dumps(texts)}
    an_office_sheet(session, pair, BEST, revision=2, **signed)
    for digest, name in ((DIGEST, "纪要.pdf"), (UNSIGNED, "没签字.pdf")):
        session.add(
            EvidenceFile(
                rating_pair_id=pair.id,
                item_id="U01",
                name=name,
                media_type="application/pdf",
                content=b"%PDF-" + digest.encode(),
                digest=digest,
                added_at=NOON,
            )
        )
    session.flush()
    return campaign


@pytest.fixture
def own(officer, clock):
    with officer.client.app.state.database.writing() as session:
        add_self_assessments(session)
    return officer


def scored(officer):
    with officer.client.app.state.database.writing() as session:
        campaign = session.exec(select(Campaign).where(Campaign.code == "camp-self")).one()
        wind_up(session, campaign, campaign.closes_at)
        score(session, session.get_one(Evaluation, campaign.evaluation_id))


def test_the_page_shows_answers_in_words_evidence_signer_and_versions(own):
    page = own.get(f"{PAGES}/U1").text

    assert "完全符合" in page
    assert "卷宗-7" in page
    assert "局长 赵方签字" in page
    assert "14 处" in page  # twelve answers, a number, a file
    assert "没签字.pdf" not in page
    assert "还没有可比的得分" in page

    old = own.get(f"{PAGES}/U1?version=1").text
    assert "正在看第 1 次提交" in old
    assert "卷宗-7" not in old
    assert own.get(f"{PAGES}/U1?version=3").status_code == 404
    assert "还没有签字提交" in own.get(f"{PAGES}/U2").text
    assert own.get(f"{PAGES}/U3").status_code == 404


def test_a_file_is_saved_and_never_shown_and_only_once_it_is_signed_for(own, stranger):
    reply = own.get(f"{PAGES}/U1/files/{DIGEST}")

    assert reply.content == b"%PDF-" + DIGEST.encode()
    assert reply.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in reply.headers["content-security-policy"]
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert own.get(f"{PAGES}/U1/files/{UNSIGNED}").status_code == 404
    assert own.get(f"{PAGES}/U2/files/{DIGEST}").status_code == 404
    own.client.cookies.clear()
    assert stranger.get(f"{PAGES}/U1/files/{DIGEST}").status_code in (303, 401)


def test_gaps_stand_widest_first_and_what_others_hide_stays_hidden(own):
    scored(own)

    page = own.get(f"{PAGES}/U1").text

    assert "自评比服务对象高" in page
    assert "100.0" in page
    assert "建议对照佐证实地核查" in page
    gaps = page.partition('id="gaps"')[2].partition('id="answers"')[0]
    assert "不足5份" in gaps  # no partner office has rated this unit
    listed = own.get(PAGES).text
    assert "局长 赵方" in listed
    assert listed.index("市政务服务局") < listed.index("市图书馆")


def test_one_that_is_returned_does_not_count_and_says_by_whom(own):
    path = "/console/campaigns/camp-self/offices/U1/return"

    assert own.post(path, {"unit": "U1", "place": "1", "reason": "佐证不符"}).status_code == 303

    assert {sheet.void_reason for sheet in kept(own, OfficeSheet)} == {"佐证不符"}
    page = own.get(f"{PAGES}/U1").text
    assert "王敏退回了这份自评" in page
    scored(own)
    assert "还没有可比的得分" in own.get(f"{PAGES}/U1").text


def test_an_auditor_reads_it_all_and_is_offered_no_return(own, auditor):
    page = auditor.get(f"{PAGES}/U1")

    assert page.status_code == 200
    assert "退回这份自评" not in page.text
    assert auditor.get(f"{PAGES}/U1/files/{DIGEST}").status_code == 200


def test_the_units_page_leads_to_its_self_assessment(own):
    scored(own)

    assert f'href="{PAGES}/U1"' in own.get(f"/console/evaluations/{EVALUATION}/units/U1").text


def test_other_campaigns_have_no_self_assessments(own):
    assert own.get("/console/campaigns/camp-citizen/self-assessments/U1").status_code == 404
    assert "self-assessments" not in own.get("/console/campaigns/camp-citizen").text
    assert PAGES in own.get("/console/campaigns/camp-self").text
