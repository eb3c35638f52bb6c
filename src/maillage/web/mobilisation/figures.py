"""Rates and delays by group of firms; what holds firms back, and what lifts it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from maillage.launch.mobilisation.brakes import (
    Brake,
    Fears,
    Reasons,
    brakes_of,
    fears_of,
    reasons_of,
)
from maillage.launch.mobilisation.progress import (
    Segment,
    by_segment,
    groups_of,
    journeys_in,
    steps_of,
)
from maillage.launch.mobilisation.voice import Voice, voice_of
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
    heard = voice_of(request.network, journeys)
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
        "voice": [_voice_bar(one) for one in heard if one.listed],
        "more": max(0, len(groups) - MOST_GROUPS),
    }
    return render(request, "mobilisation/figures.html", context)


@require_safe
@in_network("manage_mobilisation")
def brakes(request: NetworkRequest) -> HttpResponse:
    """Show what holds firms back and what lifts it, and why members take part."""
    found = brakes_of(request.network)
    reasons = reasons_of(request.network)
    context: dict[str, Any] = {
        "network": request.network,
        "brakes": found,
        "brake_bars": [_brake_bar(one) for one in found],
        "reasons": reasons,
        "motive_bars": _motive_bars(reasons),
        "aid_share": reasons.aid / reasons.known if reasons.known else None,
        "fear_bars": [_fear_bar(one) for one in fears_of(request.network)],
    }
    return render(request, "mobilisation/brakes.html", context)


def _brake_bar(brake: Brake) -> Bar:
    told = _("%(firms)s, of which %(open)s still") % {
        "firms": number(brake.firms),
        "open": number(brake.open),
    }
    return Bar(brake.kind.label, brake.firms, told)


def _fear_bar(fears: Fears) -> Bar:
    pairs = ngettext("%(pairs)s pair", "%(pairs)s pairs", fears.lifted_pairs) % {
        "pairs": number(fears.lifted_pairs)
    }
    return Bar(nice_date(fears.day, "year"), fears.open, f"{number(fears.open)}, {pairs}")


def _motive_bars(reasons: Reasons) -> list[Bar]:
    return [Bar(kind.label, count, number(count)) for kind, count in reasons.main]


def _voice_bar(voice: Voice) -> Bar:
    told = _("%(share)s: %(heard)s of %(listed)s firms") % {
        "share": percent(voice.share),
        "heard": number(voice.heard),
        "listed": number(voice.listed),
    }
    return Bar(nice_date(voice.day, "year"), voice.share or 0, told)
