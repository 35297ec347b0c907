"""Screens: a code per unit and place whose address keeps changing, shown by a counter's screen."""

from collections.abc import Sequence

from sqlmodel import Session

from survey.distribute.launch import check_may_link, open_links
from survey.errors import CodesRefused, LaunchRefused
from survey.rules.ways_in.link import LinkKind, LinkState, new_code
from survey.storage.keys import key_of
from survey.storage.queries.links import screen_by_code
from survey.storage.tables import Campaign, Link


def add_screens(
    session: Session,
    campaign: Campaign,
    unit_codes: Sequence[str],
    places: Sequence[str | None],
) -> list[Link]:
    """Make a screen for each unit and place."""
    if not unit_codes:
        raise LaunchRefused("launch_no_units")
    return open_links(session, campaign, dict.fromkeys(unit_codes, places), LinkKind.ROTATING)


def replace_screen(session: Session, campaign: Campaign, code: str) -> Link:
    """Give a screen a new address; the one that got about shows nothing any more."""
    check_may_link(campaign, LinkKind.ROTATING)
    old = screen_by_code(session, key_of(campaign), code)
    if old is None or old.unit_id is None:
        raise CodesRefused("screen_unknown")
    old.state = LinkState.VOID
    new = _screen(campaign, old.unit_id, old.place)
    session.add(new)
    session.flush()
    return new


def _screen(campaign: Campaign, unit_id: int, place: str | None) -> Link:
    return Link(
        campaign_id=key_of(campaign),
        unit_id=unit_id,
        kind=LinkKind.ROTATING,
        state=LinkState.OPEN,
        code=new_code(),
        place=place,
    )
