"""Who may write questionnaires."""

from maillage.foundation.networks.acting import Acting


def can_write_questionnaires(acting: Acting) -> bool:
    """Whether somebody may write the questionnaires of the network: whoever puts them to firms."""
    return acting.network is not None and acting.can("run_surveys")
