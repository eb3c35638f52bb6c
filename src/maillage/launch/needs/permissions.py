"""Who may do what with a need."""

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.launch.needs.models import Match


def can_manage_needs(acting: Acting) -> bool:
    """Whether somebody follows the needs of the whole network."""
    return acting.network is not None and acting.can("manage_needs")


def can_state_needs_of(acting: Acting, organisation: Organisation) -> bool:
    """Whether somebody may state, change or withdraw what a firm needs and offers."""
    own = acting.firm is not None and acting.firm.pk == organisation.pk
    return can_manage_needs(acting) or (own and acting.can("state_needs"))


def can_answer_match(acting: Acting, match: Match) -> bool:
    """Whether somebody may say yes or no to a match: those of its two firms alone."""
    firm = acting.firm
    firms = {match.need.organisation_id, match.offer.organisation_id}
    return firm is not None and firm.pk in firms and acting.can("state_needs")
