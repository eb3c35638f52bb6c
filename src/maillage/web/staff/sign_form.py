"""Reading a document and signing it: the same for whoever signed in and for whoever has a link."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from maillage.bricks.agreements.clauses import clauses_of
from maillage.bricks.agreements.models import AgreementVersion
from maillage.bricks.agreements.refusals import AgreementError, NewerVersionError
from maillage.bricks.agreements.signing import Signatory
from maillage.run.employment.documents import Paper, Party
from maillage.run.employment.refusals import StaffError
from maillage.run.employment.signing import consent_to


class SignForm(forms.Form):
    """Who signs, and their word that they agree."""

    name = forms.CharField(
        label=_("First name and name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = forms.CharField(
        label=_("Who you are in the firm"), max_length=80, help_text=_("Head, manager, partner…")
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Tick the sentence: without it, nothing is signed.")}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    said_in = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sentence: str, with_role: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = sentence
        if not with_role:
            del self.fields["role"]


@dataclass(frozen=True, slots=True)
class Signing:
    """A document to be signed by one party, and what keeps the signature."""

    paper: Paper
    party: Party
    version: AgreementVersion
    name: str
    document_url: str
    keep: Callable[[AgreementVersion, Signatory, str], object]

    def sentence(self, language: str) -> str:
        """Return what is agreed to, in the language of the page."""
        with override(language):
            return consent_to(self.paper, self.party)


def signing_page(
    request: HttpRequest, signing: Signing, template: str, context: dict[str, Any]
) -> HttpResponse | None:
    """Show the document and its form; return None once it is signed.

    When another version was drawn up meanwhile, nothing is signed and the new one is shown.
    """
    said_in = _language(request.POST.get("said_in", ""))
    newer = ""
    form = _form(signing, said_in, request.POST or None)
    if request.method == "POST":
        if request.POST.get("version") != str(signing.version.number):
            newer = str(NewerVersionError())
            form = _form(signing, said_in, None)
        elif form.is_valid() and _kept(signing, form, said_in):
            return None
    shown = {
        **context,
        "form": form,
        "title": signing.paper.title,
        "party": signing.party,
        "version": signing.version,
        "language": signing.version.language[:2],
        "clauses": clauses_of(signing.version.clauses),
        "document_url": signing.document_url,
        "newer": newer,
    }
    refused = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, template, shown, status=status)


def _kept(signing: Signing, form: SignForm, said_in: str) -> bool:
    """Sign with what was typed; False when it is refused, and the form says why."""
    typed = form.cleaned_data
    signatory = Signatory(name=typed["name"], role=typed.get("role", ""))
    try:
        signing.keep(signing.version, signatory, signing.sentence(said_in))
    except (AgreementError, StaffError) as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


def _form(signing: Signing, said_in: str, typed: Any) -> SignForm:
    fixed = {"version": signing.version.number, "said_in": said_in, "name": signing.name}
    return SignForm(
        typed,
        initial=fixed,
        sentence=signing.sentence(said_in),
        with_role=signing.party.key != "worker",
    )


def _language(wanted: str) -> str:
    known = dict(settings.LANGUAGES)
    return wanted if wanted in known else (get_language() or settings.LANGUAGE_CODE)
