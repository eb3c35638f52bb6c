"""Who may do what with the employer group."""

from maillage.foundation.networks.acting import Acting


def can_manage_group(acting: Acting) -> bool:
    """Whether somebody sets the group up and keeps its papers."""
    return acting.network is not None and acting.can("manage_group")


def can_see_managers(acting: Acting) -> bool:
    """Whether somebody reads the home addresses of the managers: the animator and the board."""
    return acting.network is not None and acting.can("see_group_managers")
