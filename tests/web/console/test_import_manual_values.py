"""A file of manual values through the console: every wrong row is named, and none is entered."""

from console_visit import EVALUATION

PAGE = f"/console/evaluations/{EVALUATION}/manual-values"


def send(officer, text, query=""):
    file = {"file": ("values.csv", text.encode("utf-8-sig"), "text/csv")}
    return officer.post(f"{PAGE}/import{query}", data={}, files=file)


def exported(officer):
    return officer.get(f"{PAGE}.csv").content


def test_the_page_names_every_wrong_row_with_the_reason(officer):
    before = exported(officer)

    reply = send(officer, "unit_code,indicator,points\nU1,A21,5\nU9,A21,5\nU2,A21,=31\nU3,A21,31\n")

    assert reply.status_code == 422
    assert "第 3 行" in reply.text
    assert "U9" in reply.text
    assert "第 4 行" in reply.text
    assert "第 5 行" in reply.text
    assert exported(officer) == before


def test_the_page_names_them_in_english_too(officer):
    reply = send(officer, "unit_code,indicator,points\nU9,A21,5\n", query="?lang=en")

    assert reply.status_code == 422
    assert "Row 2: No unit" in reply.text


def test_a_right_file_is_entered_and_the_next_run_counts_it(officer):
    reply = send(officer, "单位编码,指标编码,分值,说明\nU1,A21,5,现场核查\n")

    assert (reply.status_code, "changed=1" in reply.headers["location"]) == (303, True)
    assert "U1,市政务服务局,A21,指标A21,5.0,现场核查" in exported(officer).decode("utf-8-sig")
    scored = officer.post(f"/console/evaluations/{EVALUATION}/score")
    assert scored.headers["location"].endswith("notice=scored")
    again = officer.post(f"/console/evaluations/{EVALUATION}/score")
    assert again.headers["location"].endswith("notice=nothing_new")
