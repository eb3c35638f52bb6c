"""The pages that somebody of a firm, a board or a funder goes to from the desk."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.web.desk.addresses import page_of
from maillage.web.desk.situation import Situation
from maillage.web.ui.formats import number


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A page that somebody of a firm, or a funder, goes to from the desk."""

    icon: str
    title: str
    text: str
    label: str
    url: str


def entries_of(situation: Situation) -> list[DeskEntry]:
    """Return the pages of the role in use."""
    acting, network = situation.acting, situation.network
    entries = _of_firm(situation)
    if acting.can("see_figures") and "figures" in situation.modules:
        entries.append(
            DeskEntry(
                "book",
                _("Figures"),
                _("What the network is today, without naming anybody."),
                _("See the figures"),
                page_of(network, "trust:figures"),
            )
        )
    entries.append(
        DeskEntry(
            "network",
            network.name,
            _("What it is for, and what its members decided."),
            _("See the network"),
            page_of(network, "governance:home"),
        )
    )
    return entries


def _of_firm(situation: Situation) -> list[DeskEntry]:
    """Return the pages of whoever belongs to a firm: more of them to whoever speaks for it."""
    acting, network = situation.acting, situation.network
    if acting.firm is None:
        return []
    entries = [
        DeskEntry(
            "firm",
            _("My firm"),
            _("What the network knows of you, and who sees it."),
            _("See our record"),
            page_of(network, "directory:mine"),
        )
    ]
    if not acting.can("edit_own_firm"):
        return entries
    entries.append(
        DeskEntry(
            "eye",
            _("Who read our data"),
            _looks_told(situation),
            _("See who"),
            page_of(network, "trust:reads"),
        )
    )
    if "contacts" in situation.modules:
        entries.append(
            DeskEntry(
                "phone",
                _("Who contacted us"),
                _("And how often you accept it."),
                _("See the contacts"),
                page_of(network, "contacts:mine"),
            )
        )
    if "mobilisation" in situation.modules:
        entries.append(
            DeskEntry(
                "people",
                _("Why we take part"),
                _("What you look for, what holds you back, as the animator wrote it down."),
                _("Read it"),
                page_of(network, "mobilisation:mine"),
            )
        )
    return entries


def _looks_told(situation: Situation) -> str:
    reads = situation.firm_counts["reads"]
    refused = situation.firm_counts["refused_looks"]
    told = ngettext(
        "Looked at %(n)s time in 30 days.", "Looked at %(n)s times in 30 days.", reads
    ) % {"n": number(reads)}
    if not refused:
        return told
    kept_out = ngettext("%(n)s look was refused.", "%(n)s looks were refused.", refused) % {
        "n": number(refused)
    }
    return f"{told} {kept_out}"
