"""Who signed and who must sign again; links sent, papers kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from maillage.bricks.agreements.enums import SignatureMethod
from maillage.bricks.agreements.models import Signature, SignedScan
from maillage.bricks.agreements.queries import firm_of
from maillage.bricks.agreements.refusals import AgreementError
from maillage.bricks.agreements.signing import Signatory
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.vocabularies.folding import plain
from maillage.launch.charter.actions import record_paper
from maillage.launch.charter.queries import Book, book_of, charter_signatures, charter_versions
from maillage.launch.charter.sending import Planned, counted, plan_of, start_round
from maillage.web.charter.forms import PaperForm
from maillage.web.charter.reading import access_version, note_read
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import access_organisation, in_network
from maillage.web.ui.lists import Column, Empty, Listing, ListRows
from maillage.web.ui.parts import Figure
from maillage.web.ui.toasts import refused, said

FORM = ["GET", "HEAD", "POST"]
DUE, DONE = "due", "done"


@dataclass(frozen=True, slots=True)
class Row:
    """A firm, what it signed last, and whether it has to sign."""

    firm: Organisation
    signature: Signature | None
    due: bool

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if not self.due:
            return _("Signed") if self.signature is not None else _("Nothing to sign")
        return _("To sign again") if self.signature is not None else _("To sign")

    def is_in(self, state: str) -> bool:
        """Whether the row is among those that a filter keeps."""
        return self.due if state == DUE else not self.due and self.signature is not None


class Filters(forms.Form):
    """Which firms are listed."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            (DUE, gettext_lazy("To sign")),
            (DONE, gettext_lazy("Signed")),
        ],
    )


def _rows(request: NetworkRequest, book: Book) -> list[Row]:
    """Return the members, and whoever signed once, that the role in use may know of."""
    known = directory_of(request.acting).ids()
    last: dict[int, Signature] = {}
    for one in charter_signatures(request.network).filter(organisation__in=known):
        last.setdefault(firm_of(one).pk, one)
    periods = members_on(request.network, localdate(), known)
    members = [
        period.membership.organisation
        for period in periods.select_related("membership__organisation")
    ]
    due = {firm.pk for firm in members if firm.closed_on is None and not book.stands_for(firm.pk)}
    firms = {firm.pk: firm for firm in (*members, *(firm_of(one) for one in last.values()))}
    return [
        Row(firm, last.get(pk), pk in due and book.current is not None)
        for pk, firm in firms.items()
    ]


def _wanted(rows: Sequence[Row], wanted: dict[str, Any]) -> list[Row]:
    name = plain((wanted.get("q") or "").strip())
    state = wanted.get("state")
    return [
        row
        for row in rows
        if (not name or name in row.firm.folded_name) and (not state or row.is_in(state))
    ]


def _listing(slug: str) -> Listing:
    return Listing(
        name="signatures",
        columns=(
            Column(
                "name",
                gettext_lazy("Firm"),
                lambda row: row.firm.name,
                sort=True,
                main=True,
                link=lambda row: reverse("charter:firm", args=[slug, row.firm.public_id]),
            ),
            Column("state", gettext_lazy("State"), lambda row: row.state, sort=True),
            Column(
                "version",
                gettext_lazy("Version signed"),
                lambda row: row.signature and row.signature.version.number,
                numeric=True,
                text=lambda rank: number(rank) if rank else _("none"),
            ),
            Column(
                "signed_on",
                gettext_lazy("Signed on"),
                lambda row: row.signature and localdate(row.signature.signed_at),
                sort=True,
                text=lambda day: nice_date(day) if day else "",
            ),
            Column(
                "method",
                gettext_lazy("How"),
                lambda row: SignatureMethod(row.signature.method).label if row.signature else "",
            ),
        ),
        default_sort="state",
        filters=Filters,
        search=gettext_lazy("Search a firm"),
        caption=lambda n: ngettext("%(count)s firm", "%(count)s firms", n) % {"count": number(n)},
        empty=Empty(
            gettext_lazy("No firm to list"),
            gettext_lazy("Members appear here, with what they signed."),
        ),
    )


SORTS = {
    "name": lambda row: row.firm.folded_name,
    "state": lambda row: (not row.due, row.signature is None, row.firm.folded_name),
    "signed_on": lambda row: (
        row.signature.signed_at.timestamp() if row.signature else 0,
        row.firm.folded_name,
    ),
}


