"""Who pays a public holiday, what a published week says, how a call for somebody goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayPay(models.TextChoices):
    """Who bears the hours of a public holiday on which a worker would have worked in a firm."""

    FIRM = "firm", _("The firm, as if worked")
    GROUP = "group", _("The group, in its costs")


class CallCause(models.TextChoices):
    """Why somebody is looked for at once."""

    ABSENCE = "absence", _("Somebody is away")
    PEAK = "peak", _("Too much work")


class CallState(models.TextChoices):
    """How a call for somebody goes."""

    OPEN = "open", _("Being answered")
    ANSWERED = "answered", _("Answered")
    UNANSWERED = "unanswered", _("Nobody found")
    WITHDRAWN = "withdrawn", _("No longer needed")


class OfferState(models.TextChoices):
    """What a worker says to a slot that is proposed; a refusal has no consequence."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    OVERTAKEN = "overtaken", _("Taken by somebody else")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ProposalState(models.TextChoices):
    """How far the search for a plan is; a stopped one keeps the best it had found."""

    SEARCHING = "searching", _("Searching")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
    APPLIED = "applied", _("Applied")
