"""An officer's way through the steps of launching a campaign, as forms over HTTP."""

from console_visit import EVALUATION

STEPS = {
    "units": {"audience": "citizen", "listed": ["U1", "U2", "U3"], "unit": ["U1", "U3"]},
    "ways": {"kind": "open", "places": "一楼大厅\n二楼大厅\n", "kiosk_places": ""},
    "window": {
        "opens_at": "2026-06-01T09:00",
        "closes_at": "2026-06-20T18:00",
        "asked_by": "市评估办公室",
        "legal_basis": "《年度评估办法》第六条",
        "contact": "评估科，12345",
        "kept_until": "2027-06-20",
    },
}
BEGINNING = {"name": "大厅满意度", "questionnaire": "citizen-service@1"}


def begin(visit, evaluation=EVALUATION, files=None, **fields):
    """Send the first step."""
    path = f"/console/evaluations/{evaluation}/campaigns"
    return visit.post(path, BEGINNING | fields, files=files)


def a_draft(visit, evaluation=EVALUATION, **steps):
    """The address of a draft whose steps are filled in; a step given as None is left out."""
    reply = begin(visit, evaluation, **steps.pop("questionnaire", {}))
    assert reply.status_code == 303, reply.text
    address = reply.headers["location"].removesuffix("/units")
    for name, fields in STEPS.items():
        changes = steps.get(name, {})
        if changes is not None:
            saved = visit.post(f"{address}/{name}", fields | {"do": "next"} | changes)
            assert saved.status_code == 303, saved.text
    return address


def launch(visit, evaluation=EVALUATION, **steps):
    """Go through all steps and open the campaign."""
    return visit.post(f"{a_draft(visit, evaluation, **steps)}/open", {"sure": "yes"})
