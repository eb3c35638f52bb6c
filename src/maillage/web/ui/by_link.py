"""Pages that a link opens to whoever holds it, without an account."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers


def as_nobody(request: HttpRequest) -> None:
    """Forget who has signed in: the link alone says who reads."""
    request.user = AnonymousUser()


def kept_quiet(response: HttpResponseBase) -> HttpResponseBase:
    """Keep a page out of search engines and caches, and its address from other sites.

    "same-origin" and not "no-referrer": under the latter a browser hides where a form comes from,
    and the form would be refused as forged.
    """
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    add_never_cache_headers(response)
    return response
