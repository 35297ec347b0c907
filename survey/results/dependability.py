"""What a shown score is worth: shares, agreement, standing, response; never of a hidden one."""

from dataclasses import replace

from scales import Format, Undefined, level_names, response_rate
from survey.results.figures import Cell, NotShown, ScaleScore, ShownShare
from survey.results.newest import NewestRun
from survey.rules.audience import Minima
from survey.rules.scoring.answer_share import show_share
from survey.rules.scoring.run import ScaleFigure
from survey.rules.scoring.standing import Agreement, TopShare


def shown_share(
    top: TopShare | None, people: int, item_format: Format, minima: Minima
) -> ShownShare | None:
    """Return what may be shown of a share of answers; None where there is none."""
    if top is None:
        return None
    showing = show_share(people, top.n_on_levels, top.n_answers, top.item_count, minima)
    band = showing.band_percent
    return ShownShare(
        levels=top.levels,
        level_names={
            locale: level_names(item_format, top.levels, locale) for locale in item_format.labels
        },
        n_answers=top.n_answers if showing.is_exact else None,
        share=top.share if showing.is_exact else None,
        ci95=top.ci95 if showing.is_exact else None,
        band=(band[0] / 100.0, band[1] / 100.0) if band is not None else None,
        not_shown=None if showing.is_shown else NotShown("too_few", minima.subgroup),
    )


def with_dependability(
    run: NewestRun,
    campaign: str,
    unit: str,
    score: ScaleScore,
    figure: ScaleFigure | None,
    item_format: Format,
) -> ScaleScore:
    """Return the score with what it is worth; as it is where it is hidden."""
    if figure is None or score.not_shown is not None:
        return score
    minima = run.plan.minima[run.content.inputs.campaigns[campaign].audience]
    shown = replace(score, top=shown_share(figure.top, figure.n, item_format, minima))
    if score.mean_percent is None:
        return shown
    shown = replace(shown, finite_ci95_percent=figure.finite_ci95_percent)
    agreement = run.content.outputs.agreement.get(campaign, {}).get(score.scale)
    found = agreement.units.get(unit) if agreement is not None else None
    if found is None:
        return shown
    return replace(
        shown,
        reliability=found.reliability,
        more_answers=found.more_answers,
        shrunken_percent=found.shrunken_percent,
        standing=found.standing,
    )


def with_response(run: NewestRun, unit: str, cell: Cell) -> Cell:
    """Return the cell with how many could be asked, where its sheets are shown."""
    asked = run.content.inputs.asked.get(cell.campaign, {}).get(unit)
    if asked is None or cell.sheet_count is None:
        return cell
    rate = None
    if run.content.inputs.campaigns[cell.campaign].is_closed and asked.issued_count is not None:
        try:
            rate = response_rate(cell.sheet_count, asked.issued_count)
        except Undefined:
            rate = None
    return replace(
        cell, head_count=asked.head_count, issued_count=asked.issued_count, response_rate=rate
    )


def shown_agreement(run: NewestRun, campaign: str, scale: str) -> Agreement | None:
    """Return whether the units of a campaign differ on a scale; None in a run older than this."""
    found = run.content.outputs.agreement.get(campaign, {}).get(scale)
    return found.over_units if found is not None else None
