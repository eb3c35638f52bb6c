"""What acts and states are called on the pages of the area."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# How far a document is: its name and the kind of its badge.
STATES: Final[Mapping[str, tuple[Promise, str]]] = {
    "draft": (_("To be sent"), "watch"),
    "changed": (_("Changed since: to be sent again"), "watch"),
    "waiting": (_("To be signed"), "watch"),
    "partly": (_("Signed by one side"), "watch"),
    "signed": (_("Signed"), "ok"),
}
ACTS: Final[Mapping[str, Promise]] = {
    "add worker": _("Written down"),
    "change worker": _("Record changed"),
    "draft contract": _("Contract drawn up"),
    "change contract": _("Contract changed"),
    "drop contract": _("Draft contract thrown away"),
    "hire for job": _("Hired for a shared job"),
    "declare hiring": _("Hiring declared"),
    "renew trial": _("Trial period renewed"),
    "ask opinions": _("Firms asked for their opinion"),
    "end contract": _("Contract ended"),
    "draft lending": _("Lending agreement drawn up"),
    "change lending": _("Lending agreement changed"),
    "drop lending": _("Draft agreement thrown away"),
    "give notice": _("Notice given"),
    "end lending": _("Lending agreement ended"),
    "send to sign": _("Sent to be signed"),
}


def act_in_words(act: str) -> str:
    """Return what an act of the trail is called; its own name for one of another area."""
    return str(ACTS.get(act, act))
