"""An officer's browser in tests: sign in, send forms as a page of this site sends them."""

from builders import NOON, QUESTIONNAIRE, a_campaign, a_rating_pair, a_unit
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets
from sqlmodel import Session, select
from starlette.testclient import TestClient

from scales import shipped_questionnaires
from survey.distribute.launch import open_links
from survey.distribute.prepare import begin_draft
from survey.distribute.publish import publish_questionnaire
from survey.edit_questionnaire.drafts import start_draft
from survey.evaluate.enter import enter_manual_value
from survey.people import Role, add_officer
from survey.rules.audience import Audience
from survey.storage.tables import Campaign, Evaluation, Unit

NAME = "王敏"
PASSWORD = "seven plain words"
EVALUATION = "demo2026"
DRAFT = "draft-citizen"
OFFICE = "R001"
QUESTIONNAIRE_DRAFT = "drafted1"


class Visit:
    """A browser with the cookies of one officer."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.origin = str(client.base_url).rstrip("/")

    def get(self, path, **given):
        return self.client.get(path, **given)

    def post(self, path, data=None, **given):
        """Send a form as a page of this site does."""
        headers = {"origin": self.origin, "sec-fetch-site": "same-origin"}
        return self.client.post(
            path, data=data or {"do": "it"}, headers=headers | given.pop("headers", {}), **given
        )

    def handed_out(self, path, data, **given):
        """Have codes made and download their file; a refusal is returned as it is."""
        made = self.post(path, data, **given)
        return self.get(f"{made.headers['location']}/file") if made.is_redirect else made

    def sign_in(self, name=NAME, password=PASSWORD, **fields):
        return self.post("/console/sign-in", {"name": name, "password": password} | fields)


def add_people(session: Session) -> None:
    """An evaluator and an auditor with the same password."""
    for name, role in ((NAME, Role.EVALUATOR), ("李审", Role.AUDITOR)):
        add_officer(session, name=name, password=PASSWORD, role=role, now=NOON, actor="test")


def add_evaluation(session: Session) -> Evaluation:
    """Three units asked by all audiences and scored once; then nine citizens answered the first.

    The third unit has too few staff to show. A further campaign is a draft.
    """
    units = [
        a_unit(session, code=f"U{n}", name=name, category="政府部门")
        for n, name in enumerate(("市政务服务局", "市图书馆", "市档案馆"), start=1)
    ]
    evaluation, campaigns = an_asked_evaluation(
        session, units, code=EVALUATION, name="2026年度评估"
    )
    open_links(session, campaigns[Audience.CITIZEN], {u.code: ["一楼大厅"] for u in units})
    for number, unit in enumerate(units):
        answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40, number))
        answer(session, campaigns[Audience.STAFF], unit, varied_sheets(4 if number == 2 else 12))
        enter_manual_value(
            session,
            evaluation,
            unit_code=unit.code,
            indicator_code="A21",
            points=20.0 + number,
            entered_by=NAME,
            now=NOON,
        )
    score(session, evaluation)
    answer(session, campaigns[Audience.CITIZEN], units[0], varied_sheets(9, 9))
    version = publish_questionnaire(session, QUESTIONNAIRE, NOON)
    begin_draft(session, evaluation, version, "补充调查", NOON).code = DRAFT
    citizens = shipped_questionnaires()["citizen-service"].read_bytes()
    publish_questionnaire(session, citizens, NOON)
    start_draft(session, citizens, officer=NAME, now=NOON).code = QUESTIONNAIRE_DRAFT
    return evaluation


def add_named_raters(visit: Visit) -> None:
    """Let an office rate the first unit, and the unit itself, so that their pages are there."""
    with visit.client.app.state.database.writing() as session:
        partners = session.exec(select(Campaign).where(Campaign.code == "camp-partner")).one()
        unit = session.exec(select(Unit).where(Unit.code == "U1")).one()
        a_rating_pair(session, partners, unit, "市财政局", OFFICE)
        own = a_campaign(
            session,
            [unit],
            Audience.SELF,
            evaluation_id=partners.evaluation_id,
            questionnaire_version_id=partners.questionnaire_version_id,
            code="camp-self",
            name="问卷调查",
        )
        a_rating_pair(session, own, unit, unit.name, unit.code)


def citizens_of(session: Session) -> Campaign:
    """The citizens' campaign."""
    return session.exec(select(Campaign).where(Campaign.code == "camp-citizen")).one()


def kept(visit, table, **where):
    """The rows of a table in the application's database."""
    with visit.client.app.state.database.reading() as session:
        return session.exec(select(table).filter_by(**where)).all()
