"""States of a campaign, and the one table of what each state allows."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """Where a campaign stands: draft → open → closed → scored → locked."""

    DRAFT = "draft"  # being prepared; nobody gets in
    UPCOMING = "upcoming"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    SCORED = "scored"  # wound up, and counted for good by a run
    LOCKED = "locked"  # published; never undone


class Act(StrEnum):
    """What may be done with a campaign."""

    PREPARE = "prepare"  # change anything about it, or delete it
    ANSWER = "answer"
    LINK = "link"  # make further ways in
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    CLOSE = "close"
    HEAD_COUNT = "head_count"  # fill in or correct how many people work at a unit
    ENTER = "enter"  # key in paper sheets, read in answers collected elsewhere
    VOID = "void"  # give an office its sheet back
    WITHDRAW = "withdraw"  # erase what a named office asks to have back
    COUNT = "count"  # choose which sheets count: rules, and sheets restored
    LOCK = "lock"


_STANDING = frozenset({Act.LINK, Act.EXTEND, Act.HEAD_COUNT, Act.COUNT})
_RUNNING = _STANDING | {Act.ENTER, Act.VOID, Act.WITHDRAW}

ALLOWED: Mapping[Phase, frozenset[Act]] = {
    Phase.DRAFT: frozenset({Act.PREPARE, Act.COUNT}),
    Phase.UPCOMING: _STANDING | {Act.PAUSE},
    Phase.OPEN: _RUNNING | {Act.ANSWER, Act.PAUSE, Act.CLOSE},
    Phase.PAUSED: _RUNNING | {Act.RESUME, Act.CLOSE},
    Phase.CLOSED: frozenset({Act.WITHDRAW, Act.COUNT}),
    Phase.SCORED: frozenset({Act.WITHDRAW, Act.COUNT, Act.LOCK}),
    Phase.LOCKED: frozenset(),
}


def phase_at(
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
    *,
    is_paused: bool = False,
    is_draft: bool = False,
    is_scored: bool = False,
    is_locked: bool = False,
) -> Phase:
    """Return the state; the opening instant is open, the closing instant is closed."""
    if is_draft:
        return Phase.DRAFT
    if is_locked:
        return Phase.LOCKED
    if now >= closes_at:
        return Phase.SCORED if is_scored else Phase.CLOSED
    if is_paused:
        return Phase.PAUSED
    return Phase.UPCOMING if now < opens_at else Phase.OPEN


def may(act: Act, phase: Phase) -> bool:
    """Whether a campaign in this state lets something be done."""
    return act in ALLOWED[phase]


def is_over(phase: Phase) -> bool:
    """Whether the campaign takes no answers any more."""
    return phase in (Phase.CLOSED, Phase.SCORED, Phase.LOCKED)
