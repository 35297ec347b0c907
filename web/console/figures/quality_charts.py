"""What the data-quality page draws: seconds and arrivals, as words and numbers for bars.js."""

from datetime import datetime
from typing import Any

from survey.results import CampaignQuality
from web.dependencies import Templates
from web.templating import LOCAL, seconds_span


def seconds_chart(quality: CampaignQuality, templates: Templates) -> dict[str, Any] | None:
    """Return the histogram of seconds; its bars grow wider, so each names its class."""
    if not quality.seconds:
        return None
    return {
        "labels": [seconds_span((bar.low, bar.high), templates.locale) for bar in quality.seconds],
        "series": [
            {
                "name": templates.text("console.quality.sheets"),
                "values": [bar.count for bar in quality.seconds],
                "warn": [bar.is_too_fast for bar in quality.seconds],
            }
        ],
        "axis": templates.text("console.quality.sheets"),
    }


def arrivals_chart(quality: CampaignQuality, templates: Templates) -> dict[str, Any] | None:
    """Return the arrivals by hour or day, a colour a place."""
    arrivals = quality.arrivals
    if arrivals is None:
        return None
    return {
        "labels": [_when(bar.at, arrivals.step) for bar in arrivals.bars],
        "series": [
            {
                "name": place or templates.text("console.quality.no_place"),
                "values": [bar.counts.get(place, 0) for bar in arrivals.bars],
            }
            for place in arrivals.places
        ],
        "axis": templates.text("console.quality.sheets"),
    }


def _when(at: datetime, step: str) -> str:
    return at.astimezone(LOCAL).strftime("%m-%d %H:00" if step == "hour" else "%m-%d")
