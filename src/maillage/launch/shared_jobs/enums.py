"""How far a search for jobs is, what becomes of a job, what a firm answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompositionState(models.TextChoices):
    """How far a search for jobs is; a stopped one keeps the best it had found."""

    SEARCHING = "searching", _("Searching")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class JobState(models.TextChoices):
    """What becomes of a job that was found."""

    FOUND = "found", _("Found")
    LOCKED = "locked", _("Locked")
    SET_ASIDE = "set_aside", _("Set aside")
    SENT = "sent", _("Proposed to its firms")
    UNFIT = "unfit", _("Hours to be agreed again")
    CONFIRMED = "confirmed", _("To be hired for")
    FALLEN = "fallen", _("Given up")


# Needs of such jobs are spoken for: they enter no other one.
ENGAGED = frozenset({JobState.SENT, JobState.UNFIT, JobState.CONFIRMED})
# Jobs that firms were asked about, whatever they said.
ASKED = ENGAGED | {JobState.FALLEN}


class ShareAnswer(models.TextChoices):
    """What a firm answers to a job that is proposed to it."""

    WAITING = "waiting", _("No answer yet")
    CONFIRMED = "confirmed", _("Yes")
    ADJUSTED = "adjusted", _("Yes, with other hours")
    REFUSED = "refused", _("No")


AGREED = frozenset({ShareAnswer.CONFIRMED, ShareAnswer.ADJUSTED})
