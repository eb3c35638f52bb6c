"""A second proof of identity, where a network asks for it."""

from allauth.mfa.utils import is_mfa_enabled

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.enums import NetworkRoleKind

ASKED_OF = frozenset({NetworkRoleKind.ANIMATOR, NetworkRoleKind.TREASURER})


def owes_second_proof(acting: Acting) -> bool:
    """Whether the network asks the role in use for a second proof that is not set up yet."""
    if acting.network is None or acting.role is None:
        return False
    asked = acting.network.strong_sign_in and acting.role.kind in ASKED_OF
    return asked and not is_mfa_enabled(acting.person)
