"""Public holidays: those of a year, and what each firm does on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.run.planning.enums import HolidayOpening, HolidayPay
from maillage.run.planning.holidays import holidays_between, is_may_day
from maillage.run.planning.keeping import Choice, HolidayError, keep_holidays, place_kept
from maillage.run.planning.models import HolidayRule
from maillage.run.planning.permissions import can_plan_work
from maillage.web.planning.confirming import confirm_page, effect_of, is_confirmed
from maillage.web.planning.holiday_list import firms_of, listing_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, nice_day
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

ALSACE = "67"
USUAL = "usual"
AHEAD = timedelta(days=366)


class Kept(forms.Form):
    """What a firm does on a holiday, or on all of them."""

    opening = forms.ChoiceField(label=gettext_lazy("What the firm does"), required=False)
    pay = forms.ChoiceField(
        label=gettext_lazy("Who bears the hours when nobody is taken"), choices=HolidayPay
    )
    reason = forms.CharField(
        label=gettext_lazy("Why work cannot stop"), max_length=200, required=False
    )

    def __init__(self, *args: Any, usual: bool, may_day: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = _("Not decided: closed") if usual or may_day else _("As usual")
        field = self.fields["opening"]
        field.choices = [("", none), *HolidayOpening.choices]  # type: ignore[attr-defined]
        if not may_day:
            del self.fields["reason"]

    @property
    def choice(self) -> Choice | None:
        """What was chosen, for the plan; None for nothing of its own."""
        data = self.cleaned_data
        if not data["opening"]:
            return None
        return Choice(
            HolidayOpening(data["opening"]), HolidayPay(data["pay"]), data.get("reason", "")
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A holiday, or the usual of the firm (`day` None), with its form."""

    day: date | None
    title: str
    form: Kept


@require_safe
@in_network("see_plan")
def holidays(request: NetworkRequest) -> HttpResponseBase:
    """List the public holidays of a year, and what firms usually do on them."""
    year = _year(request)
    first, last = date(year, 1, 1), date(year, 12, 31)
    everywhere = holidays_between(first, last)
    alsace = holidays_between(first, last, ALSACE)
    listed = listing_of(request.network.slug, linked=can_plan_work(request.acting))
    listing = listed.read(request, lambda w: firms_of(request.network, first, last, w.get("q")))
    return listing.respond(
        "planning/holidays.html",
        {
            "network": request.network,
            "year": year,
            "days": [
                (day, nice_day(day), name, day not in everywhere) for day, name in alsace.items()
            ],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("plan_work")
def firm_holidays(request: NetworkRequest, firm_id: UUID) -> HttpResponse:
    """Choose what a firm does on the public holidays to come; see what it changes, then keep it."""
    firm = _firm(request, firm_id)
    lines = list(_lines(request, firm))
    back = reverse("planning:holidays", args=[request.network.slug])
    fault = ""
    read = [line.form.is_valid() for line in lines]  # each says what is wrong with it
    if request.method == "POST" and all(read):
        choices = {line.day: line.form.choice for line in lines}
        act = partial(keep_holidays, acting=request.acting, organisation=firm, choices=choices)
        try:
            if not is_confirmed(request) and (effect := effect_of(act)).slots:
                return confirm_page(
                    request,
                    title=_("What these choices change"),
                    lede=firm.name,
                    submit=_("Keep these choices"),
                    back=request.path,
                    effect=effect,
                )
            act()
        except HolidayError as error:
            fault = str(error)
            for line in lines:
                if line.day == error.day and "reason" in line.form.fields:
                    line.form.add_error("reason", fault)
        else:
            said(request, _("The choices of %(firm)s are kept.") % {"firm": firm.name})
            return redirect(back)
    context = {"network": request.network, "firm": firm, "lines": lines, "fault": fault}
    return render(request, "planning/firm_holidays.html", context, status=422 if fault else 200)


def _lines(request: NetworkRequest, firm: Organisation) -> Iterator[Line]:
    today = localdate()
    held = {
        rule.day: rule
        for rule in HolidayRule.objects.filter(network=request.network, organisation=firm)
    }
    coming = holidays_between(today, today + AHEAD, place_kept(request.network, firm))
    titles: list[tuple[date | None, str]] = [(None, _("Every public holiday but 1 May"))]
    titles += [(day, f"{nice_date(day, 'year')}, {name}") for day, name in coming.items()]
    for day, title in titles:
        rule = held.get(day)
        form = Kept(
            request.POST or None,
            prefix=USUAL if day is None else day.isoformat(),
            usual=day is None,
            may_day=day is not None and is_may_day(day),
            initial={
                "opening": rule.opening if rule is not None else "",
                "pay": rule.pay if rule is not None else HolidayPay.FIRM,
                "reason": rule.reason if rule is not None else "",
            },
        )
        yield Line(day, title, form)


def _firm(request: NetworkRequest, firm_id: UUID) -> Organisation:
    here = members_on(request.network, localdate()).values("membership__organisation")
    found = Organisation.objects.filter(pk__in=here, public_id=firm_id).first()
    if found is None:
        raise Http404
    return found


def _year(request: NetworkRequest) -> int:
    """Return the year of the address, else that of the day in six months: the next one."""
    today = localdate()
    typed = request.GET.get("year", "")
    if typed.isdecimal() and abs(int(typed) - today.year) <= 2:  # noqa: PLR2004 -- years around
        return int(typed)
    return (today + timedelta(days=183)).year
