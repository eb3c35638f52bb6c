"""What the link of a worker opens: their own pages, and nobody else's."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django_scopes import scope

from maillage.foundation.networks.models import NetworkModule
from maillage.run.employment.links import worker_of
from maillage.run.employment.models import Worker

type View[**P] = Callable[Concatenate[HttpRequest, Worker, P], HttpResponseBase]


def by_link[**P](view: View[P]) -> Callable[..., HttpResponseBase]:
    """Open the worker that the link names, for the time of the view; say so when it names nobody.

    A link that never was, one made void and one cut short are answered alike. While the group has
    not switched the voice of the workers on, its pages do not exist.
    """

    @wraps(view)
    def gate(
        request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        worker = worker_of(token)
        if worker is None:
            return render(request, "voice/closed.html", status=HTTPStatus.GONE)
        with scope(network=worker.network, register=worker.network.register):
            if not NetworkModule.objects.filter(network=worker.network, key="voice").exists():
                raise Http404
            return view(request, worker, *args, **kwargs)

    return never_cache(gate)
