from dataclasses import replace

import pytest
from builders import NOON, QUESTIONNAIRE
from evaluation_builders import a_tree_definition

from scales import DefinitionError
from survey.distribute.publish import publish_questionnaire, publish_tree
from survey.errors import QuestionnaireVersionTaken, TreeRefused
from survey.storage.queries.indicators import indicators_of, mappings_of
from survey.storage.queries.questionnaires import questionnaire_versions


def test_a_published_questionnaire_keeps_the_bytes_of_its_file(session):
    version = publish_questionnaire(session, QUESTIONNAIRE, NOON)

    assert (version.questionnaire_id, version.version) == ("service", 1)
    assert version.content == QUESTIONNAIRE
    assert version.digest.startswith("sha256:")


def test_the_same_bytes_again_are_the_same_version(session):
    first = publish_questionnaire(session, QUESTIONNAIRE, NOON)

    assert publish_questionnaire(session, QUESTIONNAIRE, NOON).id == first.id
    assert len(questionnaire_versions(session)) == 1


def test_other_bytes_under_the_same_id_and_version_are_refused(session):
    publish_questionnaire(session, QUESTIONNAIRE, NOON)

    with pytest.raises(QuestionnaireVersionTaken) as refused:
        publish_questionnaire(session, QUESTIONNAIRE + b"# a comment", NOON)

    assert refused.value.values == {"questionnaire": "service", "version": 1}


def test_the_next_number_is_a_version_of_its_own(session):
    publish_questionnaire(session, QUESTIONNAIRE, NOON)

    publish_questionnaire(session, QUESTIONNAIRE.replace(b"version = 1", b"version = 2"), NOON)

    assert [version.version for version in questionnaire_versions(session)] == [1, 2]


def test_a_questionnaire_with_problems_is_not_published(session):
    with pytest.raises(DefinitionError):
        publish_questionnaire(session, QUESTIONNAIRE.replace(b'keyed = "-"', b'keyed = "x"'), NOON)

    assert questionnaire_versions(session) == []


def test_a_published_tree_keeps_its_nodes_in_order_with_the_points_of_branches(session):
    version = publish_tree(session, a_tree_definition(), NOON)

    nodes = indicators_of(session, version.id)
    assert [(node.code, node.level, node.points_bp) for node in nodes] == [
        ("A", 1, 10_000),
        ("A1", 2, 7_000),
        ("A11", 3, 5_000),
        ("A12", 3, 2_000),
        ("A2", 2, 3_000),
        ("A21", 3, 3_000),
    ]
    assert [node.source for node in nodes] == [None, None, "survey", "survey", None, "manual"]
    assert {mapping.rule for mapping in mappings_of(session, version.id).values()} == {"direct"}


def test_a_tree_of_99_points_is_refused_with_the_sum_and_leaves_nothing(session):
    tree = a_tree_definition()
    less = (*tree.indicators[:-1], replace(tree.indicators[-1], points_bp=2_900))

    with pytest.raises(TreeRefused) as refused:
        publish_tree(session, replace(tree, indicators=less), NOON)

    assert refused.value.values == {"total": "99.00"}
    assert publish_tree(session, tree, NOON).version == 1


def test_the_same_tree_again_is_the_same_version_and_another_is_refused(session):
    tree = a_tree_definition()
    first = publish_tree(session, tree, NOON)
    renamed = replace(tree.indicators[0], title={"zh-Hans": "别的", "en": "Other"})

    assert publish_tree(session, tree, NOON).id == first.id
    with pytest.raises(TreeRefused) as refused:
        publish_tree(session, replace(tree, indicators=(renamed, *tree.indicators[1:])), NOON)
    assert refused.value.code == "tree_version_taken"
