"""A new evaluation through the console: from two files to a score."""

import re

import pytest
from answering import form_of
from launch_steps import launch
from sqlmodel import select

from survey.exchange.tree_file import shipped_tree
from survey.results import evaluation_results
from survey.storage.queries.evaluations import evaluation_by_code
from survey.storage.tables import AuditEntry, Evaluation, Unit

UNITS = "编码,名称,类别\nN1,市民政局,政府部门\nN2,市教育局,政府部门\n"
OWN = shipped_tree().replace(b'id = "yearly"', b'id = "ours"')
FORM = {"name": "2027年度评估", "year": "2027", "tree": "shipped"}


def send(visit, units=UNITS, tree_file=None, query="", **fields):
    files = {} if units is None else {"units": ("单位.csv", units.encode("gb18030"), "text/csv")}
    if tree_file is not None:
        files["tree_file"] = ("tree.toml", tree_file, "application/toml")
    files = files or {"other": ("", b"", "text/csv")}
    return visit.post(f"/console/evaluations{query}", FORM | fields, files=files)


def kept(visit, table):
    with visit.client.app.state.database.reading() as session:
        return session.exec(select(table)).all()


def answer(visit, clock, code, number):
    """Answer on a phone of one's own: each sheet comes without a cookie of the one before."""
    for name in [name for name in visit.client.cookies if name.startswith("sent_")]:
        visit.client.cookies.delete(name)
    page = visit.get(f"/a/{code}").text
    clock.move(seconds=20)
    offered = re.findall(r'type="radio" name="(\w+)" value="([1-4])"', page)
    chosen = {name: value for name, value in offered if int(value) <= 1 + number % 4}
    return visit.client.post(f"/a/{code}", data=form_of(page) | chosen)


def test_from_two_files_to_answers_and_a_score(officer, clock):
    reply = send(officer, tree_file=OWN, tree="uploaded")
    assert reply.status_code == 303
    overview = reply.headers["location"]
    page = officer.get(overview).text
    assert "2027年度评估" in page
    assert f'href="{overview}/campaigns/new"' in page
    assert officer.get(f"{overview}/indicators").status_code == 200
    assert officer.get(f"{overview}/results").status_code == 200
    assert officer.post(f"{overview}/score").status_code == 303

    units = {"listed": ["N1", "N2"], "unit": ["N1", "N2"]}
    made = launch(officer, overview.rpartition("/")[2], units=units, ways={"places": ""})
    ways = officer.get(f"{made.headers['location']}/ways").text
    codes = sorted(set(re.findall(r'href="/a/(\w{8})"', ways)))
    assert len(codes) == 2
    for code in codes:
        for number in range(30):
            assert answer(officer, clock, code, number).status_code == 303

    scored = officer.post(f"{overview}/score")
    assert scored.headers["location"].endswith("notice=scored")
    with officer.client.app.state.database.reading() as session:
        evaluation = evaluation_by_code(session, overview.rpartition("/")[2])
        results = evaluation_results(session, evaluation)
    assert [unit.code for unit in results.units] == ["N1", "N2"]
    assert [cell.sheet_count for unit in results.units for cell in unit.cells] == [30, 30]
    assert "市民政局" in officer.get(f"{overview}/results").text
    assert "群众满意度" in officer.get(f"{overview}/indicators").text


def test_the_deed_stands_in_the_trail(officer):
    code = send(officer).headers["location"].rpartition("/")[2]

    (entry,) = [e for e in kept(officer, AuditEntry) if e.action == "evaluation.founded"]
    assert (entry.actor, entry.subject, entry.details["year"]) == ("王敏", code, 2027)


def test_everything_wrong_is_listed_at_once_and_nothing_is_made(officer):
    before = len(kept(officer, Evaluation)), len(kept(officer, Unit))

    reply = send(
        officer,
        "编码,名称,类别\nN1,市民政局,\nN1,市教育局,政府部门\n",
        OWN.replace(b"points = 18", b"points = 17"),
        name="明年的评估",
        year="27",
        tree="uploaded",
    )

    assert reply.status_code == 422
    assert "有 4 处需要改正" in reply.text
    for words in ("年度应是", "第 2 行", "第 3 行", "99.00 分"):
        assert words in reply.text
    assert 'value="明年的评估"' in reply.text
    assert 'value="27"' in reply.text
    assert re.search(r'value="uploaded" checked', reply.text)
    assert (len(kept(officer, Evaluation)), len(kept(officer, Unit))) == before


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": ""}, "请填写评估项目名称"),
        ({"name": "2026年度评估"}, "已经有名为"),
        ({"year": "20２7"}, "年度应是"),
        ({"units": None}, "请选择单位名单"),
        ({"units": "编码,名称,类别\nU1,别的名称,政府部门\n"}, "市政务服务局"),
        ({"tree": "other"}, "请选择指标体系"),
        ({"tree": "uploaded"}, "请选择指标体系"),
    ],
    ids=range(7),
)
def test_a_refused_form_says_why(officer, given, words):
    before = len(kept(officer, Evaluation))

    reply = send(officer, **given)

    assert reply.status_code == 422
    assert words in reply.text
    assert len(kept(officer, Evaluation)) == before


def test_problems_are_named_in_english_too(officer):
    reply = send(officer, "code,name,category\nN1,,x\n", query="?lang=en")

    assert reply.status_code == 422
    assert "List of units, row 2" in reply.text


def test_the_templates_leave_as_files(officer):
    units = officer.get("/console/evaluations/new/units.csv")
    tree = officer.get("/console/evaluations/new/tree.toml")

    assert units.content.startswith("\ufeff编码,名称,类别,级别\r\n".encode())
    assert tree.content == shipped_tree()
    for reply in (units, tree):
        assert reply.headers["content-disposition"].startswith("attachment")


def test_only_an_evaluator_makes_an_evaluation(auditor):
    assert send(auditor).status_code == 403
    assert "/console/evaluations/new" not in auditor.get("/console/").text


def test_the_list_of_evaluations_leads_to_the_form(officer):
    assert 'href="/console/evaluations/new"' in officer.get("/console/").text
    assert "单位名单" in officer.get("/console/evaluations/new").text


def test_a_published_tree_with_other_words_is_refused_and_takes_no_unit(officer):
    assert send(officer, tree_file=OWN, tree="uploaded").status_code == 303
    changed = OWN.replace("群众满意度".encode(), "群众评价".encode())
    before = len(kept(officer, Unit))

    reply = send(
        officer, UNITS.replace("N", "M"), changed, name="2028年度评估", year="2028", tree="uploaded"
    )

    assert reply.status_code == 422
    assert "已经发布" in reply.text
    assert len(kept(officer, Unit)) == before
