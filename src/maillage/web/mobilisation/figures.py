"""Rates and delays by group of firms; what holds firms back, and what lifts it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.launch.mobilisation.brakes import (
    AID_IS_TOO_MUCH,
    Brake,
    Reasons,
    brakes_of,
    fears_of,
    reasons_of,
    voice_of,
)
from maillage.launch.mobilisation.progress import (
    Segment,
    by_segment,
    groups_of,
    journeys_in,
    steps_of,
)
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number, percent
from maillage.web.ui.gates import in_network
from maillage.web.ui.parts import Bar

MOST_GROUPS = 30


@require_safe
@in_network("manage_mobilisation")
def figures(request: NetworkRequest) -> HttpResponse:
    """Show how many firms go on from each stage, all together and group by group."""
    asked = request.GET.get("by", "")
    segment = Segment(asked) if asked in Segment.values else Segment.SECTOR
    journeys = journeys_in(request.network)
    segments = by_segment(journeys, segment)
    groups = groups_of(segments)
    name = request.GET.get("group")
    if name is not None and name in segments:
        journeys = segments[name]
    else:
        name = None
    steps = steps_of(journeys)
    context = {
        "network": request.network,
        "steps": steps,
        "bars": [Bar(step.state.label, step.reached, number(step.reached)) for step in steps],
        "segment": segment,
        "segments": list(Segment),
        "group": name,
        "firms": len(journeys),
        "groups": groups[:MOST_GROUPS],
        "more": max(0, len(groups) - MOST_GROUPS),
    }
    return render(request, "mobilisation/figures.html", context)


@require_safe
@in_network("manage_mobilisation")
def brakes(request: NetworkRequest) -> HttpResponse:
    """Show what holds firms back and what lifts it, why members take part, who was heard."""
    found = brakes_of(request.network)
    reasons = reasons_of(request.network)
    fears = fears_of(request.network)
    context: dict[str, Any] = {
        "network": request.network,
        "brakes": found,
        "brake_bars": [_brake_bar(one) for one in found],
        "reasons": reasons,
        "motive_bars": _motive_bars(reasons),
        "aid_share": reasons.aid / reasons.known if reasons.known else None,
        "too_much": AID_IS_TOO_MUCH,
        "voice": [
            Bar(
                nice_date(one.day, "year"),
                one.share,
                _("%(share)s: %(heard)s of %(listed)s firms")
                % {
                    "share": percent(one.share),
                    "heard": number(one.heard),
                    "listed": number(one.listed),
                },
            )
            for one in voice_of(request.network)
            if one.share is not None
        ],
        "fears": fears,
        "fear_bars": [Bar(nice_date(one.day, "year"), one.open, number(one.open)) for one in fears],
    }
    return render(request, "mobilisation/brakes.html", context)


def _brake_bar(brake: Brake) -> Bar:
    told = _("%(firms)s, of which %(open)s still") % {
        "firms": number(brake.firms),
        "open": number(brake.open),
    }
    return Bar(brake.kind.label, brake.firms, told)


def _motive_bars(reasons: Reasons) -> list[Bar]:
    return [Bar(kind.label, count, number(count)) for kind, count in reasons.main]
