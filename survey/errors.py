"""What can go wrong in the service; each error is named for the fact.

    SurveyError
    ├── InputError            what somebody handed in is wrong (exit code 1)
    ├── SetupError            the machine or a setting is wrong (exit code 3)
    └── one class a fact, below

`code` is the key of the sentence in `survey/locales/*.toml` ([errors]); `values` fill it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the commands say what is wrong without loading the arithmetic
    from scales import Problem


class SurveyError(Exception):
    """Base of everything `survey` raises on purpose."""

    code = "survey_error"

    def __init__(self, **values: object) -> None:
        super().__init__(f"{self.code} {values}" if values else self.code)
        self.values = values


class InputError(SurveyError):
    """Something that was handed in is wrong; the message names where, and the remedy."""

    code = "input_error"


class SetupError(SurveyError):
    """The machine, the database or a setting does not allow the service to run."""

    code = "setup_error"


# Settings and the database


class SettingMissing(SetupError):
    """A setting without a default was not given."""

    code = "setting_missing"


class SettingInvalid(SetupError):
    """A setting is not of the form it must have."""

    code = "setting_invalid"


class SecretTooWeak(SetupError):
    """The secret key is short, guessable, or one that everybody knows."""

    code = "secret_too_weak"


class DebugRefused(SetupError):
    """Debug mode would show the inside of the service to everybody."""

    code = "debug_refused"


class PlainHttpRefused(SetupError):
    """The public address has no encryption."""

    code = "plain_http_refused"


class DatabaseUrlRefused(SetupError):
    """The database address names something that is not supported, or weakens it."""

    code = "database_url_refused"


class UnsafeDurability(SetupError):
    """The database might lose what it has confirmed."""

    code = "unsafe_durability"


class TooManySqliteWriters(SetupError):
    """SQLite is written by one process through one connection."""

    code = "too_many_sqlite_writers"


class SqliteWalDefect(TooManySqliteWriters):
    """The linked SQLite may corrupt a database that more than one connection writes."""

    code = "sqlite_wal_defect"


class DatabaseInUse(SetupError):
    """Another process writes this SQLite database."""

    code = "database_in_use"


class DatabaseRefused(SetupError):
    """The database is missing, out of reach, damaged or of another version; `code` says which."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        super().__init__(**values)


class DatabaseUnavailable(SurveyError):
    """The database does not answer just now; trying again later helps."""

    code = "database_unavailable"


class WriterFull(SurveyError):
    """More sheets wait to be written than the queue holds."""

    code = "writer_full"


class LinkNotFound(SurveyError):
    """No link has this code."""

    code = "link_not_found"


class QuestionnaireVersionNotFound(SurveyError):
    """No questionnaire version has this key."""

    code = "questionnaire_version_not_found"


class UnreadableForm(InputError):
    """A form that our own answer page cannot have sent."""

    code = "unreadable_form"


class DuplicateField(UnreadableForm):
    """The same field came twice; neither value is taken."""

    code = "duplicate_field"


class UnknownField(UnreadableForm):
    """A field that belongs to no item of the questionnaire."""

    code = "unknown_field"


class UnknownPosition(UnreadableForm):
    """An answer that the item does not offer."""

    code = "unknown_position"


class FileNotFound(InputError):
    """There is no file of this name."""

    code = "file_not_found"


class FileNotReadable(InputError):
    """The file is there and the system does not let us read it."""

    code = "file_not_readable"


class OutputRefused(InputError):
    """A file cannot be written there; `code` says why. Found before anything is computed."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class OutputNotWritten(SetupError):
    """The machine failed while the results were written; no file was changed."""

    code = "output_not_written"


class QuestionnaireUnusable(InputError):
    """A questionnaire file with problems; carries each of them."""

    code = "questionnaire_unusable"

    def __init__(self, file: str, problems: "Sequence[Problem]") -> None:
        super().__init__(file=file, count=len(problems))
        self.problems = tuple(problems)


class QuestionnaireWithoutScales(InputError):
    """A questionnaire of choices and open items only: there is nothing to score."""

    code = "questionnaire_without_scales"


class UnknownQuestionnaire(InputError):
    """Neither a file nor a questionnaire that comes with the program has this name."""

    code = "unknown_questionnaire"


class TableUnreadable(InputError):
    """A CSV or XLSX file that cannot be read as a table; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class ColumnMissing(InputError):
    """A column that was asked for, or that the questionnaire needs, is not in the header."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell, or a row, of an answers file that is wrong; `code` is its sentence in [answers]."""

    code: str
    row: int
    values: Mapping[str, object]


class AnswersRefused(InputError):
    """Rows of an answers file are wrong; carries the first of them and how many there are."""

    code = "answers_refused"

    def __init__(self, file: str, cells: Sequence[RefusedCell], count: int) -> None:
        super().__init__(file=file, count=count)
        self.cells = tuple(cells)
        self.count = count


# Officers


class NotSignedIn(SurveyError):
    """Nobody is signed in, or the session has ended."""

    code = "not_signed_in"


class MayNotChange(SurveyError):
    """The officer's role reads and changes nothing."""

    code = "may_not_change"


class TokenRefused(SurveyError):
    """No feed token, or one that was revoked."""

    code = "token_refused"


class OfficerNotFound(InputError):
    """No officer has this name."""

    code = "officer_not_found"


class NameTaken(InputError):
    """An officer has this name already."""

    code = "name_taken"


class WeakPassword(InputError):
    """The password is too short, too long or too simple."""

    code = "weak_password"


# Launching, scoring, indicators


class QuestionnaireVersionTaken(InputError):
    """The id and version were published before, with other bytes."""

    code = "questionnaire_version_taken"


class TreeRefused(InputError):
    """An indicator tree that does not hold together; `code` says what is wrong with it."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


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


class ValueNotFound(SurveyError):
    """No unit and leaf of this evaluation have such codes, or no run has scored them."""

    code = "value_not_found"


class DemoExists(SurveyError):
    """The database holds a demo evaluation already."""

    code = "demo_exists"


class SteerRefused(SurveyError):
    """A campaign cannot be paused, resumed, extended or closed as it stands; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class FieldRefused(InputError):
    """A field of an officer's form is wrong; `code` says which rule it breaks."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code
