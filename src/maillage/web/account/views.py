"""My account: who I am, my roles, how I sign in; invitations."""

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.models import EmailAddress
from allauth.account.utils import complete_signup, setup_user_email
from django.conf import settings
from django.contrib.auth import login
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.accounts.actions import change_person
from maillage.foundation.accounts.links import person_of
from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.invitations import InvitationError, accept, found, role_label
from maillage.foundation.networks.models import Invitation
from maillage.foundation.notify.models import DigestPreference
from maillage.web.account.forms import AboutMe, NewAccount, Summaries
from maillage.web.ui.acting import ROLE_IN_USE, ActingRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import signed_in
from maillage.web.ui.toasts import said

PASSWORD = "django.contrib.auth.backends.ModelBackend"  # noqa: S105 -- the name of a backend


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def home(request: ActingRequest) -> HttpResponseBase:
    """Show and change who I am; lead to how I sign in, my roles and my devices."""
    person = request.acting.person
    about = {"name": person.name, "phone": person.phone, "language": person.language}
    form = AboutMe(request.POST or None, initial=about)
    if request.method == "POST" and form.is_valid():
        change_person(person=person, **form.cleaned_data)
        with override(person.language):
            said(request, _("Kept."))
        answer = redirect("account:home")
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            person.language,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return answer
    kept = DigestPreference.objects.filter(person=person).first()
    context = {
        "form": form,
        "roles": request.acting.roles,
        "summaries": Summaries(initial={"frequency": kept.frequency if kept else "weekly"}),
    }
    return render(request, "web_account/home.html", context, status=invalid_status(form))


@require_POST
@signed_in
def summaries(request: ActingRequest) -> HttpResponse:
    """Choose how often I am told by mail what is new."""
    form = Summaries(request.POST)
    if form.is_valid():
        DigestPreference.objects.update_or_create(
            person=request.acting.person, defaults=form.cleaned_data
        )
        said(request, _("Kept."))
    return redirect("account:home")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def roles(request: ActingRequest) -> HttpResponse:
    """Choose the role to act in."""
    held = request.acting.roles
    if request.method == "POST":
        wanted = request.POST.get("role", "")
        chosen = next(
            (role for role in held if f"{role.public_id} {role.network.slug}" == wanted),
            None,
        )
        if chosen is None:
            raise Http404
        request.session[ROLE_IN_USE] = str(chosen.public_id)
        return redirect(f"/n/{chosen.network.slug}/desk/")
    return render(request, "web_account/roles.html", {"roles": held, "used": request.acting.role})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Accept an invitation: signed in with its address, or by opening an account with it."""
    known = found(token)
    if known is None or known.revoked_at is not None:
        return _closed(request, _("This link does not work, or no longer does."))
    person = request.user if request.user.is_authenticated else None
    if known.accepted_at is not None:
        if person is not None and known.accepted_by_id == person.public_id:
            return redirect("desk:home")
        return _closed(request, _("This invitation has been used already. If it was you, sign in."))
    if known.has_expired:
        return _closed(
            request, _("This invitation has expired: ask whoever sent it for another one.")
        )
    if person is None:
        return _opening(request, known)
    if person.email != known.email:
        context = {"invitation": known, "person": person}
        return render(request, "web_account/other_address.html", context, status=403)
    return _accepting(request, known, person, token)


def _closed(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "web_account/closed.html", {"sentence": sentence}, status=410)


def _accepting(
    request: HttpRequest, known: Invitation, person: Person, token: str
) -> HttpResponseBase:
    if request.method == "POST":
        try:
            done = accept(person=person, token=token)
        except InvitationError as error:
            return _closed(request, str(error))
        said(request, _("Welcome to %(network)s.") % {"network": done.network})
        return redirect(f"/n/{done.network.slug}/desk/")
    context = {"invitation": known, "role": role_label(known)}
    return render(request, "web_account/accept.html", context)


def _opening(request: HttpRequest, known: Invitation) -> HttpResponseBase:
    """Open an account with the invited address, which then proves itself by a code."""
    there = Person.objects.filter(email=known.email).exists()
    form = NewAccount(request.POST or None, email=known.email, initial={"name": known.name})
    if request.method == "POST" and not there and form.is_valid():
        person = _opened(request, known.email, form.cleaned_data)
        if person is not None:
            return complete_signup(  # type: ignore[no-any-return]  # allauth has no types
                request, person, EmailVerificationMethod.MANDATORY, request.get_full_path()
            )
        there = True
    context = {"invitation": known, "role": role_label(known), "form": form, "there": there}
    return render(request, "web_account/opening.html", context, status=invalid_status(form))


def _opened(request: HttpRequest, email: str, given: dict[str, str]) -> Person | None:
    """Return the new account, None when somebody has just opened it."""
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                email, given["password"], name=given["name"], language=request.LANGUAGE_CODE
            )
            setup_user_email(request, person, [EmailAddress(email=email, primary=True)])
    except IntegrityError:
        return None
    return person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demonstration(request: HttpRequest, token: str) -> HttpResponse:
    """Enter the demonstration as somebody of its cast; 404 everywhere else."""
    person = person_of(token) if settings.DEMO_LINKS else None
    if person is None:
        raise Http404
    if request.method == "POST":
        login(request, person, backend=PASSWORD)
        return redirect("desk:home")
    return render(request, "web_account/demonstration.html", {"person": person})
