"""IndicatorTreeVersion, Indicator, IndicatorMapping, ManualValue, IndicatorValue."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from survey.storage.columns import UtcDateTime


class IndicatorTreeVersion(SQLModel, table=True):
    """A version of a 100-point tree; its leaves sum to 10 000 basis points."""

    __tablename__ = "indicator_tree_version"
    __table_args__ = (UniqueConstraint("tree_id", "version", name="one_tree_per_version"),)

    id: int | None = Field(default=None, primary_key=True)
    tree_id: str
    version: int
    title: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    published_at: datetime = Field(sa_type=UtcDateTime)


class Indicator(SQLModel, table=True):
    """A node of the tree; a leaf has points and a source."""

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("tree_version_id", "code", name="one_indicator_per_code"),)

    id: int | None = Field(default=None, primary_key=True)
    tree_version_id: int = Field(foreign_key="indicator_tree_version.id")
    parent_id: int | None = Field(default=None, foreign_key="indicator.id")
    code: str
    level: int  # 1, 2 or 3
    position: int
    title: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    points_bp: int  # full points × 100; of a branch: the sum of its leaves
    source: str | None = None  # leaves only: survey or manual
    standard: str = ""
    method: str = ""


class IndicatorMapping(SQLModel, table=True):
    """How scores become the points of a leaf."""

    __tablename__ = "mapping"

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", unique=True)
    rule: str = "direct"
    sources: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSON
    )  # audience, scale, weight_bp


class ManualValue(SQLModel, table=True):
    """Points of a leaf entered by an officer or read from a file."""

    __tablename__ = "manual_value"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "indicator_id", "unit_id", name="one_manual_value"),
    )

    id: int | None = Field(default=None, primary_key=True)
    evaluation_id: int = Field(foreign_key="evaluation.id")
    indicator_id: int = Field(foreign_key="indicator.id")
    unit_id: int = Field(foreign_key="unit.id")
    points: float
    note: str = ""
    entered_by: str
    entered_at: datetime = Field(sa_type=UtcDateTime)


class IndicatorValue(SQLModel, table=True):
    """The points a unit has on a leaf in a run; null while pending."""

    __tablename__ = "indicator_value"

    run_id: int = Field(foreign_key="scoring_run.id", primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    points: float | None = None
