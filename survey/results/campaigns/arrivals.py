"""When sheets of open codes came, by place; bursts are ten minutes with far more than usual."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from sqlmodel import Session

from scales import QualityLimits
from survey.results.quality_figures import ArrivalBar, Arrivals, Burst
from survey.rules.scoring.flags import busy_buckets
from survey.rules.sheets.serving import day_of
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.collected import arrival_counts
from survey.storage.tables import Campaign

_HOURS_UP_TO = timedelta(days=3)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_MOST_BARS = 92
_MOST_BURSTS = 8

Counts = Sequence[tuple[datetime, int, str | None, int]]


def arrivals_of(session: Session, campaign: Campaign, limits: QualityLimits) -> Arrivals | None:
    """Return the arrivals of a campaign by hour or day, or None as long as nobody came."""
    counts = arrival_counts(session, key_of(campaign))
    if not counts:
        return None
    is_short = counts[-1][0] - counts[0][0] < _HOURS_UP_TO
    by_bar: dict[datetime, Counter[str]] = {}
    places: Counter[str] = Counter()
    for at, _, place, count in counts:
        by_bar.setdefault(_hour_of(at) if is_short else day_of(at), Counter())[place or ""] += count
        places[place or ""] += count
    names = {row.unit_id: unit.name for row, unit in units_of_campaign(session, key_of(campaign))}
    return Arrivals(
        step="hour" if is_short else "day",
        places=tuple(place for place, _ in places.most_common()),
        bars=_bars(by_bar, _HOUR if is_short else _DAY),
        bursts=_bursts(counts, names, limits),
    )


def _hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _bars(by_bar: dict[datetime, Counter[str]], step: timedelta) -> tuple[ArrivalBar, ...]:
    """Return a bar for each hour or day, those without a sheet too; the newest if too many."""
    at, last = min(by_bar), max(by_bar)
    if (last - at) / step > _MOST_BARS:
        at = last - _MOST_BARS * step
    bars = []
    while at <= last:
        bars.append(ArrivalBar(at, dict(by_bar.get(at, {}))))
        at += step
    return tuple(bars)


def _bursts(counts: Counts, names: dict[int, str], limits: QualityLimits) -> tuple[Burst, ...]:
    """Return the largest bursts, the largest first."""
    is_burst = busy_buckets(
        [(unit, place) for _, unit, place, _ in counts],
        np.array([int(at.timestamp()) for at, _, _, _ in counts], dtype=np.int64),
        np.array([count for _, _, _, count in counts], dtype=np.int64),
        limits,
    )
    found = [
        Burst(at, names.get(unit, ""), place or "", count)
        for (at, unit, place, count), is_one in zip(counts, is_burst, strict=True)
        if is_one
    ]
    return tuple(sorted(found, key=lambda burst: -burst.count)[:_MOST_BURSTS])
