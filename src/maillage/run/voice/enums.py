"""To whom workers speak, who reads them, and how a meeting goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Reader(models.TextChoices):
    """In what quality somebody reads or answers a grievance."""

    WORKER = "worker", _("the person who wrote it")
    DELEGATE = "delegate", _("delegate of the workers")
    BOARD = "board", _("board of the group")
    ANIMATOR = "animator", _("animator")


class Audience(models.TextChoices):
    """To whom a grievance is addressed: nobody else ever reads it."""

    DELEGATES = "delegates", _("The delegates of the workers")
    BOARD = "board", _("The board of the group")
    BOTH = "both", _("The delegates and the board")
    EVERYBODY = "everybody", _("The delegates, the board and the animator")


READ_BY: dict[str, frozenset[Reader]] = {
    Audience.DELEGATES: frozenset({Reader.DELEGATE}),
    Audience.BOARD: frozenset({Reader.BOARD}),
    Audience.BOTH: frozenset({Reader.DELEGATE, Reader.BOARD}),
    Audience.EVERYBODY: frozenset({Reader.DELEGATE, Reader.BOARD, Reader.ANIMATOR}),
}


class Company(models.TextChoices):
    """With whom a worker asks to meet."""

    COLLEAGUES = "colleagues", _("Among workers, without anybody else")
    BOARD = "board", _("With the board")
    ANIMATOR = "animator", _("With the animator")


class MeetingState(models.TextChoices):
    """What became of a request for a meeting."""

    ASKED = "asked", pgettext_lazy("meeting", "Asked")
    FIXED = "fixed", _("Fixed")
    DECLINED = "declined", _("Declined")
