"""Who may do what with a need."""

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation


def can_manage_needs(acting: Acting) -> bool:
    """Whether somebody follows the needs of the whole network."""
    return acting.network is not None and acting.can("manage_needs")


def can_state_needs_of(acting: Acting, organisation: Organisation) -> bool:
    """Whether somebody may state, change or withdraw what a firm needs and offers."""
    own = acting.firm is not None and acting.firm.pk == organisation.pk
    return can_manage_needs(acting) or (own and acting.can("state_needs"))
