"""Steps that need two persons: one proposes, another approves or refuses."""

from enum import StrEnum


class ProposalKind(StrEnum):
    """What may be proposed."""

    MORE_CARDS = "more_cards"  # print cards beside those already printed
    VOID_CARDS = "void_cards"  # after the close: how many paper cards were left


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    DONE = "done"  # approved, and carried out


def may_decide(proposed_by: str, officer: str) -> bool:
    """Whether an officer may decide on what another one proposed; nobody decides on his own."""
    return proposed_by != officer
