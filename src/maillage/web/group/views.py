"""The group at a glance: what it is, whether its conditions are met, what is due."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.foundation.organisations.models import Organisation
from maillage.run.group.changes import untold
from maillage.run.group.dossier import agreement_in_words
from maillage.run.group.enums import GroupKind
from maillage.run.group.kinds import conditions_of, public_hours_met, replacement_met
from maillage.run.group.models import EmployerGroup
from maillage.run.group.permissions import can_manage_group, can_see_managers
from maillage.run.group.queries import (
    agreements_of,
    deadlines_of,
    group_of,
    key_in_force,
    members_on_day,
)
from maillage.run.group.rules import (
    articles_in_words,
    in_words,
    kind_of,
    limit_on,
)
from maillage.run.group.solidarity import basis_of
from maillage.web.group.clock import in_lines
from maillage.web.group.forms import ReplacementForm
from maillage.web.group.planned import minutes_by_worker
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number, percent
from maillage.web.ui.gates import in_network
from maillage.web.ui.parts import Figure

NEXT = 5


@require_safe
@in_network("read_group")
def home(request: NetworkRequest) -> HttpResponse:
    """Show the group to those who run it; without one, lead to the questions."""
    group = group_of(request.network)
    manages = can_manage_group(request.acting)
    if group is None:
        context: dict[str, Any] = {"network": request.network, "manages": manages}
        return render(request, "group/none.html", context)
    today = localdate()
    members = list(members_on_day(request.network, today))
    several = len(agreements_of(members)) > 1
    law = kind_of(group.kind)
    held = key_in_force(group, today)
    due = list(deadlines_of(group).filter(done_on=None)[:NEXT])
    context = {
        "network": request.network,
        "group": group,
        "manages": manages,
        "agreement": agreement_in_words(group.agreement),
        "meaning": in_words(law.meaning),
        "formality": in_words(law.formality),
        "article": articles_in_words(law.article),
        "conditions": _conditions(group, members),
        "becomes_b": group.kind == GroupKind.SAME_AGREEMENT and several,
        "lines": in_lines(due, today),
        "changes": len(untold(group)),
        "managers": list(group.managers.all()) if can_see_managers(request.acting) else None,
        "key": held,
        "basis": basis_of(held).label,
        "workers_over": _workers_over(request, group) if manages else [],
        **_replacements(request, group, today),
        "figures": [
            Figure(number(len(members)), _("members")),
            Figure(
                number(sum(one.due_on < today for one in due)),
                _("deadlines gone by"),
            ),
        ],
    }
    return render(request, "group/home.html", context)


def _workers_over(request: NetworkRequest, group: EmployerGroup) -> list[str]:
    """Return who spends too much of the year with public members, for a group that has some."""
    if group.kind != GroupKind.MIXED:
        return []
    return [
        name
        for name, (public, every) in minutes_by_worker(request.network).items()
        if not public_hours_met(public, every, localdate())
    ]


def _replacements(request: NetworkRequest, group: EmployerGroup, today: date) -> dict[str, Any]:
    """Return the question on the hours of a replacement group, and its answer once typed."""
    if group.kind != GroupKind.REPLACEMENT:
        return {"replacements": None}
    form = ReplacementForm(request.GET if "hours" in request.GET else None)
    limit = limit_on("replacement_hours", today)
    met = None
    if form.is_bound and form.is_valid():
        met = replacement_met(form.cleaned_data["replacements"], form.cleaned_data["hours"], today)
    return {
        "replacements": form,
        "replacements_text": in_words(limit.text),
        "replacements_article": articles_in_words(limit.article),
        "replacements_met": met,
    }


def _conditions(group: EmployerGroup, members: list[Organisation]) -> list[dict[str, Any]]:
    found = []
    for one in conditions_of(group.kind, members, localdate()):
        if one.limit.key == "public_members":
            state = _("%(count)s public bodies among %(total)s members: %(share)s.") % {
                "count": one.count,
                "total": one.total,
                "share": percent(one.count / one.total) if one.total else "–",
            }
        else:
            state = _("%(count)s agreements are known among the members.") % {"count": one.count}
        found.append(
            {
                "text": in_words(one.limit.text),
                "article": articles_in_words(one.limit.article),
                "state": state,
                "met": one.met,
            }
        )
    return found
