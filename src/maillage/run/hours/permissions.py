"""Who may do what with hours."""

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation


def can_keep_hours(acting: Acting) -> bool:
    """Whether somebody sends months to firms, answers disputes, closes and adjusts."""
    return acting.network is not None and acting.can("keep_hours")


def can_confirm_hours_of(acting: Acting, organisation: Organisation) -> bool:
    """Whether somebody confirms the hours that a firm used."""
    own = acting.firm is not None and acting.firm.pk == organisation.pk
    return own and acting.can("confirm_hours")
