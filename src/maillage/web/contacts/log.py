"""The log of a network, and choosing whom to contact."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.foundation.visibility.directory import directory_of
from maillage.web.contacts.forms import SearchForm
from maillage.web.contacts.lists import log_of, rows_for
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network


@require_safe
@in_network("log_contacts")
def log(request: NetworkRequest) -> HttpResponseBase:
    """List the contacts of the network."""
    listing = log_of(request).read(request, lambda wanted: rows_for(request, wanted))
    return listing.respond("contacts/log.html", {"network": request.network})


@require_safe
@in_network("log_contacts")
def new(request: NetworkRequest) -> HttpResponse:
    """Choose the firm to contact, among those the role in use may know of."""
    form = SearchForm(request.GET or None)
    asked = form.is_valid()
    found = directory_of(request.acting).named(form.cleaned_data["q"]) if asked else ()
    return render(
        request,
        "contacts/new.html",
        {"network": request.network, "form": form, "asked": asked, "found": found},
    )
