"""The pages of imports: the file, its columns, its lines."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.foundation.jobs.models import Run
from maillage.foundation.organisations.enums import ImportState, RowFate
from maillage.foundation.organisations.imports.deeds import DONE, PLANNED
from maillage.foundation.organisations.imports.queries import fates_of, imports_of, run_of
from maillage.foundation.organisations.imports.receiving import receive_file
from maillage.foundation.organisations.imports.refusals import ImportRefusedError
from maillage.foundation.organisations.imports.starting import choose_columns
from maillage.web.imports.forms import ColumnsForm, FileForm
from maillage.web.imports.gates import access_import
from maillage.web.imports.lines import lines_of, listing_of
from maillage.web.imports.past import imports_listing, imports_rows
from maillage.web.imports.reading import column_rows, notes_of
from maillage.web.imports.refused import refused_file
from maillage.web.imports.standing import Standing, standing_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.uploads import on_disk


@require_safe
@in_network("import_organisations")
def every(request: NetworkRequest) -> HttpResponseBase:
    """List the imports made in the network."""
    listing = imports_listing(request.network.slug)
    rows = imports_rows(imports_of(request.network.public_id))
    page = listing.read(request, lambda _wanted: rows)
    return page.respond("imports/list.html", {"network": request.network})


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("import_organisations")
def new(request: NetworkRequest) -> HttpResponse:
    """Receive a file; everything in it is kept, or nothing is."""
    form = FileForm(request.POST, request.FILES) if _posts(request) else FileForm()
    if _posts(request) and form.is_valid():
        try:
            with on_disk(form.cleaned_data["file"]) as path:
                source = receive_file(
                    register=request.network.register,
                    network_id=request.network.public_id,
                    path=path,
                    actor_id=request.acting.person.public_id,
                )
        except ImportRefusedError as error:
            form.add_error("file", str(error))
        else:
            return redirect("imports:columns", request.network.slug, source.public_id)
    context = {"form": form, "network": request.network}
    return render(request, "imports/new.html", context, status=invalid_status(form))


def _posts(request: NetworkRequest) -> bool:
    return request.method == "POST"


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("import_organisations")
def columns(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Show what each column seems to hold; whoever knows better corrects it."""
    source = access_import(request, public_id)
    titles, fields = source.columns["titles"], source.columns["fields"]
    form = ColumnsForm(titles, fields, request.POST if _posts(request) else None)
    if _posts(request) and form.is_valid():
        try:
            choose_columns(
                source=source, fields=form.chosen, actor_id=request.acting.person.public_id
            )
        except ImportRefusedError as error:
            form.add_error(None, str(error))
        else:
            return redirect("imports:page", request.network.slug, public_id)
    context = {
        "form": form,
        "source": source,
        "network": request.network,
        "columns": column_rows(form, source),
        "notes": notes_of(source),
    }
    return render(request, "imports/columns.html", context, status=invalid_status(form))


@require_safe
@in_network("import_organisations")
def page(request: NetworkRequest, public_id: UUID) -> HttpResponseBase:
    """Show what becomes of each line, and the one button that goes on."""
    source = access_import(request, public_id)
    run = run_of(source)
    if run is None and source.state == ImportState.READING:
        return redirect("imports:columns", request.network.slug, public_id)
    standing = standing_of(source, run)
    fates = fates_of(source) if standing.judged else dict.fromkeys(RowFate.values, 0)
    listing = listing_of(source, request.network.slug).read(
        request, lambda wanted: lines_of(source, request.acting, fates, wanted)
    )
    context = {
        "source": source,
        "network": request.network,
        "standing": standing,
        "figures": standing.figures(fates),
        "planned": sum(fates[fate] for fate in PLANNED),
        "applied": sum(fates[fate] for fate in DONE),
        "refused": fates[RowFate.REFUSED],
        "notes": notes_of(source),
        **_box(request, public_id, standing, run),
    }
    return listing.respond("imports/page.html", context)


def _box(
    request: NetworkRequest, public_id: UUID, standing: Standing, run: Run | None
) -> dict[str, object]:
    return {
        "run": run,
        "box_title": standing.doing,
        "box_detail": run.message if run is not None else "",
        "public_id": public_id,
    }


@require_safe
@in_network("import_organisations")
def progress(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Answer the page that waits: how far the work is, or that it is over."""
    source = access_import(request, public_id)
    run = run_of(source)
    standing = standing_of(source, run)
    if not standing.under_way:
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Refresh": "true"})
        return redirect("imports:page", request.network.slug, public_id)
    context = {"network": request.network, **_box(request, public_id, standing, run)}
    return render(request, "imports/_progress.html", context)


@require_safe
@in_network("import_organisations")
def refused(request: NetworkRequest, public_id: UUID) -> HttpResponseBase:
    """Give the lines that were refused as a file to correct and import again."""
    return refused_file(access_import(request, public_id))
