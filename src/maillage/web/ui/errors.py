"""What people see when something went wrong: what happened, what was kept, what to do.

`ErrorPages` gives a page to the answers that Django sends bare (405, 413, 429).
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

BARE = frozenset(
    {
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)


def error_page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """Return the page of an error; `sentence` tells this case better than the usual words."""
    return render(request, f"{int(status)}.html", {"exception": sentence}, status=status)


def role_ended(request: HttpRequest) -> HttpResponse:
    """Return the page for a person whose role has ended while they were signed in."""
    return render(request, "ui/role_ended.html", status=HTTPStatus.FORBIDDEN)


class ErrorPages:
    """Middleware: an answer without words gets the page of its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer, or its page when it is bare."""
        response = self.get_response(request)
        if response.status_code not in BARE or not _is_bare(response):
            return response
        page = error_page(request, response.status_code)
        for name, value in response.items():
            if name not in {"Content-Type", "Content-Length"}:
                page[name] = value
        return page


def _is_bare(response: HttpResponseBase) -> bool:
    return not response.streaming and b"<html" not in getattr(response, "content", b"")[:500]
