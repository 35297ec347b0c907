"""Trust: how sure it is that the sheets behind a citizens' score come from people served."""

from collections.abc import Mapping
from enum import StrEnum

from survey.rules.ways_in.channel import Channel

NEARLY_ALL = 0.9  # of the sheets give a score their grade; a few of a lower one do not move it


class TrustGrade(StrEnum):
    """The grades, the surest first."""

    CODE_VERIFIED = "code_verified"  # a one-time code for each person served
    ON_SITE = "on_site"  # somebody was there in these minutes
    OPEN = "open"  # anyone who has seen the code


GRADE_OF: Mapping[Channel, TrustGrade] = {
    Channel.RECEIPT: TrustGrade.CODE_VERIFIED,
    Channel.LINK: TrustGrade.CODE_VERIFIED,
    Channel.CARD: TrustGrade.CODE_VERIFIED,
    Channel.ON_SITE: TrustGrade.ON_SITE,
    Channel.PAPER: TrustGrade.ON_SITE,  # handed out at the counter, keyed in by the office
    Channel.OPEN: TrustGrade.OPEN,
    Channel.IMPORTED: TrustGrade.OPEN,  # nobody here knows how it was collected
}


def counts_by_grade(channels: Mapping[str, int]) -> dict[TrustGrade, int]:
    """Return how many sheets have each grade, none left out, from their counts by channel."""
    counts = dict.fromkeys(TrustGrade, 0)
    for channel, count in channels.items():
        counts[GRADE_OF[Channel(channel)]] += count
    return counts


def trust_grade(channels: Mapping[str, int]) -> TrustGrade | None:
    """Return the surest grade that nearly all sheets reach; None without sheets."""
    counts = counts_by_grade(channels)
    total, reached = sum(counts.values()), 0
    for grade, count in counts.items():
        reached += count
        if total and reached >= NEARLY_ALL * total:
            return grade
    return None


def is_open_only(channels: Mapping[str, int]) -> bool:
    """Whether all sheets are of the lowest grade, so that no grade should rest on them alone."""
    counts = counts_by_grade(channels)
    return counts[TrustGrade.OPEN] > 0 and counts[TrustGrade.OPEN] == sum(counts.values())
