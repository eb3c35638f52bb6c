"""What the software does of a clause: the rules it knows, and what each takes as parameter."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override


class Rule(models.TextChoices):
    """A rule that the software holds once a clause of the charter says it."""

    NO_SHARED_WORKER = (
        "no_shared_worker_between_competitors",
        gettext_lazy("No worker shared by two competitors"),
    )
    TIMETABLES = "timetables", gettext_lazy("What firms see of a shared worker’s timetable")
    CONFIDENTIALITY = "confidentiality", gettext_lazy("What is learnt here stays here")


class Timetables(models.TextChoices):
    """What the firms of a shared worker see of the days worked elsewhere."""

    BUSY_FREE = "busy_free", gettext_lazy("Busy or free, without the place")
    WORKPLACES = "workplaces", gettext_lazy("The place of work too")


# What the parameter of a rule may be; the first one is in force while the charter says nothing.
PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = {
    Rule.TIMETABLES.value: (Timetables.BUSY_FREE.value, Timetables.WORKPLACES.value),
}


def takes(rule: str, parameter: str) -> bool:
    """Whether a rule is known and may have a parameter."""
    if not rule:
        return not parameter
    return rule in Rule.values and parameter in PARAMETERS.get(rule, ("",))


def effect_of(rule: str, parameter: str, language: str) -> str:
    """Return what the software does of a clause, in the language of the text; "" for nothing."""
    with override(language):
        match rule, parameter:
            case Rule.NO_SHARED_WORKER, _parameter:
                return _(
                    "The software sees to it: it never proposes one worker to two firms recorded"
                    " as competitors, unless both have agreed in writing."
                )
            case Rule.TIMETABLES, Timetables.BUSY_FREE:
                return _(
                    "The software sees to it: each firm sees when its shared worker is busy or"
                    " free, and not where."
                )
            case Rule.TIMETABLES, Timetables.WORKPLACES:
                return _(
                    "The software sees to it: each firm sees when and where its shared worker"
                    " works."
                )
            case Rule.CONFIDENTIALITY, _parameter:
                return _(
                    "The software sees to it: each firm chooses who sees its data and reads who"
                    " looked at them."
                )
            case _other:
                return ""
