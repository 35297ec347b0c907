"""The words of the day in the console."""

from survey.rules.ways_in.arrival import desk_word


def test_every_open_code_has_its_word_and_places_can_be_found(officer):
    page = officer.get("/console/campaigns/camp-citizen/desk-words")
    rows = page.text.split("<code>")[1:]
    known = [row.split("</code>")[0] for row in rows]
    today = officer.client.app.state.clock().date()

    assert page.status_code == 200
    assert known
    key = officer.client.app.state.settings.key("desk")
    assert all(desk_word(key, code, today) in page.text for code in known)
    nothing = officer.get("/console/campaigns/camp-citizen/desk-words?words=nowhere").text
    assert not any(code in nothing for code in known)


def test_staff_and_offices_have_none(officer):
    assert officer.get("/console/campaigns/camp-staff/desk-words").status_code == 404


def test_nobody_reads_them_without_signing_in(client):
    reply = client.get("/console/campaigns/camp-citizen/desk-words")

    assert reply.status_code == 303
    assert "sign-in" in reply.headers["location"]
