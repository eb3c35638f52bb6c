"""What a worker's link opens: their own pages, whoever has signed in on that telephone.

These pages are in no search engine and in no cache; an address of theirs is told to no other site.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_scopes import scope

from maillage.run.employment.links import worker_of
from maillage.run.employment.models import Worker
from maillage.web.ui.by_link import as_nobody, kept_quiet

type View[**P] = Callable[Concatenate[HttpRequest, Worker, P], HttpResponseBase]


def opened[**P](view: View[P]) -> Callable[..., HttpResponseBase]:
    """Open a worker's page for the time of the view; say so when the link leads nowhere."""

    @wraps(view)
    def gate(
        request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        as_nobody(request)
        worker = worker_of(token)
        if worker is None:
            return kept_quiet(closed(request))
        request.token = token  # type: ignore[attr-defined]  # read by the pages' links
        network = worker.network
        with scope(network=network, register=network.register):
            return kept_quiet(view(request, worker, *args, **kwargs))

    return gate


def closed(request: HttpRequest) -> HttpResponse:
    """Say that a link opens nothing."""
    sentence = _("This link leads nowhere. It may have been replaced by a newer one.")
    context = {"sentence": sentence}
    return render(request, "mywork/closed.html", context, status=HTTPStatus.GONE)
