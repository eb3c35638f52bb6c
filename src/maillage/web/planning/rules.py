"""The limits of working time in force, and the agreements that set them otherwise."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.group.dossier import agreement_in_words
from maillage.run.group.queries import group_of
from maillage.run.planning.enums import RuleSource
from maillage.run.planning.margins import Margin, changeable
from maillage.run.planning.models import RuleChange
from maillage.run.planning.permissions import can_plan_work
from maillage.run.planning.ruling import (
    RuleError,
    Text,
    changes_to_come,
    end_change,
    in_its_unit,
    limits_in_force,
    may_be_changed,
    record_change,
)
from maillage.web.planning.confirming import confirm_page, effect_of, is_confirmed
from maillage.web.planning.rule_words import LIMITS, shown, typed
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import DayInput, invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


class Change(forms.Form):
    """A text that sets a limit otherwise than the law."""

    rule = forms.ChoiceField(label=gettext_lazy("Rule"))
    value = forms.CharField(
        label=gettext_lazy("New limit"),
        max_length=12,
        help_text=gettext_lazy("Hours as 11:30, days and percents as a number."),
    )
    source = forms.ChoiceField(label=gettext_lazy("What allows it"), choices=RuleSource)
    name = forms.CharField(label=gettext_lazy("Name of the text"), max_length=120)
    clause = forms.CharField(
        label=gettext_lazy("Clause or article"),
        max_length=60,
        help_text=gettext_lazy("As your collective agreement numbers it."),
    )
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DayInput,
        required=False,
        help_text=gettext_lazy("Empty: until further notice."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.margins = changeable(localdate())
        field = self.fields["rule"]
        field.choices = [  # type: ignore[attr-defined]
            (rule, _limit_label(rule)) for rule in may_be_changed(localdate())
        ]

    def clean(self) -> dict[str, Any]:
        """Read the limit in the unit of its rule."""
        data = super().clean() or {}
        margin = self.margins.get(data.get("rule", ""))
        if margin is not None and "value" in data:
            found = typed(margin.limit, data["value"])
            if found is None:
                self.add_error("value", _("Write hours as 11:30, days and percents as a number."))
            data["value"] = found
        return data

    @property
    def text(self) -> Text:
        """What was typed, for the plan."""
        data = self.cleaned_data
        return Text(**{**data, "source": RuleSource(data["source"])})


def _limit_label(rule: str) -> str:
    """Return what the page calls the limit of a rule that may change."""
    return str(next(label for (name, _limit), label in LIMITS.items() if name == rule))


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("see_plan")
def rules(request: NetworkRequest) -> HttpResponse:
    """List the limits in force with their article; write down a text that changes one."""
    plans = can_plan_work(request.acting)
    form = Change(request.POST or None, initial={"starts_on": localdate()})
    if request.method == "POST" and form.is_valid():
        act = partial(record_change, acting=request.acting, text=form.text)
        try:
            if not is_confirmed(request):
                _made, effect = effect_of(act)
                if effect.gone:
                    return confirm_page(
                        request,
                        title=_("Before this rule changes"),
                        submit=_("Change the rule"),
                        back=reverse("planning:rules", args=[request.network.slug]),
                        effect=effect,
                    )
            act()
        except RuleError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("The rule is changed: the plan is judged by it from now on."))
            return redirect("planning:rules", request.network.slug)
    today = localdate()
    group = group_of(request.network)
    context = {
        "network": request.network,
        "form": form,
        "plans": plans,
        "limits": shown(limits_in_force(request.network, today)),
        "changes": [_changed(one) for one in changes_to_come(request.network, today)],
        "margins": [
            (_limit_label(rule), _between(margin), margin.article)
            for rule, margin in changeable(today).items()
        ],
        "agreement": agreement_in_words(group.agreement) if group is not None else "",
        "today": today,
    }
    return render(request, "planning/rules.html", context, status=invalid_status(form))


@require_POST
@in_network("plan_work")
def end_rule(request: NetworkRequest, change_id: UUID) -> HttpResponse:
    """Let a text hold no longer than a day."""
    found = RuleChange.objects.filter(network=request.network, public_id=change_id).first()
    if found is None:
        raise Http404
    back = reverse("planning:rules", args=[request.network.slug])
    try:
        last_day = forms.DateField().clean(request.POST.get("last_day"))
        act = partial(end_change, acting=request.acting, change=found, last_day=last_day)
        if not is_confirmed(request):
            effect = effect_of(act)
            if effect.gone:
                return confirm_page(
                    request,
                    title=_("Before the law holds again"),
                    submit=_("End it"),
                    back=back,
                    effect=effect,
                )
        act()
    except forms.ValidationError as error:
        refused(request, " ".join(error.messages))
    except RuleError as error:
        refused(request, str(error))
    else:
        said(request, _("The text ends: the law holds again after that day."))
    return redirect(back)


def _changed(change: RuleChange) -> dict[str, object]:
    ((limit, value),) = change.parameters.items()
    return {
        "row": change,
        "label": _limit_label(change.rule),
        "value": in_its_unit(limit, value),
        "source": change.get_source_display(),
    }


def _between(margin: Margin) -> str:
    if margin.limit == "minutes" and margin.lowest > 1:
        return _("never below %(limit)s") % {"limit": in_its_unit(margin.limit, margin.lowest)}
    if margin.limit == "days":
        return _("never below %(limit)s") % {"limit": in_its_unit(margin.limit, margin.lowest)}
    return _("never above %(limit)s") % {"limit": in_its_unit(margin.limit, margin.highest)}
