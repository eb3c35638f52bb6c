"""Hiring for a job that firms agreed on: worker, contract and agreements in one page."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from maillage.run.employment.checks import hours_in_words
from maillage.run.employment.hiring import Offer, jobs_to_hire_for, lending_for, offer_of
from maillage.run.employment.hiring import hire as hire_for
from maillage.run.employment.models import Worker
from maillage.run.employment.refusals import StaffError
from maillage.run.employment.staff import WorkerWords
from maillage.web.staff.forms import ContractForm, WorkerForm
from maillage.web.staff.lending_forms import USUAL_NOTICE
from maillage.web.staff.lists import workers_of
from maillage.web.staff.reading import FORM, tell
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said


class WhoForm(WorkerForm):
    """Who is hired: somebody known already, or somebody new."""

    known = forms.ChoiceField(label=gettext_lazy("Somebody you know already"), required=False)
    field_order = ("known", "name")

    def __init__(self, *args: Any, workers: list[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(one.public_id): one for one in workers}
        field = self.fields["known"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        named = [(key, one.name) for key, one in self.workers.items()]
        field.choices = [("", _("Somebody new")), *named]
        self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for a name unless somebody known was chosen."""
        typed = super().clean() or {}
        if not typed.get("known") and not typed.get("name"):
            self.add_error("name", _("Choose somebody you know, or give a name."))
        return typed

    def who(self) -> Worker | WorkerWords:
        """Return who is hired."""
        return self.workers.get(self.cleaned_data["known"]) or self.words()


class TermsForm(forms.Form):
    """What the lending agreements of a job have in common."""

    cost_terms = forms.CharField(label=gettext_lazy("Price and how it changes"), max_length=500)
    notice_days = forms.IntegerField(
        label=gettext_lazy("Days of notice"), min_value=0, max_value=365, initial=USUAL_NOTICE
    )


@require_safe
@in_network("manage_staff")
def jobs(request: NetworkRequest) -> HttpResponse:
    """List the jobs that every firm agreed on and nobody is hired for."""
    found = []
    for job in jobs_to_hire_for(request.network):
        names = [share.organisation.name for share in job.shares.all()]
        found.append({"job": job, "firms": ", ".join(names)})
    return render(request, "staff/jobs.html", {"network": request.network, "jobs": found})


@require_http_methods(FORM)
@in_network("manage_staff")
def hire(request: NetworkRequest, job_id: UUID) -> HttpResponse:
    """Hire somebody: the form comes filled in with what the firms agreed to."""
    jobs_here = jobs_to_hire_for(request.network).prefetch_related(None)
    job = jobs_here.filter(public_id=job_id).first()
    if job is None:
        raise Http404
    offer = offer_of(job)
    typed = request.POST or None
    who, contract, terms = _forms(request, offer, typed)
    join = None
    # Each is looked at, so that everything to correct is said at once.
    whole = [one.is_valid() for one in (who, contract, terms)]
    if request.method == "POST" and all(whole):
        try:
            made = _keep(request, offer, who, contract, terms)
        except StaffError as error:
            field = "worker" if error.field in who.fields else "contract"
            join = tell(who if field == "worker" else contract, error)
        else:
            said(request, _("All is drawn up: have the contract and each agreement signed."))
            return redirect("staff:worker", request.network.slug, made)
    parts = [
        (part.organisation.name, part.post, hours_in_words(part.week_minutes))
        for part in offer.parts
    ]
    context = {
        "network": request.network,
        "job": job,
        "parts": parts,
        "who": who,
        "contract": contract,
        "terms": terms,
        "join": join,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "staff/hire.html", context, status=status)


def _forms(
    request: NetworkRequest, offer: Offer, typed: Any
) -> tuple[WhoForm, ContractForm, TermsForm]:
    free = workers_of(request.network, localdate()).filter(present_contract=None)
    # Those of the job; another firm is added by changing the contract.
    firms = [part.organisation for part in offer.parts]
    initial = {
        "title": offer.title,
        "occupation": offer.occupation,
        "week_minutes": offer.week_minutes,
        "annual_minutes": offer.annual_minutes,
        "places": offer.places,
        "users": [str(part.organisation.public_id) for part in offer.parts],
    }
    return (
        WhoForm(typed, workers=list(free.prefetch_related(None)), prefix="who"),
        ContractForm(typed, firms=firms, initial=initial),
        TermsForm(typed, prefix="terms"),
    )


def _keep(
    request: NetworkRequest, offer: Offer, who: WhoForm, contract: ContractForm, terms: TermsForm
) -> UUID:
    words = contract.words()
    made = hire_for(
        acting=request.acting,
        job=offer.job,
        worker=who.who(),
        words=words,
        lendings=[
            lending_for(
                part,
                starts_on=words.starts_on,
                ends_on=words.ends_on,
                rhythm=words.rhythm,
                cost_terms=terms.cleaned_data["cost_terms"],
                notice=terms.cleaned_data["notice_days"],
            )
            for part in offer.parts
        ],
    )
    return made.worker.public_id
