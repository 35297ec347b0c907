"""ScoringPlan, ScoringRun: by which rules a score was made, and what came out."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from survey.storage.columns import UtcDateTime


class ScoringPlan(SQLModel, table=True):
    """A version of an evaluation's rules: weights, minima, what is combined. Never changed."""

    __tablename__ = "scoring_plan"
    __table_args__ = (UniqueConstraint("evaluation_id", "version", name="one_plan_per_version"),)

    id: int | None = Field(default=None, primary_key=True)
    evaluation_id: int = Field(foreign_key="evaluation.id")
    version: int
    content: bytes  # canonical JSON
    digest: str
    made_at: datetime = Field(sa_type=UtcDateTime)


class ScoringRun(SQLModel, table=True):
    """Inputs, rules and outputs of one scoring, frozen. A new rule makes a new run."""

    __tablename__ = "scoring_run"
    __table_args__ = (UniqueConstraint("evaluation_id", "number", name="one_run_per_number"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    evaluation_id: int = Field(foreign_key="evaluation.id")
    number: int
    plan_id: int = Field(foreign_key="scoring_plan.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    inputs_digest: str
    content: bytes  # canonical JSON; the same inputs and plan give the same bytes
    digest: str
