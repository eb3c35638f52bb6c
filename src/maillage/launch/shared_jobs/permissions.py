"""Who may do what with shared jobs."""

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation


def can_compose_jobs(acting: Acting) -> bool:
    """Whether somebody searches jobs and proposes them to firms."""
    return acting.network is not None and acting.can("compose_jobs")


def can_answer_for(acting: Acting, organisation: Organisation) -> bool:
    """Whether somebody may say yes or no to a job for a firm: one of its own people."""
    own = acting.firm is not None and acting.firm.pk == organisation.pk
    return own and acting.can("answer_proposals")
