"""What may be chosen: who pays a holiday, which text changes a rule, how a call goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayOpening(models.TextChoices):
    """What a firm does on a public holiday; only an open one takes shared workers."""

    CLOSED = "closed", _("Closed")
    OWN = "own", _("Open, with its own workers only")
    OPEN = "open", _("Open, shared workers too")


class HolidayPay(models.TextChoices):
    """Who bears the hours of a public holiday on which a worker would have worked in a firm."""

    FIRM = "firm", _("The firm, as if worked")
    GROUP = "group", _("The group, in its costs")


class RuleSource(models.TextChoices):
    """What gives a rule of working time another limit."""

    AGREEMENT = "agreement", _("A collective agreement, of the company or of the branch")
    AUTHORITY = "authority", _("A decision of the labour inspectorate")


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
