"""Who may do what about the mobilisation of a firm."""

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation


def can_manage_mobilisation(acting: Acting) -> bool:
    """Whether somebody follows how the firms of the network come to take part."""
    return acting.network is not None and acting.can("manage_mobilisation")


def can_give_reason_of(acting: Acting, organisation: Organisation) -> bool:
    """Whether somebody may say why a firm takes part: its own people, and whoever follows it."""
    own = acting.firm is not None and acting.firm.pk == organisation.pk
    return can_manage_mobilisation(acting) or (own and acting.can("edit_own_firm"))
