"""Issue single-use links; the tokens are returned once and only their keyed hashes are kept."""

from collections.abc import Sequence

from sqlmodel import Session

from survey.distribute.launch import check_may_link
from survey.errors import LaunchRefused
from survey.rules.ways_in.link import LinkKind, LinkState, new_token, token_hash
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.tables import Campaign, Link, LinkToken, Unit, table_of

MOST_LINKS = 10_000


def issue_personal_links(
    session: Session, campaign: Campaign, unit: Unit, count: int, link_key: bytes
) -> list[str]:
    """Issue links to a unit's staff and return their tokens, in an order that is not kept."""
    check_may_link(campaign, LinkKind.PERSONAL)
    if not 1 <= count <= MOST_LINKS:
        raise LaunchRefused("launch_link_count", most=MOST_LINKS)
    _check_asked_about(session, campaign, [unit])
    tokens = [new_token() for _ in range(count)]
    single_use_links(session, campaign, unit, LinkKind.PERSONAL, tokens, link_key)
    return tokens


def single_use_links(
    session: Session,
    campaign: Campaign,
    unit: Unit,
    kind: LinkKind,
    tokens: Sequence[str],
    link_key: bytes,
    *,
    place: str | None = None,
) -> None:
    """Make an unused link for each token, in the order of the hashes, which says nothing."""
    hashes = sorted(token_hash(link_key, token) for token in tokens)
    row = {
        "campaign_id": key_of(campaign),
        "unit_id": key_of(unit),
        "kind": kind.value,
        "state": LinkState.UNUSED.value,
        "place": place,
        "is_kiosk": False,
    }
    connection, links = session.connection(), table_of(Link)
    made = connection.execute(links.insert().returning(links.c.id), [row] * len(hashes))
    ids = sorted(made.scalars())
    connection.execute(
        table_of(LinkToken).insert(),
        [
            {"token_hash": hashed, "link_id": link_id}
            for hashed, link_id in zip(hashes, ids, strict=True)
        ],
    )


def _check_asked_about(session: Session, campaign: Campaign, units: Sequence[Unit]) -> None:
    asked_about = {unit.id for _, unit in units_of_campaign(session, key_of(campaign))}
    for unit in units:
        if unit.id not in asked_about:
            raise LaunchRefused("launch_unit_not_in_campaign", unit=unit.code)
