"""A draft of a questionnaire in tests: begin one, send its forms, read its file."""

import re
import tomllib

from console_visit import QUESTIONNAIRE_DRAFT

from scales import shipped_questionnaires

LIST = "/console/questionnaires"
DRAFT = f"{LIST}/drafts/{QUESTIONNAIRE_DRAFT}"
CITIZEN = shipped_questionnaires()["citizen-service"].read_bytes()
ITEM = {
    "text.zh-Hans": "我很容易弄清楚要带什么。",
    "text.en": "It was easy to find out what to bring.",
    "keyed": "+",
    "scale": "ease",
    "format": "AG5",
    "id": "C01",
}


def file_of(visit, draft=DRAFT):
    return visit.get(f"{draft}/file.toml").content


def tables_of(visit, draft=DRAFT):
    return tomllib.loads(file_of(visit, draft).decode())


def seen(visit, path):
    return re.search(r'name="seen" value="(\w+)"', visit.get(path).text)[1]


def save_item(visit, item="C01", **fields):
    path = f"{DRAFT}/items/{item}"
    return visit.post(path, ITEM | {"seen": seen(visit, path)} | fields)


def begin(visit, source, file=None):
    files = {"file": ("q.toml", file, "application/toml")} if file is not None else None
    return visit.post(LIST, {"from": source}, **({"files": files} if files else {}))
