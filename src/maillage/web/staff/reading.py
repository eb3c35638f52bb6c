"""Finding what an address of the area names, and giving files."""

from typing import Final
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from maillage.bricks.agreements.models import AgreementDocument, AgreementVersion
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.documents import Paper, paper_named
from maillage.run.employment.models import EmploymentContract, LendingAgreement, Worker
from maillage.run.employment.models_of_contracts import TrialOpinion
from maillage.run.employment.refusals import ContractError, LendingError, StaffError
from maillage.web.ui.acting import NetworkRequest

PDF: Final = "application/pdf"
FORM: Final = ["GET", "HEAD", "POST"]


def access_worker(worker_id: UUID) -> Worker:
    """Return a worker of the open network, for who keeps them; 404 when there is none."""
    found = Worker.objects.filter(public_id=worker_id).select_related("network").first()
    if found is None:
        raise Http404
    return found


def access_contract(contract_id: UUID) -> EmploymentContract:
    """Return a contract of the open network, for who keeps workers; 404 when there is none."""
    rows = EmploymentContract.objects.filter(public_id=contract_id)
    found = rows.select_related("worker__network__register", "hired_by").first()
    if found is None:
        raise Http404
    return found


def access_lending(lending_id: UUID) -> LendingAgreement:
    """Return a lending agreement of the open network; 404 when there is none."""
    rows = LendingAgreement.objects.filter(public_id=lending_id)
    related = ("contract__worker__network__register", "organisation", "site")
    found = rows.select_related(*related).first()
    if found is None:
        raise Http404
    return found


def access_own_lending(request: NetworkRequest, lending_id: UUID) -> LendingAgreement:
    """Return an agreement of the firm of the role in use; 404 for another's, as for none."""
    found = access_lending(lending_id)
    if found.organisation_id != own_firm(request).pk:
        raise Http404
    return found


def access_opinion(opinion_id: UUID) -> TrialOpinion:
    """Return an opinion that was asked for in the open network; 404 when there is none."""
    rows = TrialOpinion.objects.filter(public_id=opinion_id)
    found = rows.select_related("organisation", "contract__worker").first()
    if found is None:
        raise Http404
    return found


def access_paper(kind: str, subject_id: UUID) -> Paper:
    """Return a document of the open network, for who keeps workers; 404 when there is none."""
    found = paper_named(kind, subject_id)
    if found is None:
        raise Http404
    return found


def own_firm(request: NetworkRequest) -> Organisation:
    """Return the firm of the role in use; 403 when the role speaks for none."""
    firm = request.acting.firm
    if firm is None:
        raise PermissionDenied(_("This page is for the people of a firm."))
    return firm


def document_answer(version: AgreementVersion) -> HttpResponse:
    """Return the document of a version, as it was drawn up and is signed."""
    document = AgreementDocument.objects.get(version=version)
    name = f"{slugify(version.agreement.title)}-{version.number}.pdf"
    return file_answer(bytes(document.content), PDF, name)


def file_answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Return a file to keep, which no browser takes for a page."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def tell(form: forms.Form, error: StaffError) -> Organisation | None:
    """Show in a form why something was refused, beside the field when there is one.

    Return the firm that should join the group first, if that is why.
    """
    problems = error.problems if isinstance(error, ContractError) else ()
    for problem in problems:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
    if not problems:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    return error.join if isinstance(error, LendingError) else None
