"""The board votes a threshold, writes a plan and records what the members said of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.bricks.indicators.actions import (
    IndicatorError,
    decide_plan,
    vote_threshold,
    write_plan,
)
from maillage.bricks.indicators.models import Alert
from maillage.bricks.indicators.queries import Reading
from maillage.foundation.networks.refusals import DecisionError
from maillage.web.health.forms import PlanForm, ThresholdForm, VoteForm
from maillage.web.health.reading import access_indicator, shown
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("see_staff_health", hidden=True)
def threshold(request: NetworkRequest, indicator: str) -> HttpResponse:
    """Record the threshold that the members voted."""
    reading = access_indicator(request, indicator)
    form = ThresholdForm(request.POST or None, initial={"value": reading.limit.normalize()})
    if request.method == "POST" and form.is_valid():
        try:
            vote_threshold(
                acting=request.acting,
                key=reading.indicator.key,
                value=form.cleaned_data["value"],
                minutes=form.as_minutes(),
            )
        except (IndicatorError, DecisionError) as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("The threshold holds from now on; the decision is recorded."))
            return redirect(_back(request, reading))
    lede = _("It is now %(limit)s. The vote is kept among the decisions of the members.")
    return _page(
        request,
        reading,
        form,
        title=_("The threshold that the members voted"),
        lede=lede % {"limit": shown(reading).limit},
        submit=_("Record the vote"),
    )


@require_http_methods(FORM)
@in_network("see_staff_health", hidden=True)
def plan(request: NetworkRequest, indicator: str) -> HttpResponse:
    """Write the plan that answers an alert."""
    reading = access_indicator(request, indicator)
    alert = _alert(reading)
    form = PlanForm(request.POST or None, initial={"plan": alert.plan})
    if request.method == "POST" and form.is_valid():
        try:
            write_plan(acting=request.acting, alert=alert, plan=form.cleaned_data["plan"])
        except IndicatorError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(request, _("The plan is written: put it to the members."))
            return redirect(_back(request, reading))
    return _page(
        request,
        reading,
        form,
        title=_("Corrective plan"),
        lede=reading.explanation,
        submit=_("Keep the plan"),
    )


@require_http_methods(FORM)
@in_network("see_staff_health", hidden=True)
def decision(request: NetworkRequest, indicator: str) -> HttpResponse:
    """Record what the members decided on a plan."""
    reading = access_indicator(request, indicator)
    alert = _alert(reading)
    form = VoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_plan(acting=request.acting, alert=alert, minutes=form.as_minutes())
        except (IndicatorError, DecisionError) as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("The decision is recorded, with the plan."))
            return redirect(_back(request, reading))
    return _page(
        request,
        reading,
        form,
        title=_("What the members decided on the plan"),
        lede=alert.plan,
        submit=_("Record the decision"),
    )


def _alert(reading: Reading) -> Alert:
    if reading.alert is None:
        raise Http404
    return reading.alert


def _back(request: NetworkRequest, reading: Reading) -> str:
    return reverse("health:indicator", args=[request.network.slug, reading.indicator.key])


def _page(
    request: NetworkRequest,
    reading: Reading,
    form: ThresholdForm | VoteForm | PlanForm,
    *,
    title: str,
    lede: str,
    submit: str,
) -> HttpResponse:
    context = {
        "title": title,
        "eyebrow": reading.indicator.name,
        "lede": lede,
        "form": form,
        "submit": submit,
        "cancel": _back(request, reading),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))
