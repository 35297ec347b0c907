"""What may be shown of a share of answers, beyond the rules of `suppression`."""

from survey.rules.audience import Minima
from survey.rules.scoring.suppression import Showing, band_of, is_shown

FEWEST_PEOPLE_ON_A_SIDE = 3


def show_share(
    people: int, n_on_levels: int, n_answers: int, item_count: int, minima: Minima
) -> Showing:
    """Return what may be shown of the share of a cell's answers that lie on some levels.

    It splits the cell in two, so it waits for the smallest subgroup. Each side must hold the
    answers of three people at least: where all but two agree, these two would know what the
    others said. One person gives up to `item_count` answers; a smaller side becomes a band.
    """
    if minima.subgroup is None or not is_shown(people, minima.subgroup) or n_answers == 0:
        return Showing(False, None, False)
    smaller = min(n_on_levels, n_answers - n_on_levels)
    if smaller <= (FEWEST_PEOPLE_ON_A_SIDE - 1) * item_count:
        return Showing(True, band_of(n_on_levels / n_answers * 100.0), False)
    return Showing(True, None, False)
