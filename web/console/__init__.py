"""The evaluator's desk: evaluations, campaigns, results, indicators."""

from fastapi import APIRouter

from web.console import (
    campaigns,
    drop_pair,
    evaluations,
    head_counts,
    import_one,
    imports,
    indicators,
    jobs,
    launch,
    manual_values,
    new_evaluation,
    offices,
    proposals,
    questionnaires,
    return_rating,
    self_assessments,
    withdraw_ratings,
)
from web.console.figures import campaign_results, changes, quality, quality_rules, results, unit
from web.console.ways_in import (
    card_files,
    cards,
    desk_words,
    handed_out,
    invitations,
    links,
    paper,
    partner_links,
    posters,
    receipts,
    screens,
)


def console_routers() -> list[APIRouter]:
    """Return the routers of every page of the console."""
    topics = (
        new_evaluation,
        evaluations,
        launch,
        campaigns,
        head_counts,
        links,
        invitations,
        partner_links,
        offices,
        return_rating,
        drop_pair,
        withdraw_ratings,
        self_assessments,
        cards,
        card_files,
        handed_out,
        proposals,
        receipts,
        screens,
        posters,
        paper,
        imports,
        import_one,
        jobs,
        desk_words,
        campaign_results,
        quality,
        quality_rules,
        results,
        changes,
        indicators,
        manual_values,
        unit,
    )
    return [
        evaluations.front_door,
        *(topic.router for topic in topics),
        *questionnaires.questionnaire_routers(),
    ]
