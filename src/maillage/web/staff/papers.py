"""A document of a worker: read, sent, signed for the group, kept on paper."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.bricks.agreements.clauses import clauses_of
from maillage.bricks.agreements.enums import SignatureMethod
from maillage.bricks.agreements.models import AgreementVersion, Signature, SignedScan
from maillage.bricks.agreements.refusals import AgreementError
from maillage.bricks.agreements.scans import HEAVIEST, SUFFIXES, media_type_of
from maillage.bricks.agreements.signing import Signatory
from maillage.run.employment.documents import (
    Paper,
    Standing,
    refuse_paper,
    signed_so_far,
    standing_of,
    text_of,
)
from maillage.run.employment.enums import PaperKind
from maillage.run.employment.refusals import StaffError
from maillage.run.employment.signing import keep_paper, link_path, send_to_sign, sign_for_group
from maillage.web.staff.contracts import record_url
from maillage.web.staff.reading import FORM, access_paper, document_answer, file_answer, tell
from maillage.web.staff.sign_form import Signing, signing_page
from maillage.web.staff.words import STATES
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import DayInput, invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


def paper_url(request: NetworkRequest, paper: Paper) -> str:
    """Return the address of a document."""
    return reverse("staff:paper", args=[request.network.slug, paper.kind, paper.subject.public_id])


@require_safe
@in_network("manage_staff")
def paper(request: NetworkRequest, paper_kind: str, subject_id: UUID) -> HttpResponse:
    """Show a document, how far it is, and what may be done with it."""
    found = access_paper(paper_kind, subject_id)
    standing = standing_of(found)
    why_not = _why_not(found)
    label, badge = STATES[standing.state]
    if standing.version is not None:
        language, clauses = standing.version.language, clauses_of(standing.version.clauses)
    elif why_not:
        language, clauses = settings.LANGUAGE_CODE, ()
    else:
        text = text_of(found)
        language, clauses = text.language, text.clauses
    missing = {party.key for party in standing.missing}
    context = {
        "network": request.network,
        "paper": found,
        "back": record_url(request, found.contract),
        "state": label,
        "badge": badge,
        "done": standing.state == "signed",
        "why_not": why_not,
        "version": standing.version,
        "language": language[:2],
        "clauses": clauses,
        "signatures": _signatures(found, standing),
        "can_send": not why_not and found.parties[1].key in missing,
        "can_sign": not why_not and "group" in missing and standing.state in {"waiting", "partly"},
    }
    return render(request, "staff/paper.html", context)


def _why_not(found: Paper) -> str:
    try:
        refuse_paper(found)
    except StaffError as error:
        return str(error)
    return ""


def _signatures(found: Paper, standing: Standing) -> list[dict[str, Any]]:
    ids = [one.pk for one in standing.signatures]
    scans = set(SignedScan.objects.filter(signature__in=ids).values_list("signature", flat=True))
    return [
        {
            "party": party.name,
            "signature": next((one for one in standing.signatures if party.signed(one)), None),
            "how": _how(party, standing),
            "scanned": any(party.signed(one) and one.pk in scans for one in standing.signatures),
        }
        for party in found.parties
    ]


def _how(party: Any, standing: Standing) -> str:
    mine = next((one for one in standing.signatures if party.signed(one)), None)
    return str(SignatureMethod(mine.method).label) if mine is not None else ""


@require_POST
@in_network("manage_staff")
def send(request: NetworkRequest, paper_kind: str, subject_id: UUID) -> HttpResponse:
    """Draw the document up and send its link; the link is shown once, to hand it over too."""
    found = access_paper(paper_kind, subject_id)
    try:
        token, why_not = send_to_sign(acting=request.acting, paper=found)
    except StaffError as error:
        refused(request, str(error))
        return redirect(paper_url(request, found))
    context = {
        "network": request.network,
        "paper": found,
        "party": found.parties[1],
        "why_not": why_not,
        "link": f"{settings.ADDRESS}{link_path(token)}",
        "back": paper_url(request, found),
    }
    return render(request, "staff/sent.html", context)


@require_http_methods(FORM)
@in_network("manage_staff")
def sign(request: NetworkRequest, paper_kind: str, subject_id: UUID) -> HttpResponse:
    """Sign for the group."""
    found = access_paper(paper_kind, subject_id)
    version = signed_so_far(found).version
    if version is None:
        refused(request, _("This document was not drawn up yet: send it first."))
        return redirect(paper_url(request, found))

    def keep(shown: AgreementVersion, signatory: Signatory, consent: str) -> Signature:
        return sign_for_group(
            acting=request.acting,
            paper=found,
            version=shown,
            signatory=signatory,
            consent=consent,
        )

    signing = Signing(
        paper=found,
        party=found.parties[0],
        version=version,
        name=str(request.acting.person),
        document_url=reverse(
            "staff:paper-document",
            args=[request.network.slug, found.kind, found.subject.public_id],
        ),
        keep=keep,
    )
    context = {"network": request.network, "back": paper_url(request, found)}
    page = signing_page(request, signing, "staff/sign.html", context)
    if page is not None:
        return page
    said(request, _("Signed for the group."))
    return redirect(paper_url(request, found))


class ScanForm(forms.Form):
    """An original that was signed on paper."""

    file = forms.FileField(
        label=gettext_lazy("The signed original"),
        help_text=gettext_lazy("A PDF, or a photograph (JPEG, PNG): 8 MB at most."),
        error_messages={
            "required": gettext_lazy("Choose the file of the signed paper."),
            "empty": gettext_lazy("This file is empty: there is nothing to read."),
        },
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Who signed it"), widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(
        label=gettext_lazy("First name and name of the other side"), max_length=120
    )
    role = forms.CharField(
        label=gettext_lazy("Who they are in the firm"), max_length=80, required=False
    )
    signed_on = forms.DateField(label=gettext_lazy("Signed on"), widget=DayInput, initial=localdate)

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parties"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- for the types
        field.choices = [(party.key, party.name) for party in paper.parties]
        field.initial = [party.key for party in paper.parties]
        self.fields["name"].initial = paper.parties[1].name if paper.firm is None else ""
        if paper.firm is None:
            del self.fields["role"]
        else:
            self.fields["role"].required = True

    def clean_file(self) -> bytes:
        """Return what the file holds; refuse one too heavy before anything of it is read."""
        file = self.cleaned_data["file"]
        content = b"" if (file.size or 0) > HEAVIEST else file.read()
        try:
            media_type_of(content or b"\0" * (HEAVIEST + 1))
        except AgreementError as error:
            raise forms.ValidationError(str(error)) from error
        return bytes(content)


@require_http_methods(FORM)
@in_network("manage_staff")
def scan(request: NetworkRequest, paper_kind: str, subject_id: UUID) -> HttpResponse:
    """Keep the scan of an original signed on paper, for each side that signed it."""
    found = access_paper(paper_kind, subject_id)
    back = paper_url(request, found)
    form = ScanForm(request.POST or None, request.FILES or None, paper=found)
    if request.method == "POST" and form.is_valid() and _keep_scan(request, found, form):
        said(request, _("The original is kept, and the signatures with it."))
        return redirect(back)
    context = {
        "title": _("Keep a signed original"),
        "eyebrow": found.title,
        "lede": _("Print the document, have it signed by both, then scan every page."),
        "form": form,
        "submit": _("Keep this original"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def _keep_scan(request: NetworkRequest, found: Paper, form: ScanForm) -> bool:
    typed = form.cleaned_data
    other = Signatory(name=typed["name"], role=typed.get("role", ""))
    mine = Signatory(name=str(request.acting.person))
    try:
        keep_paper(
            acting=request.acting,
            paper=found,
            signed=[
                (party, mine if party.key == "group" else other)
                for party in found.parties
                if party.key in typed["parties"]
            ],
            signed_on=typed["signed_on"],
            content=typed["file"],
        )
    except StaffError as error:
        tell(form, error)
    except AgreementError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    return form.is_valid()


@require_safe
@in_network("manage_staff")
def document(request: NetworkRequest, paper_kind: str, subject_id: UUID) -> HttpResponse:
    """Give the document as it was drawn up last."""
    version = signed_so_far(access_paper(paper_kind, subject_id)).version
    if version is None:
        raise Http404
    return document_answer(version)


@require_safe
@in_network("manage_staff")
def scanned(request: NetworkRequest, signature_id: UUID) -> HttpResponse:
    """Give the scan of a signed original."""
    rows = SignedScan.objects.filter(
        signature__public_id=signature_id, signature__version__agreement__kind__in=PaperKind.values
    )
    kept = rows.select_related("signature__version").first()
    if kept is None:
        raise Http404
    name = f"original-{kept.signature.version.number}.{SUFFIXES[kept.media_type]}"
    return file_answer(bytes(kept.content), kept.media_type, name)
