"""What the animator's pages and a firm's own have in common: the form that changes a need."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from maillage.foundation.organisations.models import Territory
from maillage.launch.needs.actions import NeedChangedError, NeedError, Words, change_need
from maillage.launch.needs.enums import Topic
from maillage.launch.needs.models import Need
from maillage.web.needs.forms import Change, Detailed
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.toasts import said

KEPT = ("topic", "title", "detail", "occupation", "occupation_label", "strength", "sector")
COVERED = ("job_category", "public")


def offer_territories(form: Detailed) -> None:
    """Give a form the territories of the register."""
    found = Territory.objects.all()
    form.set_territories([(str(one.public_id), one.name) for one in found])


def territory_of(value: str) -> Territory | None:
    """Return the territory that somebody chose, None when none in particular."""
    return Territory.objects.get(public_id=UUID(value)) if value else None


def occupation_of(topic: str, title: str) -> str:
    """Return the occupation that a statement in a few words names."""
    return title if topic == Topic.STAFF else ""


def change_page(request: NetworkRequest, need: Need, back: str, main_class: str) -> HttpResponse:
    """Change what a need says; when somebody else did meanwhile, both are shown."""
    typed = request.POST.copy()
    form = Change(typed or None, initial=_values_of(need))
    offer_territories(form)
    now = None
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, need, form)
        except NeedChangedError as error:
            now = error.now
            form.add_error(None, str(error))
            # Sent again, it is kept over what is shown.
            typed["version"] = str(now.version)
        except NeedError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("Saved."))
            return redirect(back)
    context = {"form": form, "need": need, "now": now, "back": back, "main_class": main_class}
    return render(request, "needs/change.html", context, status=invalid_status(form))


def _keep(request: NetworkRequest, need: Need, form: Change) -> None:
    typed: dict[str, Any] = form.cleaned_data
    words = Words(
        **{field: typed[field] for field in (*KEPT, *COVERED) if field != "strength"},
        strength=int(typed["strength"]),
        half_hours=form.half_hours(),
        territory=territory_of(typed["territory"]),
    )
    change_need(acting=request.acting, need=need, version=typed["version"], words=words)


def _values_of(need: Need) -> dict[str, Any]:
    hours = {
        f"hours_{month}": half / 2 if half else None
        for month, half in enumerate(need.half_hours, start=1)
    }
    return {
        **{field: getattr(need, field) for field in (*KEPT, *COVERED, "version")},
        **hours,
        "territory": str(need.territory.public_id) if need.territory else "",
    }
