"""Three figures for each phase of the network's life, and what was done yesterday."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from maillage.web.ui.formats import number
from maillage.web.ui.parts import Figure

type PhaseFigures = tuple[str, str, str, Sequence[Figure]]
"""The key of a phase, its name, what it is about, its three figures."""

FIGURES = {
    "listed": ngettext_lazy(
        "firm or body in the directory", "firms and bodies in the directory", "count"
    ),
    "conditions_met": ngettext_lazy(
        "condition of a good start met", "conditions of a good start met", "count"
    ),
    "objectives_proposed": ngettext_lazy("objective proposed", "objectives proposed", "count"),
    "members": ngettext_lazy("member in the network", "members in the network", "count"),
    "contacts": ngettext_lazy("contact with a firm", "contacts with firms", "count"),
    "open_tasks": ngettext_lazy("task to do", "tasks to do", "count"),
    "objectives_active": ngettext_lazy("objective under way", "objectives under way", "count"),
    "decisions": ngettext_lazy("decision of members", "decisions of members", "count"),
    "left": ngettext_lazy("member who left", "members who left", "count"),
}
YESTERDAY = {
    "entered_yesterday": ngettext_lazy("%(n)s member entered", "%(n)s members entered", "count"),
    "listed_yesterday": ngettext_lazy(
        "%(n)s firm entered the directory", "%(n)s firms entered the directory", "count"
    ),
    "joined_yesterday": ngettext_lazy(
        "%(n)s invitation accepted", "%(n)s invitations accepted", "count"
    ),
    "done_yesterday": ngettext_lazy("%(n)s task done", "%(n)s tasks done", "count"),
    "contacted_yesterday": ngettext_lazy(
        "%(n)s contact with a firm", "%(n)s contacts with firms", "count"
    ),
}


def done_yesterday(counts: Mapping[str, int]) -> list[str]:
    """Return what was done yesterday, one line per kind."""
    return [
        text % {"count": counts[name], "n": number(counts[name])}
        for name, text in YESTERDAY.items()
        if counts[name]
    ]


def phases_of(counts: Mapping[str, int]) -> list[PhaseFigures]:
    """Return the figures of each phase: only of what exists."""

    def figure(name: str, detail: str = "") -> Figure:
        return Figure(number(counts[name]), FIGURES[name] % {"count": counts[name]}, detail=detail)

    met = _("of %(all)s") % {"all": number(counts["conditions_all"])}
    core = ngettext("%(n)s in the core", "%(n)s in the core", counts["core"])
    return [
        (
            "launch",
            _("Launch"),
            _("what we could do together"),
            (figure("listed"), figure("conditions_met", met), figure("objectives_proposed")),
        ),
        (
            "run",
            _("Run"),
            _("who does what, when"),
            (
                figure("members", core % {"n": number(counts["core"])}),
                figure("contacts", _("in 30 days")),
                figure("open_tasks"),
            ),
        ),
        (
            "sustain",
            _("Sustain"),
            _("live without founder or funder"),
            (
                figure("objectives_active"),
                figure("decisions", _("in one year")),
                figure("left", _("in one year")),
            ),
        ),
    ]
