"""Who may do what with workers and contracts."""

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation


def can_manage_staff(acting: Acting) -> bool:
    """Whether somebody keeps the workers of the group and their contracts, and signs for it."""
    return acting.network is not None and acting.can("manage_staff")


def can_sign_lending_for(acting: Acting, organisation: Organisation) -> bool:
    """Whether somebody signs lending agreements for a firm, and reads who is lent to it."""
    own = acting.firm is not None and acting.firm.pk == organisation.pk
    return own and acting.can("sign_lending")
