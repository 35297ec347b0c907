"""The feed's address of changes: an evaluation beside another one."""

from dataclasses import fields
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from survey.results import EvaluationChanges, UnitChange, evaluation_changes
from survey.storage.queries.evaluations import evaluation_by_code
from web.api.access import feed_reader
from web.api.csv_replies import entries_as_csv
from web.api.evaluations import PREFIX, CsvDep
from web.api.shapes import ChangeEntry
from web.dependencies import SessionDep
from web.errors import NoSuchPage
from web.found import found

router = APIRouter(
    prefix=PREFIX,
    dependencies=[Depends(feed_reader)],
    generate_unique_id_function=lambda route: route.name,
)


@router.get("/evaluations/{code}/changes", response_model=EvaluationChanges)
def read_changes(
    code: str,
    session: SessionDep,
    as_csv: CsvDep,
    other: Annotated[str, Query(alias="with", description="another evaluation's code")],
) -> Any:
    """Read how each unit's scores changed, from the earlier evaluation to the later one."""
    if other == code:
        raise NoSuchPage
    one, two = (found(evaluation_by_code(session, each)) for each in (code, other))
    changes = evaluation_changes(session, one, two)
    if not as_csv:
        return changes
    return entries_as_csv(
        ChangeEntry,
        _entries(changes),
        run_before=changes.before_run.code if changes.before_run is not None else None,
        run_after=changes.after_run.code if changes.after_run is not None else None,
    )


def _entries(changes: EvaluationChanges) -> list[ChangeEntry]:
    names = [field.name for field in fields(UnitChange)]
    return [
        ChangeEntry(
            audience=scale.audience.value,
            questionnaire=scale.questionnaire,
            scale=scale.scale,
            is_same_wording=scale.is_same_wording,
            **{name: getattr(unit, name) for name in names},
        )
        for scale in changes.scales
        for unit in scale.units
    ]
