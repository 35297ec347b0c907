"""ScoreSums, ItemScoreSums: sums of people's scores, and of an item with them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ScoreSums:
    """Sums over the people who answered the same number of items.

    `points` and `percent` are the person's *total* over the answered items: points counted from
    the format's lowest, percent in units of ``1 / percent_denominator``.
    """

    people: int
    points: int
    points_squared: int
    percent: int
    percent_squared: int

    def __add__(self, other: "ScoreSums") -> "ScoreSums":
        return ScoreSums(
            self.people + other.people,
            self.points + other.points,
            self.points_squared + other.points_squared,
            self.percent + other.percent,
            self.percent_squared + other.percent_squared,
        )


@dataclass(frozen=True)
class ItemScoreSums:
    """Sums over the people who answered an item, of the mean of their answered offsets.

    The mean is counted in units of one over the least common multiple of 1…n_items.
    """

    score: int
    score_squared: int
    cross: int  # the item times the score

    def __add__(self, other: "ItemScoreSums") -> "ItemScoreSums":
        return ItemScoreSums(
            self.score + other.score,
            self.score_squared + other.score_squared,
            self.cross + other.cross,
        )
