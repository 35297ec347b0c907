"""Cycle, Evaluation, Unit: what is evaluated, and when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from survey.storage.columns import UtcDateTime


class Cycle(SQLModel, table=True):
    """Four to five years in which every unit is evaluated once."""

    __tablename__ = "cycle"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    starts_on: date
    ends_on: date


class Unit(SQLModel, table=True):
    """A public body that is evaluated."""

    __tablename__ = "unit"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    category: str  # ranking and weights live here: like is ranked with like
    level: str = ""
    tags: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Evaluation(SQLModel, table=True):
    """One year's run for some units, on one version of an indicator tree."""

    __tablename__ = "evaluation"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    year: int
    cycle_id: int = Field(foreign_key="cycle.id")
    tree_version_id: int | None = Field(default=None, foreign_key="indicator_tree_version.id")
    is_demo: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


class EvaluationUnit(SQLModel, table=True):
    """A unit that takes part in an evaluation."""

    __tablename__ = "evaluation_unit"

    evaluation_id: int = Field(foreign_key="evaluation.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
