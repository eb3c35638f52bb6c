"""Addresses of the area; the description of all of them is at `/api/v1/openapi.json`."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.security import django_auth

from maillage.web.api.gates import ByToken
from maillage.web.api.planning import router

api = NinjaAPI(
    title="Maillage",
    version="1",
    urls_namespace="api",
    auth=[ByToken(), django_auth],
    docs_url=None,  # its page would ask other sites for its scripts
)
api.add_router("", router)


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    """Answer somebody who may know of a thing without having the right."""
    detail = _("Your role does not let you do this.")
    return api.create_response(request, {"detail": detail}, status=403)


urlpatterns = [path("api/v1/", api.urls)]
