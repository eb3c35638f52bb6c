"""Who may do what with the charter."""

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation


def can_manage_charter(acting: Acting) -> bool:
    """Whether somebody writes the charter and follows who signed it."""
    return acting.network is not None and acting.can("manage_charter")


def can_sign_charter_for(acting: Acting, organisation: Organisation) -> bool:
    """Whether somebody may sign in the name of a firm."""
    own = acting.firm is not None and acting.firm.pk == organisation.pk
    return own and acting.can("sign_charter")
