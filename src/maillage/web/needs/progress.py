"""How many needs go on from each state, and how long it takes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.launch.needs.delays import steps_of
from maillage.launch.needs.enums import Topic
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network


@require_safe
@in_network("manage_needs")
def progress(request: NetworkRequest) -> HttpResponse:
    """Show conversion rates and usual delays, of all topics or of one."""
    asked = request.GET.get("topic", "")
    topic = asked if asked in Topic.values else ""
    steps = [
        (
            step.state.label,
            step.went_on,
            step.reached,
            step.rate,
            step.median_days,
        )
        for step in steps_of(request.network, topic=topic)
    ]
    context = {
        "network": request.network,
        "steps": steps,
        "topic": topic,
        "topics": Topic.choices,
    }
    return render(request, "needs/progress.html", context)
