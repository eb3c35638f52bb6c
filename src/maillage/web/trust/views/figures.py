"""Anonymous figures, the same for everybody who may read them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.foundation.networks.enums import Tier
from maillage.foundation.organisations.enums import SizeBand
from maillage.foundation.visibility.aggregates import Breakdown, Cell
from maillage.foundation.visibility.figures import member_figures
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.gates import in_network
from maillage.web.ui.parts import Bar


@require_safe
@in_network("see_figures")
def figures(request: NetworkRequest) -> HttpResponse:
    """Show the members in figures from which nothing about one of them can be worked out."""
    found = member_figures(request.network)
    context = {
        "total": found.by_size.total,
        "breakdowns": [
            (_("By size"), _bars(found.by_size, _firms, _names(SizeBand))),
            (_("By place in the network"), _bars(found.by_tier, _firms, _names(Tier))),
            (_("By activity"), _bars(found.by_activity, _firms_and_employees)),
            (_("By territory"), _bars(found.by_territory, _firms)),
        ],
    }
    return render(request, "trust/figures.html", context)


def _names(choices: type[TextChoices]) -> dict[str, str]:
    return {choice.value: str(choice.label) for choice in choices}


def _bars(
    breakdown: Breakdown,
    text: Callable[[Cell], str],
    names: Mapping[str, str] = MappingProxyType({}),
) -> list[Bar]:
    largest_first = sorted(breakdown.cells.items(), key=lambda one: -one[1].answers)
    bars = [
        Bar(names.get(name, name) or _("Not known"), cell.answers, text(cell))
        for name, cell in largest_first
    ]
    if breakdown.others is not None:
        others = breakdown.others
        bars.append(Bar(_("Others, put together"), others.answers, text(others)))
    return bars


def _firms(cell: Cell) -> str:
    return _("%(firms)s firms") % {"firms": number(cell.answers)}


def _firms_and_employees(cell: Cell) -> str:
    if cell.quantity is None:
        return _firms(cell)
    return _("%(firms)s firms, %(employees)s employees") % {
        "firms": number(cell.answers),
        "employees": number(cell.quantity),
    }
