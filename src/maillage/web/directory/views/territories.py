"""Territories: which communes, which firms there, who serves them, what nobody serves."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from maillage.foundation.organisations.actions import (
    change_territory,
    create_territory,
    remove_territory,
)
from maillage.foundation.organisations.actions.territories import read_communes
from maillage.foundation.organisations.errors import TerritoryError
from maillage.foundation.organisations.models import Territory
from maillage.foundation.organisations.queries import communes_uncovered, serving, with_sizes
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.foundation.vocabularies.gazetteer import find_commune
from maillage.web.directory.forms import TerritoryForm
from maillage.web.directory.places import by_commune
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, ListRows, QuerySetRows
from maillage.web.ui.toasts import refused, said


def _caption(count: int) -> str:
    return ngettext("%(count)s territory", "%(count)s territories", count) % {
        "count": number(count)
    }


def _communes_caption(count: int) -> str:
    return ngettext("%(count)s commune", "%(count)s communes", count) % {"count": number(count)}


def _listing(request: NetworkRequest) -> Listing:
    slug = request.network.slug
    animates = request.acting.can("manage_territories")
    return Listing(
        name="territories",
        columns=(
            Column(
                "name",
                gettext_lazy("Territory"),
                lambda row: row.name,
                sort=True,
                main=True,
                link=lambda row: reverse("directory:territory", args=[slug, row.public_id]),
            ),
            Column("kind", gettext_lazy("What it is"), lambda row: row.get_kind_display()),
            Column(
                "size",
                gettext_lazy("Communes"),
                lambda row: row.size,
                sort=True,
                numeric=True,
                text=number,
            ),
        ),
        default_sort="name",
        search=gettext_lazy("Search a territory"),
        caption=_caption,
        empty=Empty(
            gettext_lazy("No territory yet"),
            gettext_lazy("A basin, a group of communes, a park: name it and list its communes."),
            url=reverse("directory:create-territory", args=[slug]) if animates else "",
            label=gettext_lazy("Create a territory") if animates else "",
        ),
    )


@require_safe
@in_network("see_directory")
def territories(request: NetworkRequest) -> HttpResponseBase:
    """List the territories."""

    def rows(wanted: dict[str, Any]) -> QuerySetRows[Territory]:
        found = with_sizes().filter(name__icontains=wanted["q"])
        return QuerySetRows(found, sorts={"name": "name", "size": ("size", "name")})

    page = _listing(request).read(request, rows)
    context = {
        "network": request.network,
        "animates": request.acting.can("manage_territories"),
    }
    return page.respond("directory/territories.html", context)


def access_territory(request: NetworkRequest, territory_id: UUID) -> Territory:
    """Return a territory of the register of the network; 404 for any other."""
    found = Territory.objects.filter(public_id=territory_id).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class CommuneLine:
    """A commune of a territory: how many firms the viewer knows there, and whether it is served."""

    insee: str
    name: str
    firms: int
    served: bool


COMMUNES = Listing(
    name="communes",
    columns=(
        Column("name", gettext_lazy("Commune"), lambda row: row.name, sort=True, main=True),
        Column("insee", gettext_lazy("INSEE code"), lambda row: row.insee, shown=False),
        Column(
            "firms",
            gettext_lazy("Organisations there"),
            lambda row: row.firms,
            sort=True,
            numeric=True,
            text=number,
        ),
        Column(
            "served",
            gettext_lazy("Served"),
            lambda row: _("Yes") if row.served else _("Nobody serves it"),
            sort=True,
        ),
    ),
    default_sort="name",
    caption=_communes_caption,
    empty=Empty(gettext_lazy("No commune")),
)


@require_safe
@in_network("see_directory")
def territory(request: NetworkRequest, territory_id: UUID) -> HttpResponseBase:
    """Show a territory: its communes, who serves it, and the communes that nobody serves."""
    found = access_territory(request, territory_id)
    directory = directory_of(request.acting)
    servers = _servers(request, found)
    codes = list(found.communes.order_by("insee").values_list("insee", flat=True))
    uncovered = set(communes_uncovered(found, [seen.pk for seen in servers]))
    there = {one.insee: one.total for one in by_commune(directory)}
    firms = {code: there.get(code, 0) for code in codes}
    lines = [_line(code, firms[code], served=code not in uncovered) for code in codes]
    rows = ListRows(
        lines,
        sorts={
            "name": lambda row: row.name,
            "firms": lambda row: row.firms,
            "served": lambda row: row.served,
        },
    )
    page = COMMUNES.read(request, lambda _wanted: rows)
    context = {
        "network": request.network,
        "territory": found,
        "servers": servers,
        "total": len(codes),
        "served": len(codes) - len(uncovered),
        "firms": sum(firms.values()),
        "animates": request.acting.can("manage_territories"),
    }
    return page.respond("directory/territory.html", context)


def _servers(request: NetworkRequest, found: Territory) -> list[SeenOrganisation]:
    """Return who serves the territory, among those whose coverage the viewer sees."""
    keys = list(serving(found))
    known = directory_of(request.acting).several(keys) if keys else {}
    shown = (seen for seen in known.values() if seen.sees("presentation"))
    return sorted(shown, key=lambda seen: seen.name)


def _line(code: str, firms: int, *, served: bool) -> CommuneLine:
    commune = find_commune(insee=code)
    return CommuneLine(code, commune.name if commune else code, firms, served)


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("manage_territories")
def create(request: NetworkRequest) -> HttpResponseBase:
    """Create a territory."""
    form = TerritoryForm(request.POST or None, initial={"kind": "basin"})
    if request.method == "POST" and form.is_valid():
        codes = _codes(form)
        if not form.errors:
            try:
                made = create_territory(
                    register=request.network.register,
                    kind=form.cleaned_data["kind"],
                    name=form.cleaned_data["name"],
                    codes=codes,
                    actor_id=request.acting.person.public_id,
                    network_id=request.network.public_id,
                )
            except TerritoryError as error:
                form.add_error(None, str(error))
            else:
                said(request, _("%(name)s is created.") % {"name": made.name})
                return redirect("directory:territory", request.network.slug, made.public_id)
    back = reverse("directory:territories", args=[request.network.slug])
    return _form_page(request, form, _("Create a territory"), back)


def _codes(form: TerritoryForm) -> tuple[str, ...]:
    """Return the codes of the communes named; each line that is not one is said in the form."""
    read = read_communes(form.cleaned_data["communes"], form.cleaned_data["department"])
    for sentence in read.problems:
        form.add_error("communes", sentence)
    return read.codes


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("manage_territories")
def edit(request: NetworkRequest, territory_id: UUID) -> HttpResponseBase:
    """Change a territory."""
    found = access_territory(request, territory_id)
    initial = {"name": found.name, "kind": found.kind, "communes": _as_text(found)}
    form = TerritoryForm(request.POST or None, initial=initial)
    back = reverse("directory:territory", args=[request.network.slug, territory_id])
    if request.method == "POST" and form.is_valid():
        codes = _codes(form)
        if not form.errors:
            try:
                change_territory(
                    territory=found,
                    kind=form.cleaned_data["kind"],
                    name=form.cleaned_data["name"],
                    codes=codes,
                    actor_id=request.acting.person.public_id,
                    network_id=request.network.public_id,
                )
            except TerritoryError as error:
                form.add_error(None, str(error))
            else:
                said(request, _("Saved."))
                return redirect(back)
    return _form_page(request, form, found.name, back)


def _as_text(found: Territory) -> str:
    """Return the communes of a territory, one a line, as they can be typed again."""
    codes = found.communes.order_by("insee").values_list("insee", flat=True)
    communes = (find_commune(insee=code) for code in codes)
    return "\n".join(
        f"{commune.name} {commune.insee}"
        for commune in sorted(filter(None, communes), key=lambda commune: commune.name)
    )


def _form_page(
    request: NetworkRequest, form: TerritoryForm, title: str, cancel: str
) -> HttpResponse:
    context = {
        "title": title,
        "lede": _("Territories may overlap, and one may lie inside another."),
        "form": form,
        "submit": _("Save the territory"),
        "cancel": cancel,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("manage_territories")
def remove(request: NetworkRequest, territory_id: UUID) -> HttpResponseBase:
    """Remove a territory that nobody serves, once the question has been answered."""
    found = access_territory(request, territory_id)
    back = reverse("directory:territory", args=[request.network.slug, territory_id])
    if request.method == "POST":
        try:
            remove_territory(
                territory=found,
                actor_id=request.acting.person.public_id,
                network_id=request.network.public_id,
            )
        except TerritoryError as error:
            refused(request, str(error))
            return redirect(back)
        said(request, _("%(name)s is removed.") % {"name": found.name})
        return redirect("directory:territories", request.network.slug)
    context = {
        "title": _("Remove %(name)s?") % {"name": found.name},
        "lede": _("Its list of communes goes with it and cannot be brought back."),
        "form": forms.Form(),
        "submit": _("Remove the territory"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context)
