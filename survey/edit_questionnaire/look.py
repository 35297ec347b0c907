"""A look at a questionnaire that is still being written."""

from scales import Problem, Questionnaire, check_questionnaire, read_questionnaire
from survey.edit_questionnaire.document import Document
from survey.edit_questionnaire.words import fill_gaps
from survey.edit_questionnaire.write import write_document
from survey.errors import QuestionnaireUnusable


def what_hinders(document: Document) -> tuple[Problem, ...]:
    """Return what must be put right before a document can be shown; missing words need not."""
    problems = check_questionnaire(write_document(fill_gaps(document)))
    return tuple(problem for problem in problems if not problem.is_warning)


def as_far_as_written(document: Document) -> Questionnaire:
    """Return the questionnaire with ``…`` for missing words, or raise `QuestionnaireUnusable`."""
    hindering = what_hinders(document)
    if hindering:
        raise QuestionnaireUnusable(document.tables["id"], hindering)
    return read_questionnaire(write_document(fill_gaps(document)))
