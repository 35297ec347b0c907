"""The questionnaires that come with the program: published, so never edited."""

from hashlib import sha256
from itertools import pairwise

import pytest

from scales import (
    ItemKind,
    Keying,
    check_questionnaire,
    load_questionnaire,
    shipped_questionnaires,
)

DIGESTS = {
    "citizen-service.v1": "d80873fdfed26a512e33e14820caba798927483effcae1d6d8196e6f49fec5ab",
    "partner-cooperation.v1": "b23a35c6e2465782483f6ace83e357afbee6cce48196f4832db435ab0b15eb06",
    "staff-establishment.v1": "1a96ec8ba71a281e26d060c00032c4a364962a64accbdcd96855ec712613965e",
    "unit-self.v1": "20eb2616555666d1cc63b8186abe6baab6a3721f5bae6369d5bc1b770490b83f",
    "unit-self.v2": "96fc13f1fcfc8badf7ba802759d2b82198c5c541b9a8b06e2a275bff2a030bbe",
}
SCALES = {
    "staff-establishment": {
        "duties": "S01 S04- S09 S13-",
        "structure": "S02 S07 S11- S16",
        "staffing": "S03 S06- S10 S15-",
        "operation": "S05 S08- S12 S14",
    },
    "partner-cooperation": {
        "boundaries": "P01 P04- P07 P11-",
        "response": "P02 P05 P08- P09",
        "results": "P03 P06- P10",
    },
    "citizen-service": {
        "ease": "C01 C02-",
        "conduct": "C03 C04-",
        "satisfaction": "C05 C06 C07",
    },
    "unit-self": {
        "compliance": "U01 U02- U03",
        "duties_done": "U04 U05- U06",
        "use_of_posts": "U07 U08- U09",
        "follow_up": "U10 U11- U12",
    },
}
ORDER = {
    "staff-establishment": [*(f"S{n:02}" for n in range(1, 18)), "role", "years"],
    "partner-cooperation": [f"P{n:02}" for n in range(13)],
    "citizen-service": [f"C{n:02}" for n in range(1, 9)],
    "unit-self": [f"U{n:02}" for n in range(1, 13)],
}


@pytest.fixture(scope="module", params=sorted(SCALES))
def questionnaire(request):
    return load_questionnaire(shipped_questionnaires()[request.param])


def test_four_questionnaires_come_with_the_program():
    assert set(shipped_questionnaires()) == set(SCALES)


def test_a_published_file_is_never_edited():
    folder = shipped_questionnaires()["unit-self"].parent

    digests = {path.stem: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.toml")}

    assert digests == DIGESTS, "a correction is a new version in a new file"


def test_the_file_is_named_for_its_id_and_version(questionnaire):
    path = shipped_questionnaires()[questionnaire.id]

    assert path.name == f"{questionnaire.id}.v{questionnaire.version}.toml"


def test_nothing_is_wrong_in_it(questionnaire):
    problems = check_questionnaire(questionnaire.content)

    assert [problem.code for problem in problems if not problem.is_warning] == []


def test_the_scales_hold_the_drafted_items_with_their_keys(questionnaire):
    written = {
        scale.id: " ".join(
            item.id + ("-" if item.keying is Keying.REVERSE else "") for item in scale.items
        )
        for scale in questionnaire.scales
    }

    assert written == SCALES[questionnaire.id]


def test_the_items_stand_in_the_drafted_order(questionnaire):
    assert [item.id for item in questionnaire.items] == ORDER[questionnaire.id]


def test_it_is_complete_in_chinese_and_english(questionnaire):
    assert questionnaire.languages == ("zh-Hans", "en")
    assert questionnaire.opening is not None


def test_two_reverse_items_never_stand_next_to_each_other(questionnaire):
    keyings = [item.keying for item in questionnaire.items]

    assert (Keying.REVERSE, Keying.REVERSE) not in pairwise(keyings)


def test_every_agreement_scale_has_a_reverse_item(questionnaire):
    agreement = [scale for scale in questionnaire.scales if scale.format.id != "SA5"]

    assert all(Keying.REVERSE in {item.keying for item in scale.items} for scale in agreement)


def test_five_points_are_worth_equal_steps(questionnaire):
    assert {scale.format.percent for scale in questionnaire.scales} == {(0, 25, 50, 75, 100)}


@pytest.mark.parametrize(
    ("name", "offering"),
    [
        ("staff-establishment", {"AG5"}),
        ("partner-cooperation", {"AG5"}),
        ("citizen-service", {"AG5"}),
        ("unit-self", set()),
    ],
)
def test_dont_know_is_offered_where_the_draft_allows_it(name, offering):
    questionnaire = load_questionnaire(shipped_questionnaires()[name])

    formats = {scale.format.id: scale.format for scale in questionnaire.scales}

    assert {own.id for own in formats.values() if own.dont_know} == offering


def test_only_the_screening_must_be_answered(questionnaire):
    required = [item.id for item in questionnaire.items if item.required]

    assert required == (["P00"] if questionnaire.id == "partner-cooperation" else [])


def test_no_dealings_with_the_unit_ends_the_partners_questionnaire():
    questionnaire = load_questionnaire(shipped_questionnaires()["partner-cooperation"])
    screening = questionnaire.items[0]

    assert [option.id for option in screening.options] == ["often", "sometimes", "rarely", "never"]
    assert screening.ends == {"never"}


def test_background_of_staff_can_be_withheld():
    questionnaire = load_questionnaire(shipped_questionnaires()["staff-establishment"])
    background = [item for item in questionnaire.items if item.kind is ItemKind.CHOICE]

    assert [item.id for item in background] == ["role", "years"]
    assert all(item.options[-1].text["en"] == "Prefer not to say" for item in background)


def test_a_low_answer_brings_the_citizens_comment_forward():
    questionnaire = load_questionnaire(shipped_questionnaires()["citizen-service"])

    assert questionnaire.text_items[0].first_after_low == ("C05", "C06", "C07")


def test_self_assessment_asks_for_evidence_in_every_item():
    questionnaire = load_questionnaire(shipped_questionnaires()["unit-self"])

    assert all(item.evidence for item in questionnaire.items)


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_chinese_texts_hold_full_width_signs_and_english_none(questionnaire, locale):
    texts = [questionnaire.title[locale], questionnaire.opening[locale]]
    texts += [item.text[locale] for item in questionnaire.items]

    foreign = (
        set(",;:?!()") if locale == "zh-Hans" else set("\uff0c\uff1b\uff1a\uff1f\u3002\uff08\uff09")
    )

    assert [text for text in texts if foreign & set(text)] == []
