"""In which order items are shown, and on which page."""

from uuid import UUID

import pytest
from builders import QUESTIONNAIRE

from scales import load_questionnaire, read_questionnaire, shipped_questionnaires
from survey.rules.sheets.order import SEEDS, order_seed_of, shown_items
from survey.rules.sheets.paging import is_paged, pages_of

HEAD = QUESTIONNAIRE.decode().partition("[[items]]")[0]
OTHER_FORMAT = """
[formats.YES3]
labels.zh-Hans = ["没有", "有时", "总是"]
labels.en = ["Never", "Sometimes", "Always"]
"""


def scaled(name, own_format="AG5", extra='scale = "ease"'):
    return (
        f'[[items]]\nid = "{name}"\n{extra}\nformat = "{own_format}"\n'
        f'text = {{ zh-Hans = "{name}", en = "{name}" }}\n\n'
    )


def text(name, extra=""):
    return (
        f'[[items]]\nid = "{name}"\nkind = "text"\n{extra}\n'
        f'text = {{ zh-Hans = "{name}", en = "{name}" }}\n\n'
    )


def questionnaire(*items, shuffle=False):
    head = HEAD.replace("[formats", "shuffle = true\n\n[formats", 1) if shuffle else HEAD
    return read_questionnaire((head + OTHER_FORMAT + "".join(items)).encode())


def ids(items):
    return [item.id for item in items]


def test_a_comment_follows_the_last_item_it_is_about():
    asked = questionnaire(
        text("why", 'first_after_low = ["a", "b"]'), scaled("a"), scaled("b"), scaled("c")
    )

    assert ids(shown_items(asked)) == ["a", "b", "why", "c"]


def test_only_neighbouring_scaled_items_of_one_format_change_places():
    asked = questionnaire(
        *(scaled(name) for name in "abcd"),
        scaled("background", "YES3", ""),
        scaled("own", "AG5", ""),
        *(scaled(name) for name in "efgh"),
        text("open"),
        shuffle=True,
    )

    for seed in range(SEEDS):
        shown = ids(shown_items(asked, seed))
        assert set(shown[:4]) == set("abcd")
        assert shown[4:6] == ["background", "own"]
        assert set(shown[6:10]) == set("efgh")
        assert shown[10:] == ["open"]


def test_the_seeds_put_every_item_in_every_place_and_say_the_same_for_ever():
    asked = questionnaire(*(scaled(name) for name in "abcd"), shuffle=True)

    orders = [ids(shown_items(asked, seed)) for seed in range(SEEDS)]

    assert all({order[place] for order in orders} == set("abcd") for place in range(4))
    assert orders[:3] == [list("bacd"), list("cabd"), list("adbc")]


def test_without_shuffle_a_seed_changes_nothing():
    asked = questionnaire(*(scaled(name) for name in "abcd"))

    assert {tuple(ids(shown_items(asked, seed))) for seed in range(SEEDS)} == {tuple("abcd")}


def test_the_seed_is_made_from_the_sheet_id_and_uses_all_orders_alike():
    assert order_seed_of(UUID(int=0)) == 0
    assert {order_seed_of(UUID(int=n)) for n in range(SEEDS)} == set(range(SEEDS))


@pytest.mark.parametrize("count", range(1, 41))
def test_up_to_eight_items_stand_on_one_page_and_more_on_pages_of_four_to_six(count):
    asked = questionnaire(*(scaled(f"q{n}") for n in range(count)))

    pages = pages_of(asked)

    assert is_paged(asked) == (count > 8) == (len(pages) > 1)
    if count > 8:
        assert all(4 <= len(page) <= 6 for page in pages)
        assert max(map(len, pages)) - min(map(len, pages)) <= 1 or count < 15
    assert [item.id for page in pages for item in page] == [f"q{n}" for n in range(count)]


def test_a_page_is_turned_where_the_answer_words_change_and_never_before_a_comment():
    asked = questionnaire(
        *(scaled(f"a{n}") for n in range(6)),
        *(scaled(f"b{n}", "YES3", "") for n in range(4)),
        text("why", 'first_after_low = ["b3"]'),
    )

    assert [ids(page) for page in pages_of(asked)] == [
        [f"a{n}" for n in range(6)],
        [*(f"b{n}" for n in range(4)), "why"],
    ]


def test_every_shipped_questionnaire_is_shown_whole_in_every_order():
    for path in shipped_questionnaires().values():
        asked = load_questionnaire(path)

        for seed in (None, 0, 17):
            shown = [item.id for page in pages_of(asked, seed) for item in page]
            assert sorted(shown) == sorted(item.id for item in asked.items)
