"""The charter for its readers: the text in force, older versions, what changed, who signed."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.bricks.agreements.clauses import Clause, Line, compared
from maillage.bricks.agreements.enums import Change
from maillage.bricks.agreements.models import AgreementVersion, SignedScan
from maillage.bricks.agreements.queries import firm_of
from maillage.bricks.agreements.scans import SUFFIXES
from maillage.bricks.agreements.signing import Signatory
from maillage.launch.charter.actions import sign_charter
from maillage.launch.charter.models import Override
from maillage.launch.charter.permissions import can_manage_charter
from maillage.launch.charter.queries import (
    book_of,
    charter_draft,
    charter_of,
    charter_signatures,
    charter_versions,
    is_in_force,
    overrides_in,
    signature_of,
    signed_count,
    standing_count,
)
from maillage.web.charter.forms import Pair
from maillage.web.charter.marking import marked
from maillage.web.charter.reading import (
    access_version,
    document_answer,
    file_answer,
    note_read,
    own_firm,
    text_of,
)
from maillage.web.charter.signature_form import Signing, signing_page
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.gates import in_network
from maillage.web.ui.parts import Figure
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]
DRAFT = "draft"
SIGNS = {Change.SAME: "plain", Change.CHANGED: "watch", Change.ADDED: "ok", Change.REMOVED: "no"}


@require_safe
@in_network("see_charter")
def home(request: NetworkRequest) -> HttpResponse:
    """Show the charter in force, where one's own signature stands, and how many signed."""
    network, acting = request.network, request.acting
    book = book_of(network)
    current = book.current
    firm = acting.firm if acting.can("sign_charter") else None
    manages = can_manage_charter(acting)
    count = standing_count if manages else signed_count
    figures = _figures(*count(network, book)) if current is not None else []
    context = {
        "network": network,
        "text": text_of(current) if current is not None else None,
        "manages": manages,
        "draft": charter_draft(network) if manages else None,
        "firm": firm,
        "signature": signature_of(network, firm) if firm is not None else None,
        "stands": firm is not None and book.stands_for(firm.pk),
        "figures": figures,
        "told": len(figures) > 1,
        "versions": [(one.number, one.published_at, one.summary) for one in book.versions],
        "overrides": [_told(one) for one in overrides_in(network)] if manages else [],
    }
    return render(request, "charter/home.html", context)


def _figures(members: int | None, signed: int | None) -> list[Figure]:
    told = ((members, _("members")), (signed, _("have signed what is in force")))
    return [Figure(number(value), label) for value, label in told if value is not None]


def _versions(request: NetworkRequest) -> list[AgreementVersion]:
    return list(charter_versions(request.network).order_by("-number"))


def _told(override: Override) -> dict[str, object]:
    pair = override.competition
    return {
        "names": _("%(first)s and %(second)s") % {"first": pair.first, "second": pair.second},
        "reason": override.reason,
        "asked_by": override.asked_by.name,
        "asked_on": override.asked_at,
        "in_force": is_in_force(override),
        "ended_on": override.ended_at or pair.ended_at,
    }


@require_safe
@in_network("see_charter")
def version(request: NetworkRequest, rank: int) -> HttpResponse:
    """Show a version that was published, in force or not."""
    found = access_version(request.network, rank)
    current = charter_of(request.network)
    context = {
        "network": request.network,
        "text": text_of(found),
        "in_force": current is not None and current.pk == found.pk,
    }
    return render(request, "charter/version.html", context)


@require_safe
@in_network("see_charter")
def document(request: NetworkRequest, rank: int) -> HttpResponse:
    """Give the document of a version, byte for byte as it is signed."""
    return document_answer(access_version(request.network, rank))


@require_safe
@in_network("see_charter")
def compare(request: NetworkRequest) -> HttpResponse:
    """Show two versions side by side, clause by clause; whoever writes the draft compares it."""
    versions = {str(one.number): one for one in _versions(request)}
    names = {
        key: _("Version %(number)s, %(day)s")
        % {"number": one.number, "day": nice_date(localtime(one.published_at), "year")}
        for key, one in versions.items()
        if one.published_at is not None
    }
    draft = charter_draft(request.network) if can_manage_charter(request.acting) else None
    if draft is not None:
        versions = {DRAFT: draft, **versions}
        names = {DRAFT: _("The draft"), **names}
    keys = list(versions)
    chosen = {"old": keys[min(1, len(keys) - 1)], "new": keys[0]} if keys else {}
    form = Pair({**chosen, **request.GET.dict()}, choices=list(names.items()))
    lines: list[dict[str, object]] = []
    if keys and form.is_valid():
        old, new = (text_of(versions[form.cleaned_data[side]]) for side in ("old", "new"))
        lines = [_line(one) for one in compared(old.clauses, new.clauses)]
    context = {
        "network": request.network,
        "form": form,
        "lines": lines,
        "enough": len(keys) > 1,
    }
    return render(request, "charter/compare.html", context)


def _line(line: Line) -> dict[str, object]:
    old, new = (_words(line.old), _words(line.new))
    here, there = marked(old, new) if line.old and line.new else ([], [])
    clause = line.new or line.old
    return {
        "title": clause.title if clause is not None else "",
        "change": line.change.label,
        "kind": SIGNS[line.change],
        "same": line.change == Change.SAME,
        "consent": line.change != Change.SAME
        and any(one.consent for one in (line.old, line.new) if one is not None),
        "old": old,
        "new": new,
        "here": here,
        "there": there,
    }


def _words(clause: Clause | None) -> str:
    if clause is None:
        return ""
    return "\n\n".join(part for part in (clause.title, clause.text, clause.effect) if part)


@require_http_methods(FORM)
@in_network("sign_charter")
def sign(request: NetworkRequest) -> HttpResponse:
    """Read and sign in the name of one's own firm."""
    firm = own_firm(request)
    current = charter_of(request.network)
    if current is None:
        raise Http404
    before = signature_of(request.network, firm)
    if before is not None and before.version_id == current.pk:
        return redirect("charter:home", request.network.slug)

    def keep(shown: AgreementVersion, signatory: Signatory, consent: str) -> None:
        sign_charter(
            acting=request.acting,
            version=shown,
            organisation=firm,
            signatory=signatory,
            consent=consent,
        )

    slug = request.network.slug
    signing = Signing(
        version=current,
        firm=firm.name,
        name=str(request.acting.person),
        document_url=lambda rank: reverse("charter:document", args=[slug, rank]),
        keep=keep,
    )
    page = signing_page(request, signing, "charter/sign.html", {"network": request.network})
    if page is not None:
        return page
    said(request, _("Signed. What you signed is kept as it is, whatever changes later."))
    return redirect("charter:home", slug)


@require_safe
@in_network("see_charter")
def scan(request: NetworkRequest, signature_id: UUID) -> HttpResponse:
    """Give the scan of a signed paper, to who follows signatures and to the firm itself."""
    rows = charter_signatures(request.network)
    if not can_manage_charter(request.acting):
        rows = rows.filter(organisation=request.acting.firm)
    found = get_object_or_404(rows, public_id=signature_id)
    kept = get_object_or_404(SignedScan, signature=found)
    if can_manage_charter(request.acting):
        note_read(request, firm_of(found), "charter:scan")
    name = f"signature-{found.version.number}.{SUFFIXES[kept.media_type]}"
    return file_answer(bytes(kept.content), kept.media_type, name)
