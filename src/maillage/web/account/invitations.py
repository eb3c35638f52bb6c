"""The page of an invitation: prove the address by a code, then accept.

A password is chosen only by somebody who has proven the address: the link alone, forwarded or
guessed, gives nothing. The page is the same whether the address has an account or not.
"""

from http import HTTPStatus
from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core import ratelimit
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import is_password_usable
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.foundation.accounts.addresses import has_proven, keep_address
from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.accepting import refuse_dead
from maillage.foundation.networks.invitations import InvitationError, accept, found, role_label
from maillage.foundation.networks.models import Invitation
from maillage.web.account.forms import NewAccount
from maillage.web.ui.errors import error_page
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.toasts import said


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Accept an invitation, once signed in with the address that received it."""
    known = found(token)
    if known is None:
        return _closed(request, _("This link does not work, or no longer does."))
    person = request.user if request.user.is_authenticated else None
    if person is not None and known.accepted_by_id == person.public_id:
        return redirect("desk:home")
    try:
        refuse_dead(known)
    except InvitationError as error:
        return _closed(request, str(error))
    if person is None:
        return _opening(request, known)
    if not has_proven(person, known.email):
        own = person.email == known.email
        context = {"invitation": known, "person": person, "own": own}
        status = HTTPStatus.FORBIDDEN
        return render(request, "web_account/other_address.html", context, status=status)
    return _accepting(request, known, person, token)


def _closed(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence}
    return render(request, "web_account/closed.html", context, status=HTTPStatus.GONE)


def _opening(request: HttpRequest, known: Invitation) -> HttpResponseBase:
    """Send a code to the invited address, whether it has an account or not."""
    if request.method != "POST":
        context = {"invitation": known, "role": role_label(known)}
        return render(request, "web_account/opening.html", context)
    if not ratelimit.consume(request, action="request_login_code", key=known.email):
        return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    person = _account_of(known, request.LANGUAGE_CODE)
    LoginCodeVerificationProcess.initiate(
        request=request, user=person if person.is_active else None, email=known.email
    )
    back = urlencode({"next": request.path})
    return redirect(f"{reverse('account_confirm_login_code')}?{back}")


@transaction.atomic
def _account_of(known: Invitation, language: str) -> Person:
    """Return the account of the invited address: a new one has no password."""
    without = Person(name=known.name, language=language)
    without.set_unusable_password()
    person, _new = Person.objects.get_or_create(
        email=known.email,
        defaults={"name": known.name, "language": language, "password": without.password},
    )
    keep_address(person)
    return person


def _accepting(
    request: HttpRequest, known: Invitation, person: Person, token: str
) -> HttpResponseBase:
    """Complete the account of somebody who has proven the address, and begin the role."""
    new = not is_password_usable(person.password)
    form = NewAccount(request.POST or None, person=person) if new else None
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form is not None else {}
        try:
            done = accept(person=person, token=token, **given)
        except InvitationError as error:
            return _closed(request, str(error))
        if given.get("password"):
            person.refresh_from_db()
            update_session_auth_hash(request, person)
        said(request, _("Welcome to %(network)s.") % {"network": done.network})
        return redirect(f"/n/{done.network.slug}/desk/")
    context = {"invitation": known, "role": role_label(known), "form": form}
    status = invalid_status(form) if form is not None else HTTPStatus.OK
    return render(request, "web_account/accept.html", context, status=status)
