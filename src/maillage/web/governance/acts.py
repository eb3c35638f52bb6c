"""How a page does something: a form that is filled in, or a button that acts at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from maillage.foundation.networks.refusals import NetworkError
from maillage.web.ui.acting import ActingRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.toasts import refused, said


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in a sentence; the address that takes it back; where to go next.

    Without a sentence nothing is said: the next page says it.
    """

    text: str
    undo: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """The words of a page that is one form, and where it leads back to."""

    title: str
    submit: str
    back: str
    lede: str = ""
    eyebrow: str = ""
    template: str = "ui/form_page.html"


def fill_in(
    request: ActingRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Done],
    page: FormPage,
) -> HttpResponse:
    """Show a form; once it is right, do what it asks. What is refused is said beside the field."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                done = act(form.cleaned_data)
        except NetworkError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            _tell(request, done)
            return redirect(done.to or page.back)
    context = {
        "title": page.title,
        "lede": page.lede,
        "eyebrow": page.eyebrow,
        "form": form,
        "submit": page.submit,
        "cancel": page.back,
    }
    return render(request, page.template, context, status=invalid_status(form))


def do_now(request: ActingRequest, act: Callable[[], Done], back: str) -> HttpResponse:
    """Do something at once and go back; what is refused is said there."""
    try:
        with transaction.atomic():
            done = act()
    except NetworkError as error:
        refused(request, str(error))
        return redirect(back)
    _tell(request, done)
    return redirect(done.to or back)


def _tell(request: ActingRequest, done: Done) -> None:
    if done.text:
        said(request, done.text, undo=done.undo)
