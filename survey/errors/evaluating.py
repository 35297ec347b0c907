"""What founding, launching, scoring and entering values can meet."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.errors.family import InputError, SurveyError
from survey.errors.files import RefusedCell


class QuestionnaireVersionTaken(InputError):
    """The id and version were published before, with other bytes."""

    code = "questionnaire_version_taken"


class TreeRefused(InputError):
    """An indicator tree that does not hold together; `code` says what is wrong with it."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class TreeFileRefused(InputError):
    """A tree file is wrong; carries every problem."""

    code = "tree_file_refused"

    def __init__(self, problems: Sequence[TreeRefused]) -> None:
        super().__init__(count=len(problems))
        self.problems = tuple(problems)


class UnitRefused(InputError):
    """A unit that cannot stand in a list so; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class UnitsRefused(InputError):
    """Rows of a list of units are wrong; carries each of them, and none was taken."""

    code = "units_refused"

    def __init__(self, cells: Sequence[RefusedCell]) -> None:
        super().__init__(count=len(cells))
        self.cells = tuple(cells)


class UnitsDiffer(InputError):
    """Units are known by other words than the list has; carries each of them."""

    code = "units_differ"

    def __init__(self, problems: Sequence[UnitRefused]) -> None:
        super().__init__(count=len(problems))
        self.problems = tuple(problems)


class EvaluationNameTaken(InputError):
    """An evaluation has this name already."""

    code = "evaluation_name_taken"


class LaunchRefused(InputError):
    """A campaign or its links cannot be made so; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class PlanRefused(InputError):
    """A scoring plan that breaks its own rules; `code` says which."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class PlanMissing(SurveyError):
    """The evaluation has no scoring plan yet."""

    code = "plan_missing"


@dataclass(frozen=True, slots=True)
class WaitingCell:
    """An open-code cell, and how many more sheets the next run needs to count them."""

    campaign: str
    unit_code: str
    unit_name: str
    missing_count: int


class NothingNewToScore(SurveyError):
    """A run made now would find what the last one found; carries the cells nearest to moving."""

    code = "nothing_new_to_score"

    def __init__(self, waiting: Sequence[WaitingCell] = ()) -> None:
        super().__init__()
        self.waiting = tuple(waiting)


class RunOvertaken(SurveyError):
    """Another run was made while this one was computed."""

    code = "run_overtaken"


class ManualValueRefused(InputError):
    """Points that cannot be entered by hand; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class ManualValuesRefused(InputError):
    """Rows of a file of manual values are wrong; carries each of them, and none was entered."""

    code = "manual_values_refused"

    def __init__(self, file: str, cells: Sequence[RefusedCell]) -> None:
        super().__init__(file=file, count=len(cells))
        self.cells = tuple(cells)


class UnitNotFound(SurveyError):
    """No unit of this evaluation has such a code, or no run has scored it."""

    code = "unit_not_found"


class ValueNotFound(SurveyError):
    """No unit and leaf of this evaluation have such codes, or no run has scored them."""

    code = "value_not_found"


class SheetNotFound(SurveyError):
    """No sheet that a rule rejects has such a mark in this campaign."""

    code = "sheet_not_found"


class RestoreRefused(InputError):
    """A rejected sheet cannot be restored, or not so; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class DemoExists(SurveyError):
    """The database holds a demo evaluation already."""

    code = "demo_exists"


class SteerRefused(SurveyError):
    """A campaign cannot be paused, resumed, extended or closed as it stands; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class NotLater(InputError):
    """The new closing time of a campaign is not later than the present one."""

    code = "steer_not_later"


class FieldRefused(InputError):
    """A field of an officer's form is wrong; `code` says which rule it breaks."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code
