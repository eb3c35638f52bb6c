"""What a need is about, how strong it is, and how it moves from felt to served."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class NeedKind(models.TextChoices):
    """Something a firm lacks, or something it has to give."""

    NEED = "need", _("Need")
    OFFER = "offer", _("Offer")


class Topic(models.TextChoices):
    """What a need or an offer is about."""

    STAFF = "staff", _("Staff")
    TRAINING = "training", _("Training")
    EQUIPMENT = "equipment", _("Equipment and premises")
    PURCHASES = "purchases", _("Purchases")
    SAFETY = "safety", _("Safety at work")
    ENVIRONMENT = "environment", _("Environment and energy")
    QUALITY = "quality", _("Quality")
    DIGITAL = "digital", _("Digital tools")
    EXPORT = "export", _("Export")
    CUSTOMERS = "customers", _("Customers and sales")
    OTHER = "other", _("Something else")


class Strength(models.IntegerChoices):
    """How much a firm needs it."""

    SLIGHT = 1, _("It would help")
    USEFUL = 2, _("Useful")
    IMPORTANT = 3, _("Important")
    URGENT = 4, _("Urgent")
    SURVIVAL = 5, _("The firm’s survival")


class NeedState(models.TextChoices):
    """How far a need has come."""

    FELT = "felt", _("Felt")
    CHARACTERISED = "characterised", _("Made precise")
    EXPRESSED = "expressed", _("Asked for")
    COMMITTED = "committed", _("Being served")
    SERVED = "served", _("Served")
    DROPPED = "dropped", _("Dropped")


# A need is open until somebody says that it is served or dropped: no delay ever closes it.
CLOSED = frozenset({NeedState.SERVED, NeedState.DROPPED})

# The road of a need, in order; a need is dropped from anywhere on it.
ROAD = (
    NeedState.FELT,
    NeedState.CHARACTERISED,
    NeedState.EXPRESSED,
    NeedState.COMMITTED,
    NeedState.SERVED,
)

# Where a statement may begin: what is being served was stated before.
BEGINNINGS = (NeedState.FELT, NeedState.CHARACTERISED, NeedState.EXPRESSED)

# Where a need may go from each state. One step forward says nothing more; a step back, giving up
# and taking up again need a reason (see `needs_reason`).
MOVES: Mapping[NeedState, tuple[NeedState, ...]] = {
    NeedState.FELT: (NeedState.CHARACTERISED, NeedState.DROPPED),
    NeedState.CHARACTERISED: (NeedState.EXPRESSED, NeedState.FELT, NeedState.DROPPED),
    NeedState.EXPRESSED: (NeedState.COMMITTED, NeedState.CHARACTERISED, NeedState.DROPPED),
    NeedState.COMMITTED: (NeedState.SERVED, NeedState.EXPRESSED, NeedState.DROPPED),
    NeedState.SERVED: (NeedState.COMMITTED,),
    NeedState.DROPPED: (NeedState.FELT,),
}


def needs_reason(state: NeedState, to: NeedState) -> bool:
    """Whether a move must say why: every one but a step forward on the road."""
    if state not in ROAD or to not in ROAD:
        return True
    return ROAD.index(to) < ROAD.index(state)


class MatchState(models.TextChoices):
    """What the two firms said of a match; what one said is never told to the other alone."""

    PROPOSED = "proposed", _("Proposed")
    ONE = "one", _("One said yes")
    BOTH = "both", _("Both said yes")
    DECLINED = "declined", _("Declined")


class ProposalKind(models.TextChoices):
    """What is proposed to the animator of a network."""

    COMMON = "common", _("Common need")
    STAKE = "stake", _("Common stake")


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    ACTED = "acted", _("Taken up")
    DISMISSED = "dismissed", _("Dismissed")
