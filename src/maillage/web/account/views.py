"""My account: who I am, my roles, how I sign in."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.accounts.actions import change_person
from maillage.foundation.accounts.links import person_of
from maillage.foundation.networks.queries import closed_networks_of
from maillage.foundation.notify.digests import set_frequency
from maillage.foundation.notify.enums import DigestFrequency
from maillage.foundation.notify.models import DigestPreference
from maillage.web.account.forms import AboutMe, Summaries
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
            samesite="Lax",
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
        set_frequency(
            person=request.acting.person,
            frequency=DigestFrequency(form.cleaned_data["frequency"]),
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
    closed = closed_networks_of(request.acting.person)
    context = {"roles": held, "used": request.acting.role, "closed": closed}
    return render(request, "web_account/roles.html", context)


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
