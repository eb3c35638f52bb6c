"""Reading and signing, the same for whoever signed in and for whoever holds a link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override

from maillage.bricks.agreements.models import AgreementVersion
from maillage.bricks.agreements.refusals import AgreementError, NewerVersionError
from maillage.bricks.agreements.signing import Signatory
from maillage.launch.charter.actions import consent_sentence
from maillage.launch.charter.queries import charter_of
from maillage.web.charter.forms import SignForm
from maillage.web.charter.reading import text_of


@dataclass(frozen=True, slots=True)
class Signing:
    """What is shown to whoever signs, and what keeps it; `document_url` takes a number."""

    version: AgreementVersion
    firm: str
    name: str
    document_url: Callable[[int], str]
    keep: Callable[[AgreementVersion, Signatory, str], None]

    def sentence(self, language: str) -> str:
        """Return what is agreed to, in the language of the page."""
        with override(language):
            return consent_sentence(
                title=self.version.agreement.title, number=self.version.number, firm=self.firm
            )


def signing_page(
    request: HttpRequest, signing: Signing, template: str, context: dict[str, Any]
) -> HttpResponse | None:
    """Show the text and its form; return None once it is signed.

    When another version was published meanwhile, nothing is signed and the new one is shown, with
    what was typed.
    """
    if request.method != "POST":
        return _page(request, signing, _form(signing, _language(""), {}), template, context)
    said_in = _language(request.POST.get("said_in", ""))
    if request.POST.get("version") != str(signing.version.number):
        return _offered(request, signing, template, context)
    form = SignForm(request.POST, sentence=signing.sentence(said_in))
    if form.is_valid():
        signatory = Signatory(name=form.cleaned_data["name"], role=form.cleaned_data["role"])
        try:
            signing.keep(signing.version, signatory, signing.sentence(said_in))
        except NewerVersionError:
            return _offered(request, signing, template, context)
        except AgreementError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return None
    return _page(request, signing, form, template, context)


def _offered(
    request: HttpRequest, signing: Signing, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Show the version in force to whoever read another; what they typed is kept."""
    current = charter_of(signing.version.agreement.network) or signing.version
    signing = replace(signing, version=current)
    typed = {name: request.POST.get(name, "") for name in ("name", "role")}
    form = _form(signing, _language(request.POST.get("said_in", "")), typed)
    return _page(request, signing, form, template, context, str(NewerVersionError()))


def _form(signing: Signing, said_in: str, typed: Mapping[str, str]) -> SignForm:
    fixed = {"version": signing.version.number, "said_in": said_in, "name": signing.name}
    return SignForm(initial={**fixed, **typed}, sentence=signing.sentence(said_in))


def _page(
    request: HttpRequest,
    signing: Signing,
    form: SignForm,
    template: str,
    context: dict[str, Any],
    newer: str = "",
) -> HttpResponse:
    shown = {
        **context,
        "form": form,
        "text": text_of(signing.version),
        "firm": signing.firm,
        "document_url": signing.document_url(signing.version.number),
        "newer": newer,
    }
    refused = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, template, shown, status=status)


def _language(wanted: str) -> str:
    """Return the language in which the sentence is said: the one of the page that was read."""
    known = dict(settings.LANGUAGES)
    return wanted if wanted in known else (get_language() or settings.LANGUAGE_CODE)