@require_safe
@in_network("manage_charter")
def signatures(request: NetworkRequest) -> HttpResponseBase:
    """List the firms, what they signed, who must sign or sign again."""
    book = book_of(request.network)
    rows = _rows(request, book)
    page = _listing(request.network.slug).read(
        request, lambda wanted: ListRows(_wanted(rows, wanted), sorts=SORTS)
    )
    due = sum(row.due for row in rows)
    context = {
        "network": request.network,
        "published": book.current is not None,
        "due": due,
        "figures": [
            Figure(number(len(rows) - due), _("need sign nothing")),
            Figure(number(due), _("must sign, or sign again")),
        ],
    }
    return page.respond("charter/signatures.html", context)


@require_safe
@in_network("manage_charter")
def firm(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Show everything that a firm signed."""
    found = access_organisation(request, public_id)
    organisation = Organisation.objects.get(pk=found.pk)
    note_read(request, organisation, "charter:firm")
    signed = list(charter_signatures(request.network).filter(organisation=organisation))
    scanned = set(
        SignedScan.objects.filter(signature__in=signed).values_list("signature", flat=True)
    )
    book = book_of(request.network)
    context = {
        "network": request.network,
        "firm": found,
        "signed": [
            {
                "signature": one,
                "how": SignatureMethod(one.method).label,
                "scanned": one.pk in scanned,
            }
            for one in signed
        ],
        "due": book.current is not None
        and organisation.closed_on is None
        and not book.stands_for(organisation.pk),
        "published": book.current is not None,
    }
    return render(request, "charter/firm.html", context)


@require_http_methods(FORM)
@in_network("manage_charter")
def paper(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Keep the paper that a firm signed."""
    found = access_organisation(request, public_id)
    versions = list(charter_versions(request.network).order_by("-number"))
    form = PaperForm(request.POST or None, request.FILES or None, versions=versions)
    back = reverse("charter:firm", args=[request.network.slug, public_id])
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            record_paper(
                acting=request.acting,
                version=access_version(request.network, typed["version"]),
                organisation=get_object_or_404(Organisation, pk=found.pk),
                signatory=Signatory(name=typed["name"], role=typed["role"]),
                signed_on=typed["signed_on"],
                content=typed["file"],
            )
        except AgreementError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("The paper is kept, and the signature with it."))
            return redirect(back)
    context = {
        "title": _("Keep a signed paper"),
        "eyebrow": found.name,
        "lede": _("Print the document, have it signed, then scan or photograph every page."),
        "form": form,
        "submit": _("Keep this paper"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def _plan_listing(slug: str) -> Listing:
    return Listing(
        name="unsigned",
        columns=(
            Column(
                "name",
                gettext_lazy("Firm"),
                lambda row: row.organisation.name,
                sort=True,
                main=True,
                link=lambda row: reverse("charter:firm", args=[slug, row.organisation.public_id]),
            ),
            Column(
                "signed",
                gettext_lazy("Version signed"),
                lambda row: row.signed,
                numeric=True,
                text=lambda rank: number(rank) if rank else _("none"),
            ),
            Column("fate", gettext_lazy("What becomes of it"), _fate, sort=True),
        ),
        default_sort="fate",
        caption=lambda n: (
            ngettext("%(count)s firm has to sign", "%(count)s firms have to sign", n)
            % {"count": number(n)}
        ),
        empty=Empty(
            gettext_lazy("Nobody to write to"),
            gettext_lazy("Every member has signed, or no version is published yet."),
        ),
    )


def _fate(row: Planned) -> str:
    return row.why_not or _("Will get its link")


@require_http_methods(FORM)
@in_network("manage_charter")
def send(request: NetworkRequest) -> HttpResponseBase:
    """Show who would be sent a link to sign; a POST starts the round."""
    slug = request.network.slug
    if request.method == "POST":
        try:
            run = start_round(acting=request.acting)
        except AgreementError as error:
            refused(request, str(error))
            return redirect("charter:send", slug)
        return redirect("runs:page", run.public_id)
    plan = plan_of(request.network, directory_of(request.acting).ids())
    written, left = counted(plan)
    sorts = {
        "name": lambda row: row.organisation.folded_name,
        "fate": lambda row: (bool(row.why_not), row.organisation.folded_name),
    }
    page = _plan_listing(slug).read(request, lambda _wanted: ListRows(plan, sorts=sorts))
    context = {
        "network": request.network,
        "written": written,
        "figures": [
            Figure(number(written), _("will be written to")),
            Figure(number(left), _("will not, for the reason beside them")),
        ],
    }
    return page.respond("charter/send.html", context)
